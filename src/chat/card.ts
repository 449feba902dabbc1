/**
 * Card: one message model for every platform. Renderers are pure: Card -> console text, Discord payload, Slack blocks.
 */
import type { Status } from '../core/status.ts';

/** Text is untrusted unless we wrote it; renderers escape all of it and no part can mention anybody. */
export type Inline =
  | { readonly text: string; readonly style?: 'plain' | 'bold' | 'quote' | 'muted' }
  | { readonly link: string; readonly label: string };

export interface CardSection {
  readonly heading?: string;
  readonly lines: readonly (readonly Inline[])[];
}

export interface Card {
  /** Decides colour, symbol and word; never colour alone. */
  readonly tone: Status | 'info' | 'problem';
  /** The news in one line; also the notification text. */
  readonly title: string;
  readonly link?: string;
  readonly sections: readonly CardSection[];
  readonly footer: readonly string[];
}
