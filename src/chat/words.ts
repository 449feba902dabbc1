/**
 * Phrases every card shares, so that one fact reads the same in an alert, a status board and an answer:
 * "3 independent origins · 56 publishers", "Reuters citing The Information", "and 17 others only relay it".
 */
import type { StatusView, ClaimView, OriginView, QuoteView } from '../core/view.ts';
import { abridged, chainWords, counted } from '../core/wording.ts';
import type { Inline, Line } from './card.ts';
import { hostOf, safeLink } from './text.ts';

export function plain(text: string): Inline {
  return { text };
}
export function bold(text: string): Inline {
  return { text, style: 'bold' };
}
export function muted(text: string): Inline {
  return { text, style: 'muted' };
}
export function code(text: string): Inline {
  return { text, style: 'code' };
}
export function day(time: number): Inline {
  return { time, as: 'day' };
}

/** A link with its host beside it; the label alone when the address is not fit to be pressed. */
export function linked(url: string | null, label: string): Inline {
  return url === null || safeLink(url) === null ? plain(label) : { link: url, label };
}

/** " api-docs.deepseek.com" to stand at the end of a line; nothing when the address is not fit to be pressed. */
export function hostLink(url: string | null): Inline[] {
  return url === null || safeLink(url) === null ? [] : [plain(' '), { link: url, label: hostOf(url) }];
}

const STRENGTH_WORDS = {
  official: 'official word',
  firsthand: 'measured it',
  attributed: '',
  rumour: 'rumour',
  opinion: 'opinion',
} as const;

/** "The Information, 3 Apr, relayed by Reuters and 17 others (Reuters citing The Information) reuters.com" */
export function originLine(origin: OriginView): Line {
  const asides = [
    STRENGTH_WORDS[origin.strength],
    // What the page behind the link says of itself.
    origin.chain.length > 1 ? chainWords(origin.chain) : '',
  ].filter((aside) => aside !== '');
  const relays = [...new Set([...origin.chain.toReversed(), ...origin.relayedBy])].filter(
    (name) => name !== origin.name,
  );
  return [
    bold(origin.name),
    plain(', '),
    day(origin.first),
    ...(relays.length === 0 ? [] : [plain(`, relayed by ${abridged(relays)}`)]),
    ...(asides.length === 0 ? [] : [plain(` (${asides.join('; ')})`)]),
    // The host, not the name, is what is pressed: the page may be a wire's and not the origin's own.
    ...hostLink(origin.url),
  ];
}

/** “will run on Huawei chips” (The Information). In the demo the words are ours and say so. */
export function quoteLine(quote: QuoteView): Line {
  return [
    { text: `“${quote.text}”`, style: 'quote' },
    plain(' '),
    linked(quote.url, quote.publisher),
    ...(quote.paraphrase ? [muted(' (paraphrase, not a quotation)')] : []),
  ];
}

/** "3 independent origins: DeepSeek, Financial Times and The Information · 56 publishers" */
export function countLine(claim: ClaimView): string {
  const names = claim.supporting.map((origin) => origin.name);
  const against = claim.refuting.map((origin) => origin.name);
  return [
    names.length === 0
      ? 'no independent origin'
      : `${counted(names.length, 'independent origin')}: ${abridged(names, 4)}`,
    against.length === 0 ? '' : `against: ${abridged(against)}`,
    claim.publishers === 0 ? '' : counted(claim.publishers, 'publisher'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Where nothing is tracked: the next step. */
export const TRACK_ONE: Line = [
  plain('No claim is tracked yet. Somebody who manages this channel can add one: '),
  code('/claimwire track "statement"'),
];

/** Begins a message that may be a second copy. */
export const POSSIBLE_REPEAT: Line = [
  bold('Possible repeat: '),
  plain('nothing told us whether the first attempt arrived.'),
];

/** Why a status does not come from the evidence, when it does not. */
export function decidedByWords(claim: ClaimView): string {
  return {
    evidence: '',
    configuration: 'Recorded in the configuration with its source; claimwire did not see it happen.',
    override: 'Decided by a person, for this workspace only. The evidence alone may say otherwise.',
  }[claim.decidedBy];
}

/** "checked 4 min ago, 31 of 33 feeds answer" */
export function checkedLine(view: StatusView): Line {
  const feeds = `${view.feedsAnswering} of ${counted(view.feeds, 'feed')} ${view.feeds === 1 ? 'answers' : 'answer'}`;
  return view.checked === null
    ? [muted(`not checked yet · ${feeds}`)]
    : [muted('checked '), { time: view.checked, as: 'ago', now: view.now }, muted(` · ${feeds}`)];
}
