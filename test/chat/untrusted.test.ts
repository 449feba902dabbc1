/**
 * Nothing untrusted acts: whatever strangers write into titles, quotes, names and links, a rendered card mentions nobody,
 * links to evidence alone, fits every limit, and an alert keeps status, origins, link and marker.
 */
import { array, assert, constantFrom, oneof, property, string, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../src/chat/cards.ts';
import { catchUpCard } from '../../src/chat/digest.ts';
import { renderAlert, renderPages as discordPages } from '../../src/chat/discord/render.ts';
import {
  claimsCard,
  healthCard,
  helpCard,
  mutedCard,
  unmutedCard,
  problemCard,
  subscribedCard,
  unknownCard,
} from '../../src/chat/notices.ts';
import { renderCard, renderPages as slackPages } from '../../src/chat/slack/render.ts';
import { safeLink } from '../../src/chat/text.ts';
import { timelineCard } from '../../src/chat/timeline.ts';
import { newsTime } from '../../src/core/time.ts';
import { refuseMessage } from '../doubles/discord-rules.ts';
import { refuseBlocks } from '../doubles/slack-rules.ts';
import { HOSTILE, alertView, claimView, evidenceView, origin, statusView, whyView } from './examples.ts';

const MARKER = 'k3j5h2g8f1d4s6a7p9o0i2u4y';

/** What strangers write: tokens of every dialect glued to each other and to anything at all. */
const TOKENS = [
  ...HOSTILE.split(' '),
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@&1>',
  '<#1>',
  '<!channel>',
  '<!here|x>',
  '<!subteam^S1>',
  '<@U1|me>',
  '＜!channel＞',
  '﹤@U1﹥',
  '&lt;!channel&gt;',
  'https://evil.test/x',
  'HTTPS://evil.test',
  'discord.gg/invite',
  '[a](https://evil.test)',
  '<https://evil.test|b>',
  '](https://evil.test)',
  '|https://evil.test>',
  '`',
  '```',
  '\\',
  '**',
  '\n# h',
  '\n> q',
  '\n-# s',
  '\u202E',
  '\u2067',
  '\u200B',
  '\u200D',
  '\uD83D',
  '👩‍👩‍👧‍👦',
  'e\u0301\u0301\u0301\u0301\u0301\u0301',
  ':tada:',
  '</x:1>',
  '<t:1:R>',
  '据路透社报道',
  'هواوي',
];
const strangers: Arbitrary<string> = array(
  oneof({ weight: 4, arbitrary: constantFrom(...TOKENS) }, string({ unit: 'binary', maxLength: 12 })),
  {
    minLength: 1,
    maxLength: 25,
  },
).map((parts) => parts.join(''));
/** Addresses as a feed may hold them; only the first kinds are fit to be pressed. */
const addresses = constantFrom(
  'https://news.test/a?b=1&c=2',
  'https://news.test/(x)|y>z',
  'https://news.test/@everyone',
  'javascript:alert(1)',
  'http://plain.test/x',
  'https://u:p@evil.test/',
  'https://evil.test@news.test/',
  'data:text/html,x',
  '',
  'not an address',
);

interface Strange {
  readonly text: string;
  readonly other: string;
  readonly url: string;
}
const strange: Arbitrary<Strange> = array(strangers, { minLength: 2, maxLength: 2 }).chain(([text = '', other = '']) =>
  addresses.map((url) => ({ text, other, url })),
);

/** Every card there is, with strangers' words in every place that they reach, and the addresses that came with them. */
function cards({ text, other, url }: Strange): { readonly alerts: Card[]; readonly answers: Card[] } {
  const quote = { text: other, url, publisher: text, paraphrase: false };
  const who = origin(text, '2026-04-03T15:00:00Z', { url, chain: [other, text], relayedBy: [text, other], quote });
  const freshest = { title: text, url, publisher: other, published: newsTime('2026-04-24T11:10:00Z') };
  const claim = claimView({
    statement: text,
    because: other,
    supporting: [who],
    refuting: [who],
    freshest,
    wouldChange: [text],
    status: 'disputed',
  });
  const alert = alertView({
    claim,
    to: 'disputed',
    topicTitle: text,
    summary: text,
    quote,
    link: { url, host: other },
    notConfirmed: [{ statement: text, status: 'reported', origins: [other] }],
    warnings: [text, other],
    possibleRepeat: true,
  });
  const why = whyView({
    claim,
    resolution: text,
    evidence: [evidenceView({ publisher: text, title: other, url, chain: [text], note: other, quote })],
  });
  const status = statusView({ title: text, claims: [claim] });
  return {
    alerts: [alertCard(alert), catchUpCard([alert, alert], 0)],
    answers: [
      statusCard(status),
      whyCard(why),
      claimCard(why),
      timelineCard(why),
      sourcesCard(why),
      subscribedCard({ topic: 'deepseek', title: text, level: 'all', options: undefined, created: true, status }),
      claimsCard({ id: 'deepseek', title: text }, [{ id: 'x', statement: other }]),
      unknownCard('claim', text, [other], [{ text: other }]),
      problemCard(text, [[{ text: other }]]),
      healthCard({ version: text, parts: [{ name: other, state: 'down', note: text }] }),
      helpCard([{ id: 'x', title: text }], [{ brief: text, description: other, needsManage: true }]),
      mutedCard({ topic: 'deepseek', claim: 'x', statement: text }, 0),
      unmutedCard(text, true, null),
    ],
  };
}

const DEFAULTS = JSON.stringify([alertView(), statusView(), whyView()]).match(/https:[^"]+/g) ?? [];
const pressable = (url: string): Set<string> => new Set([...DEFAULTS, url].flatMap((one) => safeLink(one) ?? []));

/** Broken characters, and characters that reorder what stands beside them. */
const ACTING = /[\u202A-\u202E\u2066\u2067]|\\u00[01]|\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])/iu;
const RUNS = { numRuns: 25 };

describe('whatever strangers write', () => {
  it('P10: on Discord nobody is mentioned, P11: only evidence is linked, and every message is one that Discord takes', () => {
    assert(
      property(strange, (words) => {
        const { alerts, answers } = cards(words);
        const allowed = pressable(words.url);
        for (const message of [...alerts.map((card) => renderAlert(card, MARKER)), ...answers.flatMap(discordPages)]) {
          expect(refuseMessage(message)).toBeNull();
          expect(message.allowed_mentions).toEqual({ parse: [] });
          const [embed] = message.embeds;
          const shown = [message.content, embed.title, embed.description]
            .filter((part) => part !== undefined)
            .join('\n');
          const active = unescaped(shown);
          const links = [...active.matchAll(/\]\(([^)]*)\)/gu)].map((hit) => hit[1] ?? '');
          const buttons = message.components.flatMap((row) =>
            row.components.flatMap((one) => ('url' in one ? [one.url] : [])),
          );
          for (const link of [...links, ...buttons, ...(embed.url === undefined ? [] : [embed.url])]) {
            expect([...allowed]).toContain(link);
          }
          const bare = active.replace(/\]\([^)]*\)/gu, ']');
          expect(bare).not.toMatch(/:\/\//u);
          expect(bare).not.toMatch(/<(?!t:\d+:[DftR]>)[@#:/ait!]/u);
          expect(`${shown}\n${embed.footer?.text ?? ''}`).not.toMatch(/@(?:everyone|here)/u);
          // An invite in a footer is only text.
          expect(shown).not.toMatch(/discord\.gg\//u);
          expect(JSON.stringify(message)).not.toMatch(ACTING);
        }
      }),
      RUNS,
    );
  });

  it('P10: on Slack nobody is mentioned, P11: only evidence is linked, and every message is one that Slack takes', () => {
    assert(
      property(strange, (words) => {
        const { alerts, answers } = cards(words);
        const allowed = pressable(words.url);
        for (const message of [...alerts.map(renderCard), ...answers.flatMap(slackPages)]) {
          expect(refuseBlocks(message.blocks)).toEqual([]);
          const json = JSON.stringify(message);
          expect(json).not.toMatch(ACTING);
          const texts = [message.text, ...textsOf(message.blocks)];
          for (const text of texts) {
            // The only markup there is: dates that we wrote, links to evidence, quotations set apart.
            for (const [, inside = ''] of text.matchAll(/<([^>]*)>/gu)) {
              if (/^!date\^\d+\^[^|]*\|[^|]*$/u.test(inside)) continue;
              expect([...allowed]).toContain(inside.split('|')[0]?.replaceAll('&amp;', '&'));
            }
            expect(text.replace(/<[^>]*>|^> /gmu, '')).not.toMatch(
              /[<>]|:\/\/|@(?:everyone|here|channel)|&(?!(?:amp|lt|gt);)/u,
            );
          }
          for (const url of urlsOf(message.blocks)) expect([...allowed]).toContain(url);
        }
      }),
      RUNS,
    );
  });

  it('an alert keeps its status, its origins and its link, however long and strange the rest is', () => {
    assert(
      property(strange, array(strangers, { minLength: 1, maxLength: 30 }), ({ text }, more) => {
        const long = `${text} `.repeat(40);
        const alert = alertView({
          claim: { statement: long, because: long, refuting: more.map((name) => origin(name, '2026-04-03T15:00:00Z')) },
          summary: long,
          warnings: more,
          notConfirmed: more.map((statement) => ({ statement, status: 'reported', origins: [text] })),
        });
        const card = alertCard(alert);
        const discord = renderAlert(card, MARKER);
        const onDiscord = JSON.stringify([discord.content, discord.embeds[0].description]);
        const slack = renderCard(card);
        for (const shown of [onDiscord, JSON.stringify(slack.blocks)]) {
          expect(shown).toContain('Confirmed');
          expect(shown).toContain('3 independent origins');
          for (const name of ['DeepSeek', 'Financial Times', 'The Information']) expect(shown).toContain(name);
        }
        expect(JSON.stringify(discord.components)).toContain('https://api-docs.deepseek.com/news/v4');
        expect(urlsOf(slack.blocks)).toContain('https://api-docs.deepseek.com/news/v4');
        expect(discord.embeds[0].footer?.text).toContain(MARKER);
      }),
      RUNS,
    );
  });
});

/** What is left for Discord to read as markup: an escaped mark is none, and inside code there is none. */
function unescaped(text: string): string {
  return text.replace(/\\[^\n]|`[^`\n]*`/gu, '');
}

function textsOf(value: unknown): string[] {
  return found(value, 'text');
}

function urlsOf(value: unknown): string[] {
  return found(value, 'url');
}

function found(value: unknown, wanted: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => found(one, wanted));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === wanted && typeof one === 'string' ? [one] : found(one, wanted),
  );
}
