/**
 * Ledger rows -> the plain values people are shown (core/view.ts). Pure: everything needed is handed in.
 *
 * Links follow one policy: the origin's own page if we saw it, else a listed page that relays it; an unlisted page is
 * named but never the main link.
 */
import { mainLink, neighboursNotConfirmed } from '../core/alert.ts';
import type { Claim, ClaimId, Topic } from '../core/claim.ts';
import type { Evidence, Judgement } from '../core/evidence.ts';
import type { SourceId } from '../core/source.ts';
import { decidedBy } from '../core/status.ts';
import type { CountedOrigin, Status, StatusDecision } from '../core/status.ts';
import type { NewsTime } from '../core/time.ts';
import type { ClaimView, EvidenceView, OriginView, QuoteView, WhyView } from '../core/view.ts';
import type { ClaimState } from '../ledger/claims.ts';
import type { DecidedView, DecisionRow } from '../ledger/decisions.ts';

export interface EvidenceWithJudgement {
  readonly evidence: Evidence;
  readonly judgement: Judgement;
}

type ById = ReadonlyMap<string, EvidenceWithJudgement>;
const byId = (rows: readonly EvidenceWithJudgement[]): ById => new Map(rows.map((row) => [row.evidence.id, row]));

function httpUrl(url: string): string | null {
  return /^https?:\/\//.test(url) ? url : null;
}

function quoteOf(row: EvidenceWithJudgement | undefined, demo: boolean): QuoteView | null {
  const quote = row?.evidence.quotes.find((candidate) => candidate.role === 'stance') ?? row?.evidence.quotes[0];
  if (row === undefined || quote === undefined) return null;
  return {
    text: quote.text,
    url: row.evidence.publisher.source === null ? null : httpUrl(row.evidence.url),
    publisher: row.evidence.publisher.name,
    paraphrase: demo,
  };
}

/** What is said of an origin besides what it says here, by source id. */
type Records = ReadonlyMap<SourceId, string>;
const NO_RECORDS: Records = new Map();

function originView(origin: CountedOrigin, evidence: ById, demo: boolean, records: Records): OriginView {
  const record = records.get(origin.source);
  const first = evidence.get(origin.evidence);
  const carriers = [origin.evidence, ...origin.echoes].map((id) => evidence.get(id)?.evidence.publisher.name);
  const relayedBy = [...new Set(carriers.filter((name): name is string => name !== undefined && name !== origin.name))];
  return {
    name: origin.name,
    strength: origin.strength,
    first: origin.first,
    url: origin.url,
    relayedBy,
    chain: origin.chain,
    quote: quoteOf(first, demo),
    ...(record === undefined ? {} : { record }),
  };
}

export function claimView(
  claim: Claim,
  decision: StatusDecision,
  since: NewsTime | null,
  rows: readonly EvidenceWithJudgement[],
  demo: boolean,
  records: Records = NO_RECORDS,
): ClaimView {
  const evidence = byId(rows);
  const newest = rows.filter((row) => row.evidence.stance !== 'discusses').at(-1)?.evidence;
  return {
    id: claim.id,
    topic: claim.topic,
    statement: claim.statement,
    kind: claim.kind,
    deadline: claim.deadline,
    status: decision.status,
    since,
    rule: decision.rule,
    because: decision.because,
    supporting: decision.supporting.map((origin) => originView(origin, evidence, demo, records)),
    refuting: decision.refuting.map((origin) => originView(origin, evidence, demo, records)),
    publishers: decision.publishers,
    freshest:
      newest === undefined
        ? null
        : {
            title: newest.title,
            url: newest.publisher.source === null ? null : httpUrl(newest.url),
            publisher: newest.publisher.name,
            published: newest.published,
          },
    decidedBy: decidedBy(decision),
    wouldChange: decision.wouldChange,
  };
}

