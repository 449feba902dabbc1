/**
 * Health in words: what `/claimwire health`, `claimwire check`, the board and /readyz say. No addresses, no secrets.
 */
import type { HealthView } from '../chat/platform.ts';
import { packageVersion } from '../config/home.ts';
import { feedHealth } from '../ledger/feeds.ts';
import { heldAlerts, outboxCounts } from '../ledger/outbox-views.ts';
import { pausedPlatforms } from '../ledger/pauses.ts';
import { one } from '../ledger/sql.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';
import { readingPart } from './reread.ts';

type Part = HealthView['parts'][number];

const WORST_FIRST = { down: 0, degraded: 1, ok: 2 } as const;

async function databasePart(room: Newsroom): Promise<Part> {
  try {
    const started = performance.now();
    await one(room.pool, 'select 1 as alive');
    return { name: 'database', state: 'ok', note: `answers in ${Math.ceil(performance.now() - started)} ms` };
  } catch {
    return { name: 'database', state: 'down', note: 'does not answer' };
  }
}

async function queuePart(room: Newsroom): Promise<Part> {
  const health = await room.queues.health();
  if (health.problem !== null)
    return { name: 'queue', state: health.reachable ? 'degraded' : 'down', note: health.problem };
  const counts = await room.queues.counts();
  const waiting = Object.values(counts).reduce((sum, count) => sum + count.waiting + count.active, 0);
  return { name: 'queue', state: 'ok', note: `${waiting} jobs under way` };
}

async function feedsPart(room: Newsroom): Promise<Part> {
  const { feeds, answering, dark, gone, silent } = await feedHealth(room.pool);
  const state = feeds === 0 || answering * 2 < feeds ? 'degraded' : 'ok';
  const note = [
    `${answering} of ${feeds} answer`,
    ...named('dark for a day or more', dark),
    ...named('ended by their publishers', gone),
    ...named('unusually silent', silent),
  ].join('; ');
  return { name: 'feeds', state, note };
}

/** At most three of them by name: this is one line. */
function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return [`${what}: ${ids.slice(0, 3).join(', ')}${more}`];
}

/** Platforms that refuse our token or asked to be left alone. */
async function platformParts(room: Newsroom): Promise<Part[]> {
  return (await pausedPlatforms(room.pool)).map(({ platform, reason }) => ({
    name: platform,
    state: reason.startsWith('limited') ? 'degraded' : 'down',
    note: reason,
  }));
}

async function alertsPart(room: Newsroom): Promise<Part> {
  const counts = await outboxCounts(room.pool);
  const waiting = (counts['pending'] ?? 0) + (counts['leased'] ?? 0) + (counts['unknown'] ?? 0);
  const held = counts['held'] ?? 0;
  const note = [
    `${counts['sent'] ?? 0} posted`,
    `${waiting} waiting`,
    ...(held > 0 ? [`${held} held (${await heldWords(room)})`] : []),
  ].join(', ');
  return { name: 'alerts', state: held > 0 ? 'degraded' : 'ok', note };
}

/** Why, without saying where: anybody may ask. */
async function heldWords(room: Newsroom): Promise<string> {
  const held = await heldAlerts(room.pool, 100);
  const paused = new Set(held.filter((row) => row.heldFor === 'pause').map((row) => `${row.platform} ${row.channel}`));
  const unsure = held.filter((row) => row.heldFor === 'outcome').length;
  return [
    ...(paused.size > 0 ? [`${paused.size} ${paused.size === 1 ? 'channel is' : 'channels are'} closed to us`] : []),
    ...(unsure > 0 ? [`${unsure} may have been posted`] : []),
  ].join(', ');
}

export async function healthOf(room: Newsroom): Promise<HealthView> {
  const unknown = (name: string) => (): Part => ({ name, state: 'down', note: 'cannot be asked right now' });
  const parts = await Promise.all([
    databasePart(room),
    queuePart(room).catch(unknown('queue')),
    feedsPart(room).catch(unknown('feeds')),
    alertsPart(room).catch(unknown('alerts')),
    readingPart(room).catch(unknown('language model')),
  ]);
  const platforms = await platformParts(room).catch(() => []);
  const all = [...parts.filter((part) => part !== null), ...platforms];
  return {
    version: packageVersion(),
    parts: all.sort((a, b) => WORST_FIRST[a.state] - WORST_FIRST[b.state]),
  };
}

/**
 * Looks whether the queue's store is still fit for its work and says once what changed: an eviction policy that was set
 * while we run, a primary that became a replica. One that does not answer is said by the queues themselves.
 */
export function watchQueue(room: Newsroom): () => Promise<void> {
  let said: string | null = null;
  return async () => {
    const { reachable, problem } = await room.queues.health();
    if (!reachable || problem === said) return;
    said = problem;
    if (problem === null) {
      room.log.info({ step: 'queue' }, 'the queue is fit for its work again');
      return;
    }
    room.log.error({ step: 'queue' }, problem);
    const day = new Date(room.clock.wall()).toISOString().slice(0, 10);
    await notifyOperators(room, room.pool, { key: `queue unfit ${day}`, words: problem });
  };
}
