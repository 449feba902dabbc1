/**
 * What people are shown, as plain values. Chat cards, the board, the terminal and exports all render these,
 * so that one claim reads the same everywhere. Built from ledger rows in pipeline/views.ts.
 */
import type { Claim, ClaimId, TopicId } from './claim.ts';
import type { Strength, Stance } from './evidence.ts';
import type { Status } from './status.ts';
import type { NewsTime, WallTime } from './time.ts';

export interface OriginView {
  readonly name: string;
  readonly strength: Strength;
  readonly first: NewsTime;
  /** The origin's own page if we saw it, else the best listed page; never an unlisted page. */
  readonly url: string | null;
  /** Publishers that only relay it. */
  readonly relayedBy: readonly string[];
  /** Nearest first, as words: ["Reuters", "The Information"]. */
  readonly chain: readonly string[];
  readonly quote: QuoteView | null;
  /** How it did on the claims it was first on, when those are several (core/track-record.ts). Shown, never counted. */
  readonly record?: string;
}

export interface QuoteView {
  readonly text: string;
  readonly url: string | null;
  readonly publisher: string;
  /** True in the demo: the words are our paraphrase of a real page and are marked so. */
  readonly paraphrase: boolean;
}

export interface ClaimView {
  readonly id: ClaimId;
  readonly topic: TopicId;
  readonly statement: string;
  readonly kind: Claim['kind'];
  readonly deadline: NewsTime | null;
  readonly status: Status;
  readonly since: NewsTime | null;
  readonly rule: string;
  readonly because: string;
  readonly supporting: readonly OriginView[];
  readonly refuting: readonly OriginView[];
  readonly publishers: number;
  readonly freshest: {
    readonly title: string;
    readonly url: string | null;
    readonly publisher: string;
    readonly published: NewsTime;
  } | null;
  /** 'configuration': a recorded outcome; 'override': a person's decision; 'evidence': the policy. Always shown. */
  readonly decidedBy: 'evidence' | 'configuration' | 'override';
  readonly wouldChange: readonly string[];
}

export interface StatusView {
  readonly topic: TopicId;
  readonly title: string;
  readonly checked: NewsTime | null;
  readonly feedsAnswering: number;
  readonly feeds: number;
  readonly claims: readonly ClaimView[];
  readonly demo: boolean;
  /** News time of the view; ages are counted from it. */
  readonly now: NewsTime;
}

export interface EvidenceView {
  readonly id: string;
  readonly stance: Stance;
  readonly strength: Strength;
  readonly publisher: string;
  readonly title: string;
  readonly url: string;
  readonly published: NewsTime;
  readonly chain: readonly string[];
  readonly quote: QuoteView | null;
  /** Why it counts or does not: "relays The Information, already counted". */
  readonly note: string;
  readonly counted: boolean;
  /** The counted origin whose word it carries or relays; null when it counts for none. */
  readonly countsFor: string | null;
}

/** `/topic why`, `claimwire explain` and the claim page. */
export interface WhyView {
  readonly claim: ClaimView;
  readonly resolution: string;
  readonly evidence: readonly EvidenceView[];
  readonly transitions: readonly {
    readonly from: Status;
    readonly to: Status;
    readonly at: NewsTime;
    readonly because: string;
    readonly rule: string;
  }[];
  readonly asOf: NewsTime;
  readonly demo: boolean;
}

export interface AlertView {
  /** Stable key of (channel, claim, transition); its hash is the marker on the platform. */
  readonly key: string;
  readonly claim: ClaimView;
  readonly topicTitle: string;
  readonly from: Status;
  readonly fromSince: NewsTime | null;
  readonly to: Status;
  /** At most two verbatim sentences, attribution kept. */
  readonly summary: string;
  readonly quote: QuoteView | null;
  /** Main link by the link policy: origin's page, else wire, else listed newsroom; null when none is fit. */
  readonly link: { readonly url: string; readonly host: string } | null;
  /** Neighbour claims people may take this for, which it does not confirm. */
  readonly notConfirmed: readonly {
    readonly statement: string;
    readonly status: Status;
    readonly origins: readonly string[];
  }[];
  readonly published: NewsTime | null;
  readonly seen: NewsTime | null;
  readonly postedAt: WallTime;
  readonly demo: boolean;
  readonly possibleRepeat: boolean;
  /** Names of new independent origins, when they and no change of status are the news. */
  readonly news?: readonly string[];
  /** A living card edited in place: when, and what grew since it was posted ("+ The Information", "12 more publishers"). */
  readonly updated?: { readonly at: WallTime; readonly changes: readonly string[] };
  readonly warnings: readonly string[];
}

