/**
 * The port every chat platform fills: console, Discord, Slack. Pipeline sends through it and never learns
 * which platform it is; the contract suite in test/contracts/ runs on every implementation.
 */
import type { Platform, Level } from '../core/alert.ts';
import type { SubscriptionOptions } from '../core/options.ts';
import type { WallTime } from '../core/time.ts';
import type { Status } from '../core/status.ts';
import type { CheckView, DeliveryLogView, FeedView, LatestView, StatusView, TrackView, WhyView } from '../core/view.ts';
import type { Card, CardDrawing } from './card.ts';

export interface OutgoingMessage {
  readonly channel: string;
  /** At most 25 characters [a-z0-9]: Discord nonce and footer mark, Slack metadata id. Same alert, same marker. */
  readonly marker: string;
  readonly card: Card;
  /** Edit this message in place instead of posting. A message that is gone is `rejected` with pause 'message': post anew. */
  readonly edit?: string;
  /** The claim's card in this channel: linked to, or with place thread this message goes under it. Gone: posted without. */
  readonly under?: {
    readonly messageId: string;
    /** Its thread when there is one already. */
    readonly threadId: string | null;
    readonly place: 'flat' | 'thread';
  };
  /** The change it tells, for a program that reads along (`--json`). */
  readonly told?: { readonly claim: string; readonly status: Status; readonly at: string };
  /** A role or user group that a manager of the channel chose to be notified; nobody else ever is. */
  readonly mention?: string;
}

/** Where and since when to look for a message. */
export interface LookAt {
  /** The thread it may have gone to; the channel is looked at all the same. */
  readonly thread?: string | null;
  /** No message from before this moment (wall ms) can be it. Default: an hour ago. */
  readonly since?: number;
}

/** What became of one attempt. Only `unknown` may have been accepted without our knowing. */
export type SendOutcome =
  /** `messageId` is '' when the platform says that it had the message already and that somebody deleted it since. */
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** Certainly not posted and trying again is useless until `pause` is lifted. */
  | { readonly outcome: 'rejected'; readonly reason: string; readonly pause: 'message' | 'subscription' | 'platform' }
  /** Certainly not posted; the platform said when to come back. */
  | { readonly outcome: 'limited'; readonly retryAfterMs: number; readonly scope: 'channel' | 'platform' }
  /** Certainly not posted (connection refused, name not resolved, 5xx that says so). */
  | { readonly outcome: 'failed'; readonly reason: string }
  /** The request left and no trustworthy answer came. Look up before any re-post. */
  | { readonly outcome: 'unknown'; readonly reason: string };

export type LookUp =
  | { readonly found: 'yes'; readonly messageId: string }
  | { readonly found: 'no' }
  /** No scope or permission to read history, or the look-up failed. */
  | { readonly found: 'unknown'; readonly reason: string };

/** Sends cards. Never retries by itself: the outbox is the only retrier. Never throws for platform answers. */
export interface Poster {
  readonly platform: Platform;
  /**
   * How long after a request of unknown outcome the platform may still show the message late, in ms. Deliver waits this
   * long before it looks the marker up: 30,000 for Slack and Discord, 0 for the console.
   */
  readonly settleMs: number;
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
  lookUp(channel: string, marker: string, signal: AbortSignal, at?: LookAt): Promise<LookUp>;
}

/** A connected platform: posts and answers commands until closed. */
export interface ChatPlatform extends Poster {
  /** Resolves when commands can arrive. Rejects with one clear sentence (bad token, missing intent). */
  start(desk: Desk): Promise<void>;
  close(): Promise<void>;
}

export interface Asker {
  readonly platform: Platform;
  readonly workspace: string;
  readonly channel: string;
  readonly user: string;
  /** May manage this channel's subscriptions, as the platform says (Discord: Manage Channels; Slack: admin, channel creator, or anyone when so configured). */
  readonly mayManage: boolean;
}

export type DeskAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/**
 * What commands may ask of the product. Implemented in pipeline/desk.ts over the ledger; never throws for expected outcomes.
 * Optional ones are offered to people only where they are present. Whoever changes something must manage the channel: the
 * desk checks `asker.mayManage` itself, whatever the platform declared.
 */
