/**
 * Trial: one claim over articles that are already there. What would its frame have matched, and which changes of status
 * would have been announced, on which day?
 *
 * The same judge and the same policy as in production; nothing is stored. `claimwire track`, `claimwire backtest` and
 * `/claimwire track` all show a Trial.
 */
import type { Article } from '../core/article.ts';
import type { Claim } from '../core/claim.ts';
import type { Evidence, Stance, Strength } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { decide, type RuleId, type Status, type StatusDecision } from '../core/status.ts';
import type { NewsTime } from '../core/time.ts';
import type { JudgeEngine } from '../judge/engine.ts';
import { offlineEngine } from '../judge/offline.ts';
import { evidenceOf } from './replay.ts';

/** An article with the group of near-identical texts it belongs to (one origin, however many print it). */
export interface TrialArticle {
  readonly article: Article;
  readonly textGroup: string;
}

export interface TrialMatch {
  readonly article: string;
  readonly title: string;
  readonly url: string;
  readonly publisher: string;
  readonly published: NewsTime;
  readonly stance: Stance;
  readonly strength: Strength;
  /** Who knew, as the article says: names, 'unattributed', or the publisher's own. */
  readonly origins: readonly string[];
  readonly quote: string | null;
}

export interface TrialChange {
  readonly from: Status;
  readonly to: Status;
  /** News time: when the article that decided it was published, or when the deadline passed. */
  readonly at: NewsTime;
  readonly because: string;
  readonly rule: RuleId;
  readonly origins: readonly string[];
  /** The article that was read when the status changed; null when time passed. */
  readonly article: string | null;
}

export interface Trial {
  readonly claim: Claim;
  /** Articles that were read. */
  readonly articles: number;
  readonly oldest: NewsTime | null;
  readonly newest: NewsTime | null;
  /** Oldest first. */
  readonly matches: readonly TrialMatch[];
  readonly changes: readonly TrialChange[];
  /** As it would stand at `now`. */
  readonly decision: StatusDecision;
}

export interface TrialOptions {
  readonly registry: SourceRegistry;
  readonly now: NewsTime;
  /** Default: the offline judge for this one claim. */
  readonly engine?: JudgeEngine;
}

/** Reads the articles in the order they come, which must be that of their `published`; keeps only what matches. */
export async function tryClaim(
  claim: Claim,
  articles: AsyncIterable<TrialArticle> | Iterable<TrialArticle>,
  { registry, now, engine = offlineEngine([claim], registry) }: TrialOptions,
): Promise<Trial> {
  const matches: TrialMatch[] = [];
  const evidence: Evidence[] = [];
  const changes: TrialChange[] = [];
  let status: Status = 'unverified';
  let read = 0;
  let oldest: NewsTime | null = null;
  let newest: NewsTime | null = null;
  const look = (at: NewsTime, article: string | null): StatusDecision => {
    const decision = decide(claim, evidence, [], at, { registry });
    if (decision.status !== status) {
      const origins = countedNames(decision);
      const { because, rule } = decision;
      changes.push({ from: status, to: decision.status, at, because, rule, origins, article });
      status = decision.status;
    }
    return decision;
  };
  // What the configuration records, and the deadline, change a status without an article.
  const moments = [...new Set([...claim.known.map((known) => known.at), claim.outcome?.at, claim.deadline])]
    .filter((at) => at !== null && at !== undefined)
    .sort((a, b) => a - b);
  const timePasses = (to: NewsTime): void => {
    for (let next = moments[0]; next !== undefined && next <= to; next = moments[0]) {
      moments.shift();
      look(next, null);
    }
  };
  for await (const { article, textGroup } of articles) {
    if (article.published > now) continue;
    timePasses(article.published);
    read += 1;
    oldest ??= article.published;
    newest = article.published;
    const judgements = await engine.judge(article);
    const mine = judgements.filter((judgement) => judgement.claim === claim.id);
    const main = mine.find((judgement) => judgement.main);
    if (main === undefined) continue;
    for (const [n, judgement] of mine.entries())
      evidence.push(evidenceOf(article, judgement, `${article.id}:${n}`, textGroup));
    const origins = mine
      .filter((judgement) => judgement.stance === main.stance)
      .map(({ origin }) =>
        origin === 'publisher' ? article.publisher.name : origin === 'unattributed' ? origin : origin.name,
      );
    matches.push({
      article: article.id,
      title: article.title,
      url: article.url,
      publisher: article.publisher.name,
      published: article.published,
      stance: main.stance,
      strength: main.strength,
      origins: [...new Set(origins)],
      quote: main.quotes.find((quote) => quote.role === 'stance')?.text ?? main.quotes[0]?.text ?? null,
    });
    look(article.published, article.id);
  }
  timePasses(now);
  const decision = look(now, null);
  return { claim, articles: read, oldest, newest, matches, changes, decision };
}

function countedNames({ status, supporting, refuting }: StatusDecision): string[] {
  const counted = status === 'refuted' ? refuting : status === 'disputed' ? [...supporting, ...refuting] : supporting;
  return counted.map(({ name }) => name);
}
