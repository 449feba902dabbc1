/**
 * Status policy: what is known about a claim, by which rule, because of whom.
 *
 * The Financial Times and The Information say so by themselves: corroborated. DeepSeek says so on its own page: confirmed.
 * A thousand pages that repeat one of them change nothing.
 *
 * `decide` is a pure function of the claim, all its evidence, the overrides and the time. It sees no previous status, so
 * an explanation "as of 20 April", a backtest and any order of arrival give the same answer.
 */
import type { Claim, ClaimId } from './claim.ts';
import type { Evidence } from './evidence.ts';
import type { Voice } from './independence.ts';
import { bestLink } from './link.ts';
import { whatWouldChange } from './outlook.ts';
import { believedThrough, groupBy, isConfigured } from './provenance.ts';
import type { Word } from './provenance.ts';
import type { SourceId, SourceRegistry } from './source.ts';
import type { NewsTime } from './time.ts';
import { weigh } from './weigh.ts';
import type { Weighed } from './weigh.ts';
import { counted, day, lastDay, listed } from './wording.ts';

export const STATUSES = [
  'unverified',
  'reported',
  'corroborated',
  'confirmed',
  'disputed',
  'refuted',
  'expired',
] as const;
export type Status = (typeof STATUSES)[number];

/** Stable: stored with decisions, shown by explain. The number is the order in which the rules are asked. */
export type RuleId =
  | 'override'
  | 'recorded-outcome'
  | 'rule-1-disputed'
  | 'rule-2-refuted'
  | 'rule-3-confirmed'
  | 'rule-4-expired'
  | 'rule-5-disputed'
  | 'rule-6-corroborated'
  | 'rule-7-reported'
  | 'rule-8-unverified';

/** A person's recorded decision; holds in the workspace that made it and is labelled there. */
export interface Override {
  readonly id: string;
  readonly status: Status;
  readonly because: string;
  readonly by: string;
  readonly at: NewsTime;
  readonly revertedAt: NewsTime | null;
}

/** One independent origin that counted, with the evidence that first carried it and everything that only relays it. */
export interface CountedOrigin {
  readonly source: SourceId;
  readonly name: string;
  readonly strength: 'official' | 'attributed' | 'firsthand';
  readonly first: NewsTime;
  /** Evidence id of the first row that made it count. */
  readonly evidence: string;
  /** The origin's own page when we saw one, else the best listed page. */
  readonly url: string | null;
  /** Evidence ids that relay it (echoes), oldest first. */
  readonly echoes: readonly string[];
  /** In words, nearest first: ["Reuters", "The Information"]. */
  readonly chain: readonly string[];
}

export interface NotCounted {
  /** Evidence id, or `known:CLAIM:N` and `outcome:CLAIM` for what the configuration records. */
  readonly evidence: string;
  readonly reason: string;
}

export interface StatusDecision {
  readonly claim: ClaimId;
  readonly status: Status;
  readonly rule: RuleId;
  /** One sentence for people. */
  readonly because: string;
  readonly at: NewsTime;
  readonly supporting: readonly CountedOrigin[];
  readonly refuting: readonly CountedOrigin[];
  /** Evidence id that decided it, null for a passed deadline, an override or nothing at all. */
  readonly decisive: string | null;
  readonly notCounted: readonly NotCounted[];
  readonly wouldChange: readonly string[];
  /** Distinct publishers (registrable domains) that carried supporting or refuting evidence. */
  readonly publishers: number;
}

/** What the policy needs to know besides the evidence: who is listed, who owns whom, whose page is whose. */
export interface StatusPolicy {
  readonly registry: SourceRegistry;
}

/** What one rule says when it applies. */
interface Ruling {
  readonly status: Status;
  readonly rule: RuleId;
  readonly because: string;
  readonly decisive: string | null;
}

/**
 * The status of a claim as of `now`. `overrides` are those of the workspace that asks. Evidence published after `now`,
 * or on another claim, plays no part; order and repetition of rows never matter.
 */
