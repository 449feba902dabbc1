/**
 * Replay: a stream of articles judged, grouped and decided in time order, without ledger, queue or network.
 *
 *   {"id":"it-141","published":"2026-04-04",...}  ->  {"type":"story","item":"it-141","story":"it-140"}
 *   {"type":"judgement","item":"it-141","claim":"c01","stance":"supports","strength":"attributed","origins":["The Information"],...}
 *   {"type":"status","claim":"c01","status":"corroborated","at":"2026-04-04T00:00:00.000Z","item":"it-141","origins":[...]}
 *
 * The clock is `published`, ties by id, so that a replay of the same articles always prints the same lines. Deadlines, and
 * what the configuration records, change a status at their own time with item null.
 */
import type { Article } from '../core/article.ts';
import type { Claim, ClaimId } from '../core/claim.ts';
import type { Evidence, Judgement } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { decideReread, reconcile } from '../core/second-opinion.ts';
import type { Opinion, Reread } from '../core/second-opinion.ts';
import type { Status, StatusDecision } from '../core/status.ts';
import { storyShelf } from '../core/story.ts';
import { iso } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';
import type { JudgeEngine } from '../judge/engine.ts';
import { judgementEvents } from './stream.ts';
import type { StreamEvent } from './stream.ts';

/** What the stream called the page; the publisher's own word is printed under this name. */
export interface ReplayArticle extends Article {
  readonly publisherAsGiven: string;
}

export interface ReplayOptions {
  readonly claims: readonly Claim[];
  readonly registry: SourceRegistry;
  readonly engine: JudgeEngine;
  /** The clock stops here: later articles are left out, deadlines up to here pass. Default: the last article. */
  readonly until?: NewsTime;
  readonly second?: SecondOpinions;
}

/** A language model's opinions on what an article's judgements say, by claim; claims without a usable one are absent. */
export type SecondOpinions = (
  article: Article,
  judgements: readonly Judgement[],
) => Promise<ReadonlyMap<ClaimId, Opinion>>;

/** A model takes seconds: so many articles are read ahead of the one that is decided on. */
const READ_AHEAD = 4;

interface Watch {
  readonly claim: Claim;
  readonly rows: Reread[];
  status: Status;
}

export async function* replay(articles: readonly ReplayArticle[], options: ReplayOptions): AsyncGenerator<StreamEvent> {
  const { claims, registry, engine } = options;
  const all = [...articles].sort((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1));
  const until = options.until ?? all.at(-1)?.published;
  if (until === undefined) return;
  const inOrder = all.filter((article) => article.published <= until);

  const watched = new Map<ClaimId, Watch>(claims.map((claim) => [claim.id, { claim, rows: [], status: 'unverified' }]));
  const shelf = storyShelf({ names: namesIn(registry, claims) });
  const moments = momentsOf(claims);

  function* look(id: ClaimId, now: NewsTime, item: string | null): Generator<StreamEvent> {
    const watch = watched.get(id);
    if (watch === undefined) return;
    const { decision } = decideReread(watch.claim, watch.rows, [], now, { registry });
    if (decision.status === watch.status) return;
    watch.status = decision.status;
    yield statusLine(decision, now, item);
  }
  function* timePasses(to: NewsTime): Generator<StreamEvent> {
    for (let next = moments[0]; next !== undefined && next.at <= to; next = moments[0]) {
      moments.shift();
      yield* look(next.claim, next.at, null);
    }
  }

  const reading = readAhead(inOrder, engine, options.second);
  for (const [n, article] of inOrder.entries()) {
    yield* timePasses(article.published);
    const { judgements, opinions } = await reading(n);
    // By what the offline engine reads, with or without a language model.
    const { story, textGroup } = shelf.place({ ...article, judgements });
    yield { type: 'story', item: article.id, story };
    const reread = judgements.map((judgement) => {
      const opinion = opinions?.get(judgement.claim);
      return opinion === undefined ? judgement : reconcile(judgement, opinion);
    });
    const asGiven = { ...article.publisher, name: article.publisherAsGiven };
    for (const event of judgementEvents({ id: article.id, publisher: asGiven }, reread))
      yield event.type !== 'judgement' || opinions === null
        ? event
        : { ...event, model: opinions.get(event.claim)?.stance ?? null };
    for (const [at, judgement] of reread.entries()) {
      const plain = judgements[at];
      const id = `${article.id}:${at}`;
      watched.get(judgement.claim)?.rows.push({
        evidence: evidenceOf(article, judgement, id, textGroup),
        plain: plain === undefined || plain === judgement ? null : evidenceOf(article, plain, id, textGroup),
      });
    }
    for (const id of new Set(judgements.map((judgement) => judgement.claim)))
      yield* look(id, article.published, article.id);
  }
  yield* timePasses(until);
}

