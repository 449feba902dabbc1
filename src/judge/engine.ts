/**
 * The port of every judge: offline.ts (default, deterministic) and, later, an LLM. A judge reads text; it has no
 * authority: it cannot say who is listed, whose hearsay counts or what a status is.
 */
import type { Article } from '../core/article.ts';
import type { Judgement } from '../core/evidence.ts';

export interface JudgeEngine {
  /** 'offline' or 'llm:<provider>/<model>'. */
  readonly id: string;
  /** Changes when the same text may be judged differently; stored with each judgement. */
  readonly version: string;
  /**
   * Judgements on every claim the article speaks to; none for a claim it does not. Per claim exactly one is `main`.
   * Offline: pure, same input same output, no exception for any text.
   */
  judge(article: Article, signal?: AbortSignal): Promise<readonly Judgement[]>;
}