/** A claim nothing was decided on yet. */
export function blankDecision(claim: Claim, now: NewsTime): StatusDecision {
  return {
    claim: claim.id,
    status: 'unverified',
    rule: 'rule-8-unverified',
    because: 'Nothing has been read on this yet.',
    at: now,
    supporting: [],
    refuting: [],
    decisive: null,
    notCounted: [],
    wouldChange: [],
    publishers: 0,
  };
}

export interface AlertParts {
  readonly claim: Claim;
  readonly topic: Topic | undefined;
  readonly from: { readonly status: Status; readonly since: NewsTime | null };
  readonly decision: StatusDecision;
  readonly since: NewsTime;
  readonly evidence: readonly EvidenceWithJudgement[];
  readonly claims: ReadonlyMap<ClaimId, Claim>;
  readonly states: ReadonlyMap<ClaimId, ClaimState>;
  readonly demo: boolean;
}

/** What an alert says in the words of the page that decided. */
export function wordsOf(
  decisive: EvidenceWithJudgement | undefined,
  demo: boolean,
): Pick<DecidedView, 'summary' | 'quote' | 'warnings'> {
  const { summary = '', warnings = [] } = decisive?.judgement ?? {};
  return { summary, quote: quoteOf(decisive, demo), warnings };
}

export function alertView(parts: AlertParts): DecidedView {
  const { claim, decision } = parts;
  const view = claimView(claim, decision, parts.since, parts.evidence, parts.demo);
  const decisive = decision.decisive === null ? undefined : byId(parts.evidence).get(decision.decisive);
  const decisions = new Map(
    [...parts.states].map(([id, state]) => [id, { status: state.status, supporting: state.current?.supporting ?? [] }]),
  );
  return {
    claim: view,
    topicTitle: parts.topic?.title ?? claim.topic,
    from: parts.from.status,
    fromSince: parts.from.since,
    to: decision.status,
    ...wordsOf(decisive, parts.demo),
    link: mainLink(decision),
    notConfirmed: neighboursNotConfirmed(claim, parts.claims, decisions),
    published: decisive?.evidence.published ?? null,
    seen: decisive?.evidence.seen ?? null,
    demo: parts.demo,
  };
}

export function whyView(
  claim: Claim,
  decision: StatusDecision,
  since: NewsTime | null,
  rows: readonly EvidenceWithJudgement[],
  transitions: readonly DecisionRow[],
  demo: boolean,
  records: Records = NO_RECORDS,
): WhyView {
  const counted = new Map<string, string>();
  const carried = new Map<string, string>();
  for (const origin of [...decision.supporting, ...decision.refuting]) {
    counted.set(origin.evidence, `counts as ${origin.name}`);
    for (const id of [origin.evidence, ...origin.echoes]) carried.set(id, origin.name);
    for (const echo of origin.echoes) counted.set(echo, `relays ${origin.name}, already counted`);
  }
  const leading = new Set([...decision.supporting, ...decision.refuting].map((origin) => origin.evidence));
  const refused = new Map(decision.notCounted.map((row) => [row.evidence, row.reason]));
  const evidence: EvidenceView[] = rows.map((row) => ({
    id: row.evidence.id,
    stance: row.evidence.stance,
    strength: row.evidence.strength,
    publisher: row.evidence.publisher.name,
    title: row.evidence.title,
    url: row.evidence.url,
    published: row.evidence.published,
    chain: row.evidence.chain.map((cited) => cited.name),
    quote: quoteOf(row, demo),
    note:
      counted.get(row.evidence.id) ??
      refused.get(row.evidence.id) ??
      (row.evidence.stance === 'discusses' ? 'speaks of it without taking a side' : 'moves nothing'),
    counted: leading.has(row.evidence.id),
    countsFor: carried.get(row.evidence.id) ?? null,
  }));
  return {
    claim: claimView(claim, decision, since, rows, demo, records),
    resolution: claim.resolution,
    evidence,
    transitions: transitions.map(({ from, to, at, because, rule }) => ({ from, to, at, because, rule })),
    asOf: decision.at,
    demo,
  };
}
