/**
 * A Discord server or a Slack workspace on this machine, to try claimwire in without either: the doubles of the tests, with a
 * channel that is written to and read in this terminal.
 *
 *   npm run workspace discord        prints the variables with which another terminal runs `npm run demo` or `npm start`
 *   /deepseek subscribe              typed here, as in the channel; what claimwire says appears below it
 *   press Why?                       the newest button of that name
 *   fill level=changes digest=daily  sends the form that a button has opened
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../../src/chat/command.ts';
import { COMMANDS } from '../../src/chat/commands.ts';
import { typedOptions, wordsOf } from '../../src/chat/typed.ts';
import { discordDouble } from './discord.ts';
import type { Json, OptionValue, SeenInteraction } from './discord.ts';
import { APP_TOKEN, BOT_TOKEN, slackDouble } from './slack.ts';
import type { SeenAnswer } from './slack.ts';

/** Fixed, so that the lines of README can be copied. */
const PORTS = { discord: 9200, slack: 9300 } as const;
/** Longest that an answer is waited for; claimwire itself gives up before. */
const ANSWER_MS = 45_000;

interface Shown {
  readonly text: string;
  readonly buttons: readonly { readonly label: string; readonly id: string }[];
  /** Only the one who asked sees it. */
  readonly alone?: boolean;
}

interface Workspace {
  /** How another terminal reaches it. */
  readonly variables: string;
  connected(): boolean;
  type(root: string, words: string): Promise<readonly Shown[] | Form>;
  press(id: string): Promise<readonly Shown[] | Form>;
  fill(form: Form, values: Readonly<Record<string, string>>): Promise<readonly Shown[] | Form>;
  close(): Promise<void>;
}

