/**
 * A plain statement against a headline, with no frame made by hand: does it speak of it, and what does it say?
 *
 * "Apple is buying Path" / "Apple May Buy Social Network Path" -> discusses. Two logistic regressions over what both sides share and
 * how the headline is worded; saying "supports" needs the most certainty, an unsure judge says "discusses". News articles never meet
 * these: the frame that compile.ts makes of a tracked statement is what gates them.
 */
import type { Stance, Strength } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { attribute } from './attribution.ts';
import { compileStatement } from './compile.ts';
import type { Claim, Frame } from '../core/claim.ts';
import { newsTime } from '../core/time.ts';
import type { JudgeEngine } from './engine.ts';
import type { Finding } from './frame.ts';
import type { NameIndex } from './names.ts';
import { nameIndex } from './names.ts';
import { offlineEngine } from './offline.ts';
import type { Side } from './pair-features.ts';
import { side } from './pair-features.ts';
import type { Chances } from './pair-model.ts';
import { chances, relatedChance, saidOf, WEIGHTS } from './pair-model.ts';
import type { Rivals } from './rivals.ts';
import { rivalsAmong } from './rivals.ts';
import { indexed } from './phrase.ts';
import { standingOf } from './strength.ts';
import { read } from './text.ts';
import type { WordVectors } from './vectors.ts';

export interface Pair {
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  readonly text?: string;
}

export interface JudgedPair {
  readonly id: string;
  readonly stance: Stance | 'unrelated';
  readonly strength: Strength | null;
  readonly origins: readonly string[];
  /** Verbatim from title or text; null when unrelated. */
  readonly quote: string | null;
}

/** Sentences of the text that are tried besides the title. */
const MOST_SENTENCES = 30;

interface KnownStatement {
  readonly side: Side;
  readonly claim: Claim;
  /** Judges by the frame alone. */
  readonly engine: JudgeEngine;
  readonly familiar: boolean;
}

/**
 * Pure. `registry` names the outlets and parties that the text may credit; `statements` are all that are judged together, each other's
 * neighbours (rivals.ts): what is said of a pair depends on them, and on no other pair.
 *
 * A statement whose every name is known is judged by its frame, as an article would be: to the regressions a Huawei phone and a Huawei
 * chip are much alike. So is Chinese, which they do not read.
 */
export function pairJudge(
  registry: SourceRegistry,
  vectors: WordVectors,
  statements: Iterable<string> = [],
): (pair: Pair) => Promise<JudgedPair> {
  const tools: Tools = {
    registry,
    vectors,
    names: nameIndex(registry),
    rivals: rivalsAmong(new Map(Array.from(new Set(statements), (one) => [one, side(one, vectors)])), (claim, text) =>
      relatedChance(claim, text, vectors, WEIGHTS),
    ),
  };
  const known = new Map<string, KnownStatement>();
  return async (pair) => {
    let statement = known.get(pair.claim);
    if (statement === undefined) {
      const { frame, familiar, ahead, standing } = compileStatement(pair.claim, registry, ONE_DAY);
      const claim = claimOf(pair.claim, frame, ahead ? 'forecast' : standing ? 'standing' : 'event');
      statement = { side: side(pair.claim, vectors), claim, engine: offlineEngine([claim], registry), familiar };
      known.set(pair.claim, statement);
    }
    return statement.familiar || HAN.test(pair.claim) || HAN.test(pair.title)
      ? byFrame(statement.engine, pair, registry)
      : byWording(statement, pair, tools);
  };
}

interface Tools {
  readonly registry: SourceRegistry;
  readonly vectors: WordVectors;
  readonly names: NameIndex;
  readonly rivals: Rivals;
}

/** Pairs carry no date: statement and headline are read as of one day, whichever. */
const ONE_DAY = newsTime(0);
const HAN = /\p{Script=Han}/u;
const unrelated = (id: string): JudgedPair => ({ id, stance: 'unrelated', strength: null, origins: [], quote: null });

async function byFrame(engine: JudgeEngine, pair: Pair, registry: SourceRegistry): Promise<JudgedPair> {
  const rows = await engine.judge({
    id: pair.id,
    revision: 1,
    url: '',
    publisher: registry.publisherOf(''),
    published: ONE_DAY,
    lang: '',
    title: pair.title,
    summary: pair.text ?? '',
    body: '',
    authors: [],
  });
  const main = rows.find((row) => row.main);
  if (main === undefined) return unrelated(pair.id);
  const { stance, strength, origin, quotes } = main;
  const quote = quotes.find((one) => one.role === 'stance')?.text ?? pair.title;
  return { id: pair.id, stance, strength, origins: [typeof origin === 'string' ? origin : origin.name], quote };
}

function byWording(known: KnownStatement, pair: Pair, { registry, vectors, names, rivals }: Tools): JudgedPair {
  const best = bestSentence(known.side, pair, vectors);
  const stance = saidOf(best, rivals.oddsOf(side(best.quote, vectors), pair.claim));
  if (stance === 'unrelated') return unrelated(pair.id);
  const reading = indexed(read({ title: pair.title, summary: pair.text ?? '', body: '' }));
  const sentence = Math.max(
    0,
    reading.sentences.findIndex((one) => one.start <= best.start && best.start < one.end),
  );
  const place = reading.sentences[sentence];
  const span = { first: place?.first ?? 0, last: place?.last ?? 0 };
  const finding: Finding = {
    kind: 'predicate',
    sentence,
    span,
    selfNegated: false,
    named: 0,
    phrase: null,
    enough: true,
    says: new Set(),
  };
  const verdict = { stance, event: 'none', denied: false, notYet: false } as const;
  const page = { speaks: false, reports: false, wire: null };
  const standing = standingOf(known.claim, finding, verdict, reading, attribute(reading, names), registry, page);
  const origin = typeof standing.origin === 'string' ? standing.origin : standing.origin.name;
  return { id: pair.id, stance, strength: standing.strength, origins: [origin], quote: best.quote };
}

interface Best extends Chances {
  readonly quote: string;
  /** Offset of the quote in title + newline + text. */
  readonly start: number;
}

/** The title, or the sentence of the text that speaks more clearly of the statement. */
function bestSentence(claim: Side, pair: Pair, vectors: WordVectors): Best {
  const judged = (text: string, start: number): Best => ({
    ...chances(claim, side(text, vectors), vectors, WEIGHTS),
    quote: text,
    start,
  });
  let best = judged(pair.title, 0);
  if (pair.text === undefined || pair.text === '') return best;
  const reading = read({ title: pair.title, summary: pair.text, body: '' });
  for (const sentence of reading.sentences.filter((one) => one.part !== 'title').slice(0, MOST_SENTENCES)) {
    const other = judged(reading.source.slice(sentence.start, sentence.end), sentence.start);
    if (other.related > best.related) best = other;
  }
  return best;
}

function claimOf(statement: string, frame: Frame, kind: Claim['kind']): Claim {
  return {
    id: 'pair',
    topic: 'pair',
    statement,
    kind,
    deadline: null,
    resolution: '',
    authorities: [],
    deniers: [],
    neighbours: [],
    frame,
    outcome: null,
    known: [],
  };
}

/** One line of a pairs file, or what is wrong with it. */
export function parsePair(line: string): Pair | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'not an object';
  const { id, claim, title, text } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return 'id: missing';
  if (typeof claim !== 'string' || claim.trim() === '') return 'claim: missing';
  if (typeof title !== 'string') return 'title: missing';
  if (text !== undefined && text !== null && typeof text !== 'string') return 'text: not text';
  return { id, claim, title, ...(typeof text === 'string' ? { text } : {}) };
}
