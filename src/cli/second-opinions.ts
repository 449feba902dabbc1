/**
 * A language model over a file of articles, for `replay --engine llm`: how good is it on your data, and what does it cost?
 *
 *   language model ollama/qwen3:8b: 214 articles, 251 opinions: 198 as the offline judge, 41 lowered, 12 of no consequence
 *   9 refused: quote not in the text 6, number not in the text 3 · 2 articles without an answer: no answer in time 2
 *   412,330 tokens · 1.9 s an article on median
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Article } from '../core/article.ts';
import type { Claim, ClaimId } from '../core/claim.ts';
import type { Judgement } from '../core/evidence.ts';
import type { Opinion } from '../core/second-opinion.ts';
import { reconcile } from '../core/second-opinion.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { ReadOutcome, SecondReader } from '../judge/llm.ts';
import { MOST_CLAIMS } from '../judge/llm-prompt.ts';
import type { SecondOpinions } from '../pipeline/replay.ts';

export interface ScoredReading {
  readonly second: SecondOpinions;
  /** What came of it, in lines for people. */
  summary(): string[];
}

interface ScoringOptions {
  readonly reader: SecondReader;
  readonly claims: ReadonlyMap<ClaimId, Claim>;
  readonly registry: SourceRegistry;
  /** Tokens for the whole run; null: no limit. */
  readonly tokens: number | null;
  readonly signal?: AbortSignal;
}

/** Tries in all at one article, as long as the trouble may pass. */
const TRIES = 3;
/** Longest pause a provider may ask for between them. */
const LONGEST_PAUSE_MS = 60_000;

export function scoredReading({ reader, claims, registry, tokens, signal }: ScoringOptions): ScoredReading {
  const refused = new Map<string, number>();
  const failed = new Map<string, number>();
  const counts = { articles: 0, same: 0, lowered: 0, idle: 0, tokens: 0, unasked: 0 };
  const times: number[] = [];
  let aside = 0;
  const add = (to: Map<string, number>, what: string): void => void to.set(what, (to.get(what) ?? 0) + 1);

  async function ask(article: Article, about: readonly Claim[]): Promise<ReadOutcome> {
    for (let tried = 1; ; tried += 1) {
      const outcome = await reader.read(article, about, registry, signal);
      if (outcome.outcome !== 'failed' || tried >= TRIES || signal?.aborted === true) return outcome;
      await pause(Math.min(outcome.retryAfterMs ?? 500 * 2 ** tried, LONGEST_PAUSE_MS), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  async function second(article: Article, judgements: readonly Judgement[]): Promise<ReadonlyMap<ClaimId, Opinion>> {
    const main = judgements.filter((judgement) => judgement.main);
    const about = main.flatMap(({ claim }) => claims.get(claim) ?? []).slice(0, MOST_CLAIMS);
    const opinions = new Map<ClaimId, Opinion>();
    if (about.length === 0) return opinions;
    const estimate = reader.estimate(article, about);
    if (tokens !== null && counts.tokens + aside + estimate > tokens) {
      counts.unasked += 1;
      return opinions;
    }
    aside += estimate;
    const outcome = await ask(article, about);
    aside -= estimate;
    counts.articles += 1;
    if (outcome.outcome === 'failed') {
      add(failed, outcome.reason);
      return opinions;
    }
    times.push(outcome.ms);
    counts.tokens += outcome.tokens.input + outcome.tokens.output;
    if (outcome.outcome === 'unusable') {
      for (const _ of about) add(refused, outcome.refused);
      return opinions;
    }
    for (const entry of outcome.grounded) {
      if ('refused' in entry) add(refused, entry.refused);
      else opinions.set(entry.claim, entry.opinion);
    }
    for (const judgement of main) {
      const opinion = opinions.get(judgement.claim);
      if (opinion === undefined) continue;
      const after = reconcile(judgement, opinion);
      if (opinion.stance === judgement.stance && after.strength === judgement.strength) counts.same += 1;
      else if (after.stance !== judgement.stance || after.strength !== judgement.strength) counts.lowered += 1;
      else counts.idle += 1;
    }
    return opinions;
  }

  return {
    second,
    summary() {
      const given = counts.same + counts.lowered + counts.idle;
      const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
      return [
        `language model ${reader.id}: ${amount(counts.articles, 'article')}, ${amount(given, 'opinion')}: ${counts.same} as the offline judge, ${counts.lowered} lowered, ${counts.idle} of no consequence`,
        ...(refused.size === 0 ? [] : [`refused, and left to the offline judge: ${tally(refused)}`]),
        ...(failed.size === 0 ? [] : [`articles without an answer: ${tally(failed)}`]),
        ...(counts.unasked === 0
          ? []
          : [`${amount(counts.unasked, 'article')} not asked about: judge.dailyTokens was spent`]),
        `${counts.tokens.toLocaleString('en')} tokens${median === undefined ? '' : ` · ${(median / 1000).toFixed(2)} s an article on median`}`,
      ];
    },
  };
}

const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function tally(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}