export function decide(
  claim: Claim,
  evidence: readonly Evidence[],
  overrides: readonly Override[],
  now: NewsTime,
  policy: StatusPolicy,
): StatusDecision {
  const known = weigh(claim, evidence, now, policy.registry);
  const ruling = overridden(overrides, now) ?? recordedOutcome(known) ?? firstThatApplies(RULES, known);
  return {
    claim: claim.id,
    status: ruling.status,
    rule: ruling.rule,
    because: [ruling.because, ...selfContradictions(known)].join(' '),
    at: now,
    supporting: known.supporting.map((voice) => countedOrigin(voice, known)),
    refuting: known.refuting.map((voice) => countedOrigin(voice, known)),
    decisive: ruling.decisive,
    notCounted: known.notCounted,
    wouldChange: whatWouldChange(ruling.status, ruling.rule, known),
    publishers: known.publishers,
  };
}

/** Where a decision comes from, always shown with it: what only the configuration knows, claimwire never saw happen. */
export function decidedBy(
  decision: Pick<StatusDecision, 'rule' | 'decisive'>,
): 'evidence' | 'configuration' | 'override' {
  if (decision.rule === 'override') return 'override';
  const recorded = decision.rule === 'recorded-outcome' || isConfigured(decision.decisive ?? '');
  return recorded ? 'configuration' : 'evidence';
}

type Rule = (known: Weighed) => Ruling | null;

/** Asked in this order; the first that applies decides. The last one always does. */
const RULES: readonly Rule[] = [
  authoritiesContradictEachOther,
  aDenierRefutesIt,
  anAuthoritySaysItIsSo,
  theDeadlineHasPassed,
  originsOnBothSides,
  twoIndependentOrigins,
  oneOrigin,
  nobodyWhoCounts,
];

/** 1. Of a standing claim only the latest word is in force (weigh.ts), so that here only words of one time can clash. */
function authoritiesContradictEachOther({ confirming, denying, torn, now }: Weighed): Ruling | null {
  const both = [...torn, ...(confirming.length > 0 && denying.length > 0 ? [...confirming, ...denying] : [])];
  const last = both.reduce<Word | null>((a, b) => (a === null || b.row.published >= a.row.published ? b : a), null);
  if (last === null) return null;
  const because =
    torn.length > 0
      ? `${names(torn)} said both that it is so and that it is not, on ${day(last.row.published, now)}.`
      : `Those who could settle it contradict each other: ${said(confirming, now)} said it is so, ${said(denying, now)} said it is not.`;
  return { status: 'disputed', rule: 'rule-1-disputed', because, decisive: last.row.id };
}

/** 2. For a forecast: the authority cancels it or rules it out. */
function aDenierRefutesIt({ claim, denying, now }: Weighed): Ruling | null {
  const first = firstBelieved(denying);
  if (first === undefined) return null;
  const because =
    claim.kind === 'standing'
      ? `Not so far, according to ${said(denying, now)}.`
      : claim.kind === 'forecast'
        ? `Ruled out by ${said(denying, now)}; that settles it.`
        : `${said(denying, now)} said it is not so; that settles it.`;
  return { status: 'refuted', rule: 'rule-2-refuted', because, decisive: first.row.id };
}

/** 3. Has happened or is so. A plan or an announced date settles nothing, and a forecast only what happened in time. */
function anAuthoritySaysItIsSo({ claim, confirming, now }: Weighed): Ruling | null {
  const first = firstBelieved(confirming);
  if (first === undefined) return null;
  const what = claim.kind === 'forecast' ? 'it has happened' : 'so';
  const because = `${said(confirming, now)} said ${what}; that settles it.`;
  return { status: 'confirmed', rule: 'rule-3-confirmed', because, decisive: first.row.id };
}

/** 4. Proof that it happened in time, even when it comes later, was asked for in rule 3. */
function theDeadlineHasPassed({ claim, now }: Weighed): Ruling | null {
  if (claim.kind !== 'forecast' || claim.deadline === null || now < claim.deadline) return null;
  const by = claim.authorities.length > 0 ? ' from anyone who could settle it' : '';
  const because = `The deadline passed on ${lastDay(claim.deadline, now)} with no word${by} that it happened.`;
  return { status: 'expired', rule: 'rule-4-expired', because, decisive: null };
}

