/**
 * `claimwire config export`: what was added from chat and on the command line, as the files people edit. The directory it
 * writes can be laid over the shipped configuration of another installation.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { didYouMean, quoted } from '../config/problem.ts';
import type { Claim } from '../core/claim.ts';
import { iso } from '../core/time.ts';
import { listFeeds } from '../ledger/feeds.ts';
import { allSubscriptions } from '../ledger/subscriptions.ts';
import { trackedClaims } from '../ledger/tracked.ts';
import { workspaceScopes } from '../ledger/workspaces.ts';
import type { Newsroom } from '../pipeline/newsroom.ts';
import { fieldClock } from '../pipeline/clock.ts';
import { parseArguments } from './arguments.ts';
import { configFor, openNewsroom } from './compose.ts';
import { openLog } from './log.ts';
import { Explained, type ExitCode, type Io } from './io.ts';

const USAGE = 'claimwire config export [--workspace slack:T0123] [--out DIR] [--config DIR]';

/** File name within the directory -> its text. Files that would hold nothing are left out. */
export type ExportedFiles = ReadonlyMap<string, string>;

export async function runConfig(args: readonly string[], io: Io): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  const parsed = parseArguments(args, { workspace: text, out: text, config: text }, USAGE);
  if (!parsed.ok || parsed.positionals.join(' ') !== 'export') {
    io.err(parsed.ok ? `Usage: ${USAGE}` : parsed.message);
    return 2;
  }
  const { values } = parsed;
  const { out } = values;
  if (out !== undefined && existsSync(join(out, 'claimwire.yaml')))
    throw new Explained(`${out} already holds a configuration. Name a directory that is new or empty.`);
  const opened = await openNewsroom({
    config: configFor(io, values.config),
    clock: fieldClock,
    log: openLog(process.stderr, 'warn'),
    posters: new Map(),
    demo: false,
    emit: () => undefined,
  });
  try {
    if (values.workspace !== undefined) await knownWorkspace(opened.room, values.workspace);
    const files = await exportedFiles(opened.room, values.workspace ?? null);
    if (files.size === 0) io.err('Nothing was added from chat or on the command line.');
    for (const [name, text] of files) {
      if (out === undefined) {
        io.out(`# ${name}`);
        io.out(text);
        continue;
      }
      io.out(written(out, name, text));
    }
    return 0;
  } finally {
    await opened.close();
  }
}

/** Throws Explained when nobody of that name ever used this ledger. */
export async function knownWorkspace({ pool }: Pick<Newsroom, 'pool'>, workspace: string): Promise<void> {
  const known = await workspaceScopes(pool);
  if (known.includes(workspace)) return;
  const meant = didYouMean(workspace, known);
  const rest = known.length === 0 ? '. None has used this ledger yet' : `. Known: ${listed(known)}`;
  throw new Explained(`There is no workspace ${quoted(workspace)} here${meant === '' ? rest : meant}`);
}

/** Names past these help nobody. */
const MOST_NAMED = 8;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` (and ${more} more)` : ''}`;
}

/** Where the file now is, or why it cannot be. Folders are made one by one: made all at once, one under /proc never ends. */
function written(dir: string, name: string, text: string): string {
  const file = join(dir, name);
  try {
    for (const folder of new Set([dir, dirname(file)])) if (!existsSync(folder)) mkdirSync(folder);
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Explained(`${file}: cannot be written (${why}). Name a directory whose parent is there and is yours.`);
  }
  return file;
}

/** `workspace`: only what belongs to it; null: to anybody. */
export async function exportedFiles(room: Pick<Newsroom, 'pool'>, workspace: string | null): Promise<ExportedFiles> {
  const feeds = (await listFeeds(room.pool, null)).filter(
    (feed) => feed.added_by !== 'config' && (workspace === null || feed.scope === workspace),
  );
  const claims = (await trackedClaims(room.pool)).filter((one) => workspace === null || one.scope === workspace);
  const subscriptions = (await allSubscriptions(room.pool)).filter(
    (one) => one.addedBy !== 'config' && (workspace === null || `${one.platform}:${one.workspace}` === workspace),
  );
  const files = new Map<string, string>();
  if (subscriptions.length > 0) {
    const rows = subscriptions.map(({ platform, workspace: at, channel, topic, level }) => ({
      platform,
      ...(at === '' ? {} : { workspace: at }),
      channel,
      topic,
      level,
    }));
    files.set('claimwire.yaml', stringify({ subscriptions: rows }));
  }
  if (feeds.length > 0) {
    const rows = feeds.map(({ id, url, lang }) => ({ id, url, ...(lang === null ? {} : { lang }) }));
    files.set('feeds.yaml', stringify({ feeds: rows }));
  }
  for (const topic of new Set(claims.map((one) => one.claim.topic))) {
    const rows = claims.filter((one) => one.claim.topic === topic).map((one) => asWritten(one.claim));
    files.set(`topics/${topic}.yaml`, stringify({ topic, claims: rows }));
  }
  return files;
}

/** A claim as topics/*.yaml has it. */
function asWritten(claim: Claim): Record<string, unknown> {
  const { topic: _topic, deadline, resolution, outcome: _outcome, known: _known, frame, ...rest } = claim;
  const { window, ...plain } = frame;
  return {
    ...rest,
    resolution: resolution === '' ? 'Tracked from chat.' : resolution,
    ...(deadline === null ? {} : { deadline: iso(deadline) }),
    frame: {
      ...plain,
      ...(window === undefined ? {} : { window: { from: iso(window.from), to: iso(window.to) } }),
    },
  };
}