export interface Desk {
  /** Everybody's topics; with an asker also the claims its workspace tracks. */
  topics(asker?: Pick<Asker, 'platform' | 'workspace'>): readonly {
    readonly id: string;
    readonly title: string;
    readonly claims: readonly {
      readonly id: string;
      readonly statement: string;
      /** What it is also found by (names.ts). */
      readonly aliases?: readonly string[];
    }[];
  }[];
  /** With an asker: as its workspace sees it, its own claims, evidence and overrides included. */
  status(topic: string, asker?: Asker): Promise<DeskAnswer<StatusView>>;
  why(topic: string, claim: string, asker?: Asker): Promise<DeskAnswer<WhyView>>;
  /** Options that are not named stay as they are. `state`: what is known so far, for the answer; null when it cannot be had. */
  subscribe(
    asker: Asker,
    topic: string,
    level: Level,
    options?: Partial<SubscriptionOptions>,
  ): Promise<
    DeskAnswer<{
      readonly created: boolean;
      readonly level: Level;
      readonly options: SubscriptionOptions;
      readonly state: StatusView | null;
    }>
  >;
  unsubscribe(asker: Asker, topic: string): Promise<DeskAnswer<{ readonly removed: boolean }>>;
  subscriptions(asker: Asker): Promise<
    DeskAnswer<
      readonly {
        readonly topic: string;
        readonly level: Level;
        readonly options: SubscriptionOptions;
        /** Why nothing is posted now; null while it is. */
        readonly paused: string | null;
      }[]
    >
  >;
  /** Of the asker's whole workspace; the platform shows of it what the person may see. */
  allSubscriptions?(asker: Pick<Asker, 'platform' | 'workspace'>): Promise<
    DeskAnswer<
      readonly {
        readonly channel: string;
        readonly topic: string;
        readonly level: Level;
        readonly options: SubscriptionOptions;
        readonly paused: string | null;
      }[]
    >
  >;
  health(): Promise<DeskAnswer<HealthView>>;
  /** Keeps an answer for a while, so that the one who got it can show it to the channel. Returns the id that finds it again. */
  keep?(asker: Asker, card: Card): string;
  /** What was kept for this person in this channel; null when it is gone. */
  kept?(asker: Asker, id: string): Card | null;
  /** A picture for this platform's readers; null when there is none to be had. An answer never depends on it. */
  picture?(drawing: CardDrawing, platform: Platform): Promise<CardPicture | null>;
  /** Keeps a claim's alerts out of the asker's channel for `forMs`. Absent: not offered, and no button shows it. */
  mute?(asker: Asker, topic: string, claim: string, forMs: number): Promise<DeskAnswer<{ readonly until: WallTime }>>;
  /** Ends a mute early. `removed`: whether there was one. `why`: where the claim stands now; null when it cannot be had. */
  unmute?(
    asker: Asker,
    topic: string,
    claim: string,
  ): Promise<DeskAnswer<{ readonly removed: boolean; readonly why: WhyView | null }>>;
  /** What is muted in the asker's channel, the first to end first. */
  mutes?(asker: Asker): Promise<DeskAnswer<readonly MutedClaim[]>>;
  latest?(asker: Asker, topic: string): Promise<DeskAnswer<LatestView>>;
  /** Addresses and pasted texts, at most 10. Reads pages through the guarded fetcher: may take up to 15 s, answer later. */
  check?(asker: Asker, texts: readonly string[]): Promise<DeskAnswer<CheckView>>;
  /** Compiles a statement and tries it on what is stored; nothing is tracked before `confirmTrack`. */
  track?(asker: Asker, topic: string, statement: string): Promise<DeskAnswer<TrackView>>;
  confirmTrack?(
    asker: Asker,
    draft: string,
  ): Promise<DeskAnswer<{ readonly claim: string; readonly statement: string; readonly topic: string }>>;
  untrack?(asker: Asker, claim: string): Promise<DeskAnswer<{ readonly statement: string }>>;
  feeds?(asker: Asker): Promise<DeskAnswer<readonly FeedView[]>>;
  /** Accepts a site's address too and finds its feed. May take up to 15 s. */
  addFeed?(asker: Asker, address: string): Promise<DeskAnswer<{ readonly feed: FeedView; readonly known: boolean }>>;
  removeFeed?(asker: Asker, idOrAddress: string): Promise<DeskAnswer<{ readonly id: string }>>;
  /** What would be read from an address: one line an entry or warning; why nothing would, when it is not `readable`. */
  testFeed?(
    asker: Asker,
    address: string,
  ): Promise<DeskAnswer<{ readonly readable: boolean; readonly lines: readonly string[] }>>;
  /** "You missed this": an address or pasted text, judged like any article and marked as handed in; counts in this workspace. */
  handIn?(
    asker: Asker,
    claim: string,
    text: string,
  ): Promise<DeskAnswer<{ readonly why: WhyView; readonly from: Status; readonly note: string }>>;
  override?(asker: Asker, claim: string, status: Status, because: string): Promise<DeskAnswer<WhyView>>;
  revert?(asker: Asker, claim: string): Promise<DeskAnswer<WhyView>>;
  /** The channel where approvals, "Wrong?" and notices of this workspace go; null: none. */
  moderators?(asker: Asker, channel: string | null): Promise<DeskAnswer<{ readonly channel: string | null }>>;
  /** Confirmed and refuted wait for a person, at most `minutes`; null turns it off. */
  approvals?(asker: Asker, minutes: number | null): Promise<DeskAnswer<{ readonly minutes: number | null }>>;
  answerApproval?(
    asker: Asker,
    alert: string,
    answer: 'approve' | 'drop',
  ): Promise<DeskAnswer<{ readonly done: string }>>;
  /** "Wrong?": goes to the moderators' channel with the evidence. Anybody may ask. */
  wrong?(asker: Asker, claim: string, note: string): Promise<DeskAnswer<{ readonly told: boolean }>>;
  answerWrong?(
    asker: Asker,
    report: string,
    answer: 'right' | 'not-relevant',
  ): Promise<DeskAnswer<{ readonly done: string }>>;
  log?(asker: Asker): Promise<DeskAnswer<DeliveryLogView>>;
  /** Everything this workspace left with us, one JSON object a line. */
  exportAll?(asker: Asker): Promise<DeskAnswer<{ readonly lines: readonly string[] }>>;
  /** Whether this, by the platform's own id, was not handed in before, to whichever process. Rejects when nobody can tell. */
  heardFirst?(id: string): Promise<boolean>;
  /**
   * Added to a server or workspace: `first` once, so that one hello is said, and not before `mayGreet` (default true). Lifts a
   * removal under way.
   */
  joined?(
    platform: Platform,
    workspace: string,
    name: string,
    mayGreet?: boolean,
  ): Promise<{ readonly first: boolean }>;
  /** The hello did not get through: `joined` answers `first` once more, so that it is said later. */
  notGreeted?(platform: Platform, workspace: string): Promise<void>;
  /** Removed from it: posting stops at once, its data goes after the grace period. */
  left?(platform: Platform, workspace: string): Promise<void>;
}

/** A claim that is kept out of a channel until then. */
export interface MutedClaim {
  readonly topic: string;
  readonly claim: string;
  readonly statement: string;
  readonly until: WallTime;
}

/** PNG; `name` is [a-z0-9-] and ends in .png; `alt` says the same in at most 1000 characters. */
export interface CardPicture {
  readonly name: string;
  readonly png: Uint8Array;
  readonly alt: string;
}

/** `/claimwire health`: one line a part, the worst first. No addresses, no secrets: any member may ask. */
export interface HealthView {
  readonly version: string;
  readonly parts: readonly {
    /** "database", "queue", "feeds", "Discord". */
    readonly name: string;
    readonly state: 'ok' | 'degraded' | 'down';
    /** "31 of 33 answer", "12 alerts wait". */
    readonly note: string;
  }[];
}