/** 5. Also where an interested party denies what it cannot settle. */
function originsOnBothSides({ supporting, refuting, now }: Weighed): Ruling | null {
  const [forIt] = supporting;
  const [againstIt] = refuting;
  if (forIt === undefined || againstIt === undefined) return null;
  const second = forIt.from.row.published > againstIt.from.row.published ? forIt : againstIt;
  const because = `${origins(supporting, now)} ${supporting.length > 1 ? 'say' : 'says'} so; ${against(refuting, now)}.`;
  return { status: 'disputed', rule: 'rule-5-disputed', because, decisive: second.from.row.id };
}

/** 6. Two or more independent supporting origins. */
function twoIndependentOrigins({ supporting, now }: Weighed): Ruling | null {
  if (supporting.length < 2) return null;
  const [, second] = [...supporting].sort((a, b) => a.from.row.published - b.from.row.published);
  const because = `${counted(supporting.length, 'independent origin')}: ${origins(supporting, now)}; ${
    supporting.length === 2 ? 'neither' : 'none'
  } cites the other${supporting.length === 2 ? '' : 's'}.`;
  return { status: 'corroborated', rule: 'rule-6-corroborated', because, decisive: second?.from.row.id ?? null };
}

/** 7. However many repeat it. */
function oneOrigin({ supporting, publishers, now }: Weighed): Ruling | null {
  const [only] = supporting;
  if (only === undefined) return null;
  const plan = only.words.every((word) => word.official && !word.settles)
    ? ' A plan or announcement is not yet the thing itself.'
    : '';
  const recordedOnly = only.from.row.via === 'config' && publishers === 1;
  const carried = recordedOnly ? 'recorded in the configuration' : `${counted(publishers, 'publisher')} carried it`;
  const because = `One origin: ${origins(supporting, now)}; ${carried}.${plan}`;
  return { status: 'reported', rule: 'rule-7-reported', because, decisive: only.from.row.id };
}

/** 8. Nothing that counts supports it. */
function nobodyWhoCounts({ refuting, claimedNotSeen, publishers, now }: Weighed): Ruling {
  const ruling = { status: 'unverified', rule: 'rule-8-unverified' } as const;
  const [first] = refuting;
  if (first !== undefined) {
    return {
      ...ruling,
      because: `No origin that counts supports it; ${against(refuting, now)}.`,
      decisive: first.from.row.id,
    };
  }
  const credited = claimedNotSeen.filter((one) => one.side === 'supports').map((one) => one.origin.name);
  const because =
    credited.length > 0
      ? `Credited to ${listed(credited)}, but so far only by pages that do not count on their own.`
      : publishers === 0
        ? 'Nobody has said so yet.'
        : `${counted(publishers, 'publisher')} took a side, but no listed origin stands behind any of it.`;
  return { ...ruling, because, decisive: null };
}

/** A person's decision stands before every rule until it is taken back. */
function overridden(overrides: readonly Override[], now: NewsTime): Ruling | null {
  const inForce = overrides.filter((one) => one.at <= now && (one.revertedAt === null || one.revertedAt > now));
  const [latest] = [...inForce].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  if (latest === undefined) return null;
  const because = `Set by a person on ${day(latest.at, now)}: ${latest.because}`;
  return { status: latest.status, rule: 'override', because, decisive: null };
}

/** The configuration's own decision holds until somebody competent says otherwise later on. */
function recordedOutcome({ claim, confirming, denying, torn, registry, now }: Weighed): Ruling | null {
  const { outcome } = claim;
  if (outcome === null || outcome.at > now) return null;
  const contrary = [...torn, ...(outcome.status === 'confirmed' ? denying : confirming)];
  if (contrary.some((word) => word.row.published > outcome.at)) return null;
  const by = outcome.by === null ? '' : ` by the word of ${registry.byId(outcome.by)?.name ?? outcome.by}`;
  const because = `Recorded in the configuration: ${outcome.status} on ${day(outcome.at, now)}${by}.`;
  return { status: outcome.status, rule: 'recorded-outcome', because, decisive: null };
}

