/**
 * The line format of `--json`: what replay, run and demo print, one object a line.
 */
import type { Platform } from '../core/alert.ts';
import type { Article } from '../core/article.ts';
import type { Judgement, Stance, Strength } from '../core/evidence.ts';
import type { Opinion } from '../core/second-opinion.ts';
import type { Status } from '../core/status.ts';

export type StreamEvent =
  | {
      readonly type: 'judgement';
      readonly item: string;
      readonly claim: string;
      readonly stance: Stance;
      readonly strength: Strength;
      readonly origins: readonly string[];
      readonly quote: string | null;
      /** With a language model: what it read here; null when nothing it said could be used. */
      readonly model?: Opinion['stance'] | null;
    }
  | { readonly type: 'story'; readonly item: string; readonly story: string }
  | {
      readonly type: 'status';
      readonly claim: string;
      readonly status: Status;
      readonly at: string;
      readonly item: string | null;
      readonly origins: readonly string[];
    }
  | {
      readonly type: 'alert';
      readonly claim: string;
      readonly status: Status;
      readonly platform: Platform;
      readonly channel: string;
      readonly at: string;
    };

/** One line per claim: the main stance with the names of all origins that take it; 'publisher' is given its name. */
export function judgementEvents(
  article: Pick<Article, 'id' | 'publisher'>,
  judgements: readonly Judgement[],
): StreamEvent[] {
  return judgements
    .filter((judgement) => judgement.main)
    .map((main) => {
      const origins = judgements
        .filter((other) => other.claim === main.claim && other.stance === main.stance)
        .map(({ origin }) =>
          origin === 'publisher' ? article.publisher.name : origin === 'unattributed' ? origin : origin.name,
        );
      return {
        type: 'judgement',
        item: article.id,
        claim: main.claim,
        stance: main.stance,
        strength: main.strength,
        origins: [...new Set(origins)],
        quote: main.quotes.find((quote) => quote.role === 'stance')?.text ?? main.quotes[0]?.text ?? null,
      };
    });
}
