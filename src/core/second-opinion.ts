/**
 * Second opinion: what a language model's reading of a page may change, and what it never may.
 *
 * The offline judge says Yahoo repeats "V4 runs on Huawei chips"; a model that reads no side in it takes the page from those that
 * repeat it and leaves a note. A model that reads a confirmation where the judge read talk changes nothing. Whatever a model
 * answers, status and origins are those that the offline judgements give: `decideReread` sees to it.
 *
 * Both have to agree before a page takes a side: a model can lower, never raise; it makes nobody's word official and nobody else
 * the one who knew. A page that talks a model into something can so harm its own weight at most.
 */
import type { Claim } from './claim.ts';
import { summaryOf } from './evidence.ts';
import type { Evidence, Judgement, Quote, Stance, Strength } from './evidence.ts';
import { decide } from './status.ts';
import type { CountedOrigin, Override, StatusDecision, StatusPolicy } from './status.ts';
import type { NewsTime } from './time.ts';
import { listed } from './wording.ts';

/** A model's reading of one article on one claim. Everything in it was found in the text by code, or it is no opinion. */
export interface Opinion {
  readonly stance: Stance | 'unrelated';
  readonly strength: Strength;
  /** Whole sentences of the article, at most two; none when it finds the page unrelated. */
  readonly quotes: readonly Quote[];
}

/** What counts: an official word more than a report, a report more than talk. Between firsthand and attributed there is nothing to lower. */
const WEIGHT: Readonly<Record<Strength, number>> = { official: 2, firsthand: 1, attributed: 1, rumour: 0, opinion: 0 };

const AS_READ: Readonly<Record<Opinion['stance'], string>> = {
  supports: 'a language model reads this page as supporting it',
  refutes: 'a language model reads this page as denying it',
  discusses: 'a language model reads no side in this page',
  unrelated: 'a language model finds this page to be about something else',
};

/** An article's main judgement on a claim in the light of a model's opinion; rows that are not `main` are none of its business. */
export function reconcile(offline: Judgement, opinion: Opinion): Judgement {
  if (!offline.main) return offline;
  if (opinion.stance !== offline.stance) {
    const said = [...offline.warnings, AS_READ[opinion.stance]];
    return { ...offline, stance: 'discusses', warnings: said };
  }
  const lowered = WEIGHT[opinion.strength] < WEIGHT[offline.strength];
  const quotes = quotesFrom(offline, opinion);
  return {
    ...offline,
    strength: lowered ? opinion.strength : offline.strength,
    quotes,
    summary: summaryOf(quotes),
    warnings: lowered
      ? [...offline.warnings, `a language model reads this as ${NOUN[opinion.strength]} only`]
      : offline.warnings,
  };
}

const NOUN: Readonly<Record<Strength, string>> = {
  official: 'an official word',
  firsthand: 'a first-hand report',
  attributed: "somebody's report",
  rumour: 'a rumour',
  opinion: 'an opinion',
};

/** The sentence the model chose, and beside it whoever the judge found to have known: a summary never loses its attribution. */
function quotesFrom(offline: Judgement, { quotes }: Opinion): readonly Quote[] {
  const [first, second] = quotes;
  if (first === undefined) return offline.quotes;
  const chosen = second === undefined ? [first] : [first, second];
  const names = offline.chain.map((hop) => hop.name.toLowerCase());
  const shows = (one: Quote): boolean => names.some((name) => one.text.toLowerCase().includes(name));
  if (names.length === 0 || chosen.some(shows)) return chosen;
  const credit = offline.quotes.find((one) => one.role === 'attribution') ?? offline.quotes[0];
  if (credit === undefined || overlaps(credit, first)) return chosen;
  return [first, { ...credit, role: 'attribution' }];
}

const overlaps = (a: Quote, b: Quote): boolean => a.start < b.end && b.start < a.end;

/** One row of evidence as reconciled and, when a model had its say, as the offline judge read it. */
export interface Reread {
  readonly evidence: Evidence;
  readonly plain: Evidence | null;
}

export interface DecidedReread {
  readonly decision: StatusDecision;
  /** The rows the decision follows from: those as reconciled, or those of the offline judge. */
  readonly from: 'reread' | 'plain';
}

/**
 * Decides with second opinions where they change nothing that matters: the same status by the same rule, from the same origins.
 * Otherwise the offline judgements decide, and the decision says who is read differently. An origin that a model took away and
 * a later page brought back would be announced as new.
 */
export function decideReread(
  claim: Claim,
  rows: readonly Reread[],
  overrides: readonly Override[],
  now: NewsTime,
  policy: StatusPolicy,
): DecidedReread {
  const plain = decide(
    claim,
    rows.map((row) => row.plain ?? row.evidence),
    overrides,
    now,
    policy,
  );
  const doubted = rows.filter((row) => row.plain !== null && row.evidence.published <= now);
  if (doubted.length === 0) return { decision: plain, from: 'plain' };
  const reread = decide(
    claim,
    rows.map((row) => row.evidence),
    overrides,
    now,
    policy,
  );
  if (countsTheSame(reread, plain)) return { decision: reread, from: 'reread' };
  const names = [...new Set(doubted.filter(readsOtherwise).map((row) => row.evidence.publisher.name))];
  const who = names.length > 3 ? `${names.length} publishers` : listed(names);
  const said = names.length === 0 ? 'some pages' : who;
  return {
    decision: { ...plain, because: `${plain.because} A language model reads ${said} otherwise; it has no vote.` },
    from: 'plain',
  };
}

/** The rows as people are shown them beside the decision: with the model's quotes and notes, and the stance that was decided by. */
export function rowsAsDecided<Row extends Reread & { readonly judgement: Judgement }>(
  rows: readonly Row[],
  from: DecidedReread['from'],
): Row[] {
  return rows.map((row) => {
    if (from === 'reread' || row.plain === null) return row;
    const { stance, strength } = row.plain;
    return {
      ...row,
      evidence: { ...row.evidence, stance, strength },
      judgement: { ...row.judgement, stance, strength },
    };
  });
}

const readsOtherwise = ({ evidence, plain }: Reread): boolean =>
  plain !== null && (evidence.stance !== plain.stance || evidence.strength !== plain.strength);

/** Status, rule, and who counts on either side since when and how firmly. What may differ: who repeats it, and in which words. */
function countsTheSame(reread: StatusDecision, plain: StatusDecision): boolean {
  const who = (origins: readonly CountedOrigin[]): string =>
    origins
      .map(({ source, strength, first }) => `${source} ${strength} ${first}`)
      .sort()
      .join();
  return (
    reread.status === plain.status &&
    reread.rule === plain.rule &&
    who(reread.supporting) === who(plain.supporting) &&
    who(reread.refuting) === who(plain.refuting)
  );
}