/** `/topic latest`: what was read last on the topic's claims, newest first. */
export interface LatestView {
  readonly topic: TopicId;
  readonly title: string;
  readonly items: readonly {
    readonly title: string;
    readonly publisher: string;
    /** By the link policy; null when the page is not listed. */
    readonly url: string | null;
    readonly published: NewsTime;
    /** Statements of the claims it speaks to. */
    readonly claims: readonly string[];
    /** What it adds: a counted origin, an echo of one, or neither. */
    readonly role: 'origin' | 'echo' | 'no side' | 'not counted';
    /** Whom it credits, nearest first. */
    readonly chain: readonly string[];
  }[];
  readonly demo: boolean;
}

/** `check <url or text> ...`: what pages handed in say, and how many knew it by themselves. */
export interface CheckView {
  readonly pages: readonly CheckedPage[];
  /** "5 pages, 4 publishers, 1 origin: The Information". */
  readonly sum: string;
  /** Distinct publishers (by registrable domain) of the pages that could be read. */
  readonly publishers: number;
  /** Distinct independent origins by name, most relayed first. */
  readonly origins: readonly { readonly name: string; readonly listed: boolean; readonly pages: number }[];
}

/** Who publishes words that somebody pasted: nobody that is known. */
export const PASTED = 'pasted text';

export interface CheckedPage {
  /** The address as asked for, or "text 1" for pasted words. */
  readonly name: string;
  /** Why nothing could be read, in words; null when it was. */
  readonly trouble: string | null;
  readonly title: string;
  readonly publisher: string;
  /** Owner of the publisher when it is listed. */
  readonly owner: string | null;
  readonly listed: boolean;
  /** Whom the page as a whole credits, nearest first; empty: its own word. */
  readonly chain: readonly string[];
  readonly origin: string;
  /** The name of the earlier page whose text this one repeats. */
  readonly copyOf: string | null;
  readonly claims: readonly {
    readonly id: ClaimId;
    readonly topic: TopicId;
    readonly statement: string;
    readonly stance: Stance;
    readonly strength: Strength;
    readonly origin: string;
    readonly quote: string;
  }[];
}

/** `/claimwire track "statement"`: what would be tracked, before anybody confirms it. */
export interface TrackView {
  /** Names the draft for `confirmTrack`; kept for an hour. */
  readonly draft: string;
  readonly topic: TopicId;
  readonly statement: string;
  /** The compiled frame in words, a line each. */
  readonly frame: readonly string[];
  readonly warnings: readonly string[];
  /** Stored articles it would have matched, newest first, at most 8 of `matched`. */
  readonly matches: readonly {
    readonly title: string;
    readonly publisher: string;
    readonly published: NewsTime;
    readonly stance: Stance;
  }[];
  readonly matched: number;
  /** The changes it would have had over what is stored. */
  readonly changes: readonly { readonly to: Status; readonly at: NewsTime; readonly because: string }[];
}

/** `/claimwire log`: what became of the messages to this channel, newest first. */
export interface DeliveryLogView {
  readonly rows: readonly {
    readonly at: WallTime;
    readonly kind: string;
    /** Statement of the claim; null for digests and notices. */
    readonly claim: string | null;
    readonly to: Status | null;
    readonly outcome: string;
    readonly attempts: number;
    readonly reason: string | null;
    readonly possibleRepeat: boolean;
  }[];
  /** Now waiting or held in this channel. */
  readonly waiting: number;
  readonly held: number;
}

/** A feed as its people see it. */
export interface FeedView {
  readonly id: string;
  /** Without query or credentials: those may be secrets. */
  readonly address: string;
  readonly own: boolean;
  readonly state: 'answering' | 'failing' | 'untried';
  readonly result: string | null;
  readonly checked: WallTime | null;
  readonly next: WallTime | null;
}

/** One event as its articles tell it, for whoever follows everything: no judgement, no status, the publishers' own words. */
export interface StoryView {
  /** The headline of the page that is shown for all of them, verbatim. */
  readonly title: string;
  readonly publisher: string;
  /** That page, when a listed source published it; else null. */
  readonly url: string | null;
  /** BCP 47 of title and sentences, as the feed gave it; never translated. */
  readonly lang: string;
  /** At most two sentences of that page, verbatim and in its order; empty when it has only a headline. */
  readonly sentences: readonly string[];
  /** Distinct publishers. */
  readonly publishers: number;
  /** Who knew, by name, earliest first: those who only relay are left out, and so is what a single unlisted page claims to have heard. */
  readonly origins: readonly string[];
  /** News time of the earliest and the latest article. */
  readonly first: NewsTime;
  readonly last: NewsTime;
}