interface Form {
  readonly title: string;
  readonly fields: readonly string[];
  readonly raw: Json;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Buttons that were seen, by name, newest last. */
const buttons = new Map<string, string>();

function show({ text, buttons: seen, alone }: Shown): void {
  for (const { label, id } of seen) buttons.set(label.toLowerCase(), id);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  say(`\n${alone === true ? 'to you alone' : '#news'}`);
  for (const line of lines) say(`  ${line}`);
  if (seen.length > 0) say(`  ${seen.map(({ label }) => `[${label}]`).join(' ')}`);
}

/** Markup off, times in UTC. */
function readable(text: string): string {
  return text
    .replace(
      /<t:(\d+):\w>/gu,
      (_all, at: string) => `${new Date(Number(at) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    )
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/gu, '$1')
    .replace(/^-# /gmu, '')
    .replace(/\*\*|[*`\u200B]/gu, '')
    .replace(/\\(?=[^\w\s])/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function wordsIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function until<T>(found: () => T | undefined): Promise<T | undefined> {
  const end = Date.now() + ANSWER_MS;
  for (;;) {
    const one = found();
    if (one !== undefined || Date.now() > end) return one;
    await pause(50);
  }
}

function onDiscordSeen(body: Json): Shown {
  const [embed] = (body['embeds'] ?? []) as { title?: string; description?: string; footer?: { text: string } }[];
  const rows = (body['components'] ?? []) as { components: { label?: string; custom_id?: string }[] }[];
  const parts = [wordsIn(body['content']), embed?.title, embed?.description, embed?.footer?.text];
  return {
    text: readable(parts.filter((part) => part !== undefined && part !== '').join('\n')),
    buttons: rows
      .flatMap((row) => row.components)
      .flatMap(({ label, custom_id: id }) => (label === undefined || id === undefined ? [] : [{ label, id }])),
  };
}

function optionValue(command: Command, name: string, value: string): OptionValue {
  const kind = command.options.find((one) => one.name === name)?.kind;
  return kind === 'flag' ? value === 'yes' : kind === 'count' ? Number(value) : value;
}

async function discordWorkspace(): Promise<Workspace> {
  const double = await discordDouble({
    port: PORTS.discord,
    onSeen: ({ what, body }) => {
      if (what === 'accepted') show(onDiscordSeen(body));
    },
  });
  const answered = async (seen: SeenInteraction): Promise<readonly Shown[] | Form> => {
    await until(() =>
      seen.modal !== null || (seen.answers.some((one) => one !== null) && !seen.loading) ? true : undefined,
    );
    if (seen.modal !== null) {
      const labels = seen.modal['components'] as { component: { custom_id: string } }[];
      return {
        title: String(seen.modal['title']),
        fields: labels.map((label) => label.component.custom_id),
        raw: seen.modal,
      };
    }
    // Pages and pictures follow the first message.
    await pause(300);
    return seen.answers.flatMap((one) => (one === null ? [] : [{ ...onDiscordSeen(one.body), alone: one.ephemeral }]));
  };
  return {
    variables: `DISCORD_TOKEN=${double.token} DISCORD_API_URL=${double.apiUrl}`,
    connected: () => double.commandWrites > 0 || double.commands.length > 0,
    type: (root, words) => {
      const [first = '', second = ''] = words.split(/\s+/u);
      const command =
        COMMANDS.find((one) => one.name === `${first} ${second}`) ?? COMMANDS.find((one) => one.name === first);
      if (command === undefined) throw new Error(`Discord offers no command "${words}": /${root} help names them`);
      const line = words.slice(command.name.length).trim();
      const { options } = typedOptions(command, wordsOf(line), line);
      const values = Object.entries(options).map(([name, value]) => [name, optionValue(command, name, value)] as const);
      const [group, sub] = command.name.split(' ');
      const place = sub === undefined ? { sub: group ?? '' } : { group: group ?? '', sub };
      const what = {
        kind: 'command',
        name: root,
        ...place,
        options: Object.fromEntries(values),
        who: 'manager',
      } as const;
      return answered(double.interact(what));
    },
    press: (id) => answered(double.interact({ kind: 'button', name: id, who: 'manager' })),
    fill: (form, options) =>
      answered(double.interact({ kind: 'form', name: String(form.raw['custom_id']), options, who: 'manager' })),
    close: () => double.close(),
  };
}

function onSlackSeen(body: Json): Shown {
  const blocks = (body['blocks'] ?? []) as {
    type: string;
    text?: { text: string };
    elements?: { text?: string | { text: string }; action_id?: string }[];
  }[];
  const texts = blocks.flatMap((block) =>
    block.type === 'section'
      ? [block.text?.text ?? '']
      : block.type === 'context'
        ? (block.elements ?? []).map((one) => (typeof one.text === 'string' ? one.text : ''))
        : [],
  );
  const pressable = blocks.filter((block) => block.type === 'actions').flatMap((block) => block.elements ?? []);
  return {
    text: readable(texts.length > 0 ? texts.join('\n') : wordsIn(body['text'])),
    buttons: pressable.flatMap(({ text, action_id: id }) =>
      typeof text === 'object' && id !== undefined && id.startsWith('cw:') ? [{ label: text.text, id }] : [],
    ),
  };
}

async function slackWorkspace(): Promise<Workspace> {
  const double = await slackDouble({
    port: PORTS.slack,
    onSeen: ({ what, body }) => {
      if (what === 'accepted') show(onSlackSeen(body));
    },
  });
  const answered = async (ask: Promise<SeenAnswer>): Promise<readonly Shown[] | Form> => {
    const alone = double.ephemerals.length;
    const all = double.posts.length;
    const seen = await ask;
    await until(() =>
      seen.view !== null || seen.answers.length + double.ephemerals.length + double.posts.length > alone + all
        ? true
        : undefined,
    );
    if (seen.view !== null) {
      const blocks = (seen.view['blocks'] as Json[]).filter((block) => block['type'] === 'input');
      const title = String((seen.view['title'] as Json)['text']);
      return { title, fields: blocks.map((block) => String(block['block_id'])), raw: seen.view };
    }
    await pause(300);
    return [
      ...seen.answers.map((one) => ({ ...onSlackSeen(one), alone: one['response_type'] !== 'in_channel' })),
      ...double.ephemerals.slice(alone).map((one) => ({ ...onSlackSeen(one), alone: true })),
    ];
  };
  return {
    variables: `SLACK_BOT_TOKEN=${BOT_TOKEN} SLACK_APP_TOKEN=${APP_TOKEN} SLACK_API_URL=${double.apiUrl}`,
    connected: () => double.sockets.length > 0,
    type: (root, words) => answered(double.command(double.manager, `/${root}`, words)),
    press: (id) => answered(double.press(double.manager, id)),
    fill: (form, values) => answered(double.submit(double.manager, form.raw, values)),
    close: () => double.close(),
  };
}

const platform = process.argv[2] ?? 'discord';
if (platform !== 'discord' && platform !== 'slack') {
  say('Usage: npm run workspace discord|slack');
  process.exit(2);
}
const workspace = await (platform === 'discord' ? discordWorkspace() : slackWorkspace());
say(
  `A ${platform === 'discord' ? 'Discord server' : 'Slack workspace'} on this machine, with the channel #news. In another terminal:\n`,
);
say(`  ${workspace.variables} npm run demo\n`);
say(
  'Then type here, as in the channel: /deepseek subscribe, /deepseek status, press Why?, /claimwire help. Ctrl+C ends it.',
);

let form: Form | null = null;
let told = false;
const watch = setInterval(() => {
  if (told || !workspace.connected()) return;
  told = true;
  say('\nclaimwire is here.');
}, 200);

async function answer(line: string): Promise<void> {
  if (!workspace.connected())
    return say('claimwire is not here yet: start it in another terminal with the line above.');
  const [, root = '', words = ''] = /^\/([a-z0-9-]+)\s*(.*)$/su.exec(line) ?? [];
  const pressed = /^press\s+(.+)$/iu.exec(line)?.[1]?.trim().toLowerCase();
  const filled = /^fill\b\s*(.*)$/iu.exec(line)?.[1];
  const id = pressed === undefined ? undefined : buttons.get(pressed);
  if (pressed !== undefined && id === undefined) return say(`No button "${pressed}" was seen yet.`);
  if (filled !== undefined && form === null) return say('No form is open.');
  if (root === '' && id === undefined && filled === undefined)
    return say('Type a command like /deepseek status, press BUTTON, or fill FIELD=VALUE.');
  const values: Record<string, string> = {};
  for (const [, name = '', value = ''] of (filled ?? '').matchAll(/(\w+)=("[^"]*"|\S+)/gu))
    values[name] = value.replaceAll('"', '');
  const heard = await (id !== undefined
    ? workspace.press(id)
    : form !== null && filled !== undefined
      ? workspace.fill(form, values)
      : workspace.type(
          root,
          words === '' && platform === 'discord' ? (root === 'claimwire' ? 'help' : 'status') : words,
        ));
  if ('fields' in heard) {
    form = heard;
    return say(`\na form opened: ${heard.title}\n  fill ${heard.fields.map((field) => `${field}=...`).join(' ')}`);
  }
  form = null;
  for (const one of heard) show(one);
  return undefined;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  await answer(line.trim()).catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
}
clearInterval(watch);
await workspace.close();
process.exit(0);