interface Reading {
  readonly judgements: readonly Judgement[];
  /** null without a language model. */
  readonly opinions: ReadonlyMap<ClaimId, Opinion> | null;
}

/** Readings in order, some begun before they are asked for. */
function readAhead(
  articles: readonly Article[],
  engine: JudgeEngine,
  second: SecondOpinions | undefined,
): (n: number) => Promise<Reading> {
  const begun = new Map<number, Promise<Reading>>();
  const read = async (article: Article): Promise<Reading> => {
    const judgements = await engine.judge(article);
    return { judgements, opinions: second === undefined ? null : await second(article, judgements) };
  };
  return (n) => {
    const last = Math.min(articles.length - 1, n + (second === undefined ? 0 : READ_AHEAD));
    for (let at = n; at <= last; at += 1) {
      const article = articles[at];
      if (article === undefined || begun.has(at)) continue;
      const reading = read(article);
      // Whoever stops early never asks for this one.
      reading.catch(() => undefined);
      begun.set(at, reading);
    }
    const reading = begun.get(n);
    begun.delete(n);
    if (reading === undefined) throw new RangeError(`no article ${n}`);
    return reading;
  };
}

/** When a status may change without an article: deadlines, and the dates of what the configuration records. Oldest first. */
function momentsOf(claims: readonly Claim[]): { at: NewsTime; claim: ClaimId }[] {
  return claims
    .flatMap((claim) => {
      const recorded = [...claim.known.map((known) => known.at), claim.outcome?.at, claim.deadline];
      return [...new Set(recorded)].flatMap((at) => (at === undefined || at === null ? [] : [{ at, claim: claim.id }]));
    })
    .sort((a, b) => a.at - b.at || (a.claim < b.claim ? -1 : 1));
}

/** Names that stand for one thing in several languages, so that stories meet across them. */
export function namesIn(registry: SourceRegistry, claims: readonly Claim[]): (readonly string[])[] {
  return [
    ...registry.sources.map((source) => [source.name, ...source.names]),
    ...claims.flatMap((claim) => claim.frame.slots.map((slot) => slot.aliases)),
  ];
}

/** A judgement with its article: one input of `decide`. */
export function evidenceOf(article: Article, judgement: Judgement, id: string, textGroup: string): Evidence {
  const { claim, stance, strength, event, happenedAt, chain, origin, quotes } = judgement;
  return {
    id,
    article: article.id,
    revision: article.revision,
    url: article.url,
    title: article.title,
    publisher: article.publisher,
    published: article.published,
    seen: article.published,
    claim,
    stance,
    strength,
    event,
    happenedAt: happenedAt ?? null,
    chain,
    origin,
    quotes,
    textGroup,
    retracted: false,
    via: 'feed',
  };
}

function statusLine(decision: StatusDecision, now: NewsTime, item: string | null): StreamEvent {
  const { supporting, refuting, status, claim } = decision;
  const counted = status === 'refuted' ? refuting : status === 'disputed' ? [...supporting, ...refuting] : supporting;
  return { type: 'status', claim, status, at: iso(now), item, origins: counted.map(({ name }) => name) };
}