function firstThatApplies(rules: readonly Rule[], known: Weighed): Ruling {
  for (const rule of rules) {
    const ruling = rule(known);
    if (ruling !== null) return ruling;
  }
  return nobodyWhoCounts(known);
}

/** Rule 1 speaks for itself where the one who said both is competent. */
function selfContradictions({ cancelled, torn, now }: Weighed): string[] {
  const others = cancelled.filter((one) => torn.every((word) => word.origin.id !== one.origin.id));
  return others.map(({ origin, words }) => {
    const at = words[0] === undefined ? '' : ` on ${day(words[0].row.published, now)}`;
    return `${origin.name} said both${at}: the two cancel.`;
  });
}

function countedOrigin({ origin, from, words, echoes }: Voice, { registry }: Weighed): CountedOrigin {
  const rows = [...words, ...echoes.map(({ word }) => word)].map((word) => word.row);
  const { strength } = from.row;
  return {
    source: origin.id,
    name: origin.name,
    strength: words.some((word) => word.official) ? 'official' : strength === 'firsthand' ? 'firsthand' : 'attributed',
    first: (firstBelieved(words) ?? from).row.published,
    evidence: from.row.id,
    url: bestLink(rows, origin.id, registry)?.url ?? null,
    echoes: echoes.map(({ word }) => word.row.id),
    chain: chainInWords(from, origin.name),
  };
}

/** Nearest first, ending with the origin: ["Reuters", "The Information"]; empty on the origin's own page. */
function chainInWords(word: Word, origin: string): string[] {
  if (word.page === 'own') return [];
  const hops = word.row.chain.map((cited) => cited.name).filter((name) => name !== origin);
  return [...hops, origin];
}

/** "DeepSeek (24 Apr, own page)": who said it, each origin once, by the word through which we believe it. */
function said(words: readonly Word[], now: NewsTime): string {
  const parties = [...groupBy(words, (word) => word.origin.id).values()].map((theirs) => {
    const [first] = theirs as [Word, ...Word[]];
    const through = believedThrough(theirs) ?? first;
    return `${first.origin.name} (${day((firstBelieved(theirs) ?? first).row.published, now)}, ${reached(first, through)})`;
  });
  return listed(parties);
}

/**
 * The first of these words, oldest first, that somebody we may believe has: unlisted pages that had "DeepSeek announced"
 * three weeks before DeepSeek's own page do not move its word to their date.
 */
function firstBelieved(words: readonly Word[]): Word | undefined {
  return words.find((word) => word.page !== 'unlisted') ?? words[0];
}

/** How a word on record reached us: `first` said it, `through` made it believable. */
function reached(first: Word, through: Word): string {
  if (through.row.via === 'config') return 'recorded in the configuration';
  if (through.page === 'own') return 'own page';
  const pages = through.page === 'unlisted' && through !== first ? [first, through] : [through];
  return `on record through ${listed(pages.map((word) => word.publisher?.name ?? word.row.publisher.name))}`;
}

function names(words: readonly Word[]): string {
  return listed([...new Set(words.map((word) => word.origin.name))]);
}

/** "Financial Times (28 Feb) and The Information (3 Apr)". */
function origins(voices: readonly Voice[], now: NewsTime): string {
  return listed(
    voices.map(
      ({ origin, words, from }) => `${origin.name} (${day((firstBelieved(words) ?? from).row.published, now)})`,
    ),
  );
}

/** "denied by Nvidia (3 May)" when the party itself says so on record, else "contradicted by Reuters (3 May)". */
function against(voices: readonly Voice[], now: NewsTime): string {
  const isDenial = (voice: Voice): boolean => voice.words.some((word) => word.official);
  const denials = voices.filter(isDenial);
  const others = voices.filter((voice) => !isDenial(voice));
  return listed([
    ...(denials.length > 0 ? [`denied by ${origins(denials, now)}`] : []),
    ...(others.length > 0 ? [`contradicted by ${origins(others, now)}`] : []),
  ]);
}
