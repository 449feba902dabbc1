/**
 * Which thing a deed is told of: an act word governs the object next to it, in its own clause.
 *
 * "DeepSeek released V3.2, not V4", "V3.2 is out and V4 is still in testing", "beats Kimi K2, which has one trillion parameters" hold every
 * word of a claim about V4 and tell it of something else. A finding is told of another thing when one of the same sort (likes.ts) stands
 * in the clause of its deed and the claim's own stands only in other clauses, or behind "not", "unlike", "instead of". Lists ("V3.2 and
 * V4"), appositions ("V4, the successor of V3.2,") and things it is only measured by ("beats V3.2") take nothing away.
 */
import { anaphorsIn } from './anaphora.ts';
import type { Aside } from './asides.ts';
import { asideAt, isOblique } from './asides.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import { deedsIn } from './assertion.ts';
import {
  hasNumber,
  isAdjective,
  isSmaller,
  likesIn,
  lists,
  ofOtherGoods,
  otherBodies,
  otherPlaces,
  otherProductIn,
  sortOf,
  whereOf,
  within,
} from './likes.ts';
import type { Sort } from './likes.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import type { CompiledSlot, SlotPlaces } from './slots.ts';
import type { Sentence } from './text.ts';
import { textAt, words } from './tokens.ts';
import type { Clause } from './verb-clauses.ts';
import { clausesOf } from './verb-clauses.ts';

interface View {
  readonly finding: Finding;
  readonly reading: IndexedReading;
  readonly sentence: Sentence;
  readonly slot: CompiledSlot;
  readonly sort: Sort;
  readonly mentions: readonly (Span & { readonly aside: Aside })[];
  readonly likes: readonly Span[];
}

const isOff = ({ aside }: { readonly aside: Aside }): boolean => aside === 'not' || aside === 'unlike';

type Holds = 'own' | 'other' | null;

/** What a clause holds of the slot's sort: the claim's own, another, or nothing. */
function heldBy(view: View, clause: Clause): Holds {
  const { mentions, reading, sentence } = view;
  const others = view.likes.filter((like) => within(clause, like) && !isOblique(reading, like, sentence));
  const own = mentions.filter(
    (one) => within(clause, one) && !isOff(one) && !(one.aside === 'later' && others.length > 0),
  );
  // Of companies only who is said to do it, and alone: "Cambricon said Moore Threads worked", not "said it and Moore Threads worked".
  if (
    view.sort === 'company' &&
    own.length === 0 &&
    !(clause.opener === 'said' && others[0] !== undefined && others[0].first <= clause.first + 1)
  )
    return null;
  // "Chinese customers' data centres in Malaysia".
  if (
    view.sort === 'place' &&
    own.every((one) => others.some((other) => other.first >= one.last && isAdjective(reading, one)))
  )
    return others.length > 0 ? 'other' : null;
  // "DeepSeek worked for months to adapt V3.2": the maker is no model. "Its new model R2": nor is what R2 is called.
  const telling = own.filter(
    (one) =>
      others.length === 0 || view.sort !== 'model' || hasNumber(reading, one) || !isNamedBy(one, others, reading),
  );
  if (telling.length > 0) return 'own';
  return others.length > 0 ? 'other' : null;
}

/** A maker's name, or a description that another name stands right beside. */
function isNamedBy(one: Span, others: readonly Span[], reading: IndexedReading): boolean {
  if (one.last - one.first === 1) return true;
  return others.some(
    (other) => other.first >= one.last && other.first - one.last <= 1 && reading.tokens[one.last]?.kind !== 'han',
  );
}

/** What the clause of the deed is told of, looking back where it has no subject or object of its own. */
function governedBy(view: View, clauses: readonly Clause[], deed: number): Holds {
  let n = clauses.findIndex((clause) => deed >= clause.first && deed < clause.last);
  for (let back = 0; n >= 0 && back < 3; back += 1) {
    const clause = clauses[n];
    if (clause === undefined) return null;
    const held = heldBy(view, clause);
    if (held !== null) return held;
    if (clause.opener === 'which' || isApposition(view, clause, deed)) return nearestBefore(view, clause.first);
    const previous = clauses[n - 1];
    // "Kimi K2, which its maker says has a trillion": the "which" is whose it is said to be.
    if (clause.opener === 'said' && previous?.opener === 'which') return nearestBefore(view, previous.first);
    if (previous === undefined || clause.opener === 'said') return null;
    // "Its PanGu model, unlike V4, runs": an aside between subject and verb.
    if (isAside(view, previous)) n -= 2;
    else if (clause.opener === 'and' || isHanClause(view.reading, clause)) n -= 1;
    else return null;
  }
  return null;
}

const isAside = (view: View, clause: Span): boolean =>
  view.mentions.some((one) => within(clause, one) && isOff(one)) &&
  !view.mentions.some((one) => within(clause, one) && one.aside === null);

const isHanClause = (reading: IndexedReading, clause: Span): boolean => reading.tokens[clause.first]?.kind === 'han';

const ARTICLES = words('a an the its');

/** "Kimi K2, a model of one trillion parameters": what is said of the name right before the comma. */
function isApposition({ reading, mentions, likes }: View, clause: Clause, deed: number): boolean {
  return (
    clause.opener === 'mark' &&
    ARTICLES.has(textAt(reading, clause.first)) &&
    deed - clause.first <= APPOSITION_REACH &&
    [...mentions, ...likes].some((one) => one.last === clause.first - 1)
  );
}
const APPOSITION_REACH = 6;

/** The thing a "which" takes up: the last one named before it. What is named only later is not taken up. */
function nearestBefore({ mentions, likes, reading, sentence, slot, sort }: View, at: number): Holds {
  const last = (spans: readonly Span[]): number =>
    Math.max(-1, ...spans.filter((one) => one.last <= at).map((one) => one.first));
  const [own, other] = [last(mentions), last(likes)];
  if (other > own) return 'other';
  if (own >= 0) return 'own';
  if (sort !== 'model' || !mentions.some((one) => one.aside === 'later') || slot.kind === undefined) return null;
  const taken = anaphorsIn(reading, { first: sentence.first, last: at }, slot.kind);
  return taken.some((one) => one.last >= at - 1) ? null : 'other';
}

export interface Bearings {
  readonly reading: IndexedReading;
  readonly places: ReadonlyMap<string, SlotPlaces>;
  /** Listed companies and bodies the article names. */
  readonly mentions: readonly Mention[];
}

/** Whether what the finding says is told of another thing than the claim's. */
export function isToldOfAnother(
  claim: CompiledClaim,
  finding: Finding,
  refutes: boolean,
  { reading, places, mentions }: Bearings,
): boolean {
  const sentence = reading.sentences[finding.sentence];
  if (sentence === undefined || finding.absent === true) return false;
  // "February is over and the page still shows V3.2": what is there instead says that the date went by.
  if (refutes && finding.kind === 'inverse' && claim.claim.frame.window !== undefined) return false;
  const own = deedsIn(finding, reading);
  const deeds = own.length > 0 ? own : [finding.span.last - 1];
  const clauses = clausesOf(reading, sentence, deeds);
  if (refutes && deeds.some((deed) => textAt(reading, deed + 1) === 'by' && AGENTS.has(textAt(reading, deed + 2))))
    return true;
  if (isDoneElsewhere(claim, reading, clauses, deeds)) return true;
  const companies = mentions.filter((one) => one.role === 'party' && !one.isPublic && !isOfClaim(claim, one, places));
  // What another slot names is no stranger: "Japan restricts exports to China".
  const named = claim.slots.flatMap((slot) => [...(places.get(slot.key)?.spans ?? [])].map(spanOf));
  return claim.slots.some((slot) => {
    const sort = sortOf(slot);
    const place = places.get(slot.key);
    if (!slot.required || sort === null || place === undefined) return false;
    const view = viewOf(slot, sort, place, finding, reading, sentence, { companies, named });
    const turned = view.mentions.filter(isOff);
    // "Trained on the H800, not on Ascend" denies the latter: of what is used or where, not of who does it.
    if (refutes && sort !== 'model' && turned.some(({ aside }) => aside === 'not')) return false;
    // "It was Huawei, not Nvidia, that got it": of a claim that is a no, the one behind the "not" is the one it speaks of.
    const meant = sort !== 'model' && SAYS_NO.test(claim.claim.statement);
    const allTurned = turned.length > 0 && turned.length === view.mentions.length && !meant;
    // "Instead of V4 they got an app" says that the day went by without it.
    if (allTurned && !(refutes && (claim.claim.frame.window !== undefined || view.likes.length === 0))) return true;
    if (refutes && sort === 'chip' && finding.kind !== 'inverse' && isPartOnly(view, clauses, deeds)) return true;
    if (sort === 'model' && namesMakerOnly(view)) return true;
    const held = deeds.map((deed) => governedBy(view, clauses, deed));
    if (held.includes('other') && !held.includes('own')) return true;
    if (sort === 'model' && !refutes && isStillToCome(view, clauses, deeds)) return true;
    if (sort === 'model' && isSharedOut(view, claim, clauses, places)) return true;
    return sort === 'model' && !held.includes('own') && bringsOutAnother(view, clauses, deeds);
  });
}

/** "DeepSeek launched an expert mode; V4 is still in testing": wherever the thing is named, it is said not to be there yet. */
function isStillToCome(view: View, clauses: readonly Clause[], deeds: readonly number[]): boolean {
  const own = view.mentions.filter((one) => !isOff(one));
  return (
    own.length > 0 &&
    own.every((one) => {
      const clause = clauses.find((each) => within(each, one));
      if (clause === undefined || deeds.some((deed) => deed >= clause.first && deed < clause.last)) return false;
      return anyOf(STILL, view.reading, { first: one.last, last: clause.last });
    })
  );
}
const STILL = compilePhrases([
  '(尚|仍|还|依然|仍旧)(在|未|处|没)',
  '(still|remains|remain) (in|being|under|not|unreleased|unavailable)',
  "(is|are|was|were|has|have) (not|n't) (yet|out|ready|available|released|been)",
  'yet to',
]);
const SAYS_NO = /\b(?:no|not|none|never|without)\b/u;
/** "Were not delivered by it": who did not do it, nothing more. */
const AGENTS = words('it them us him her');

/** A company the claim itself speaks of. */
function isOfClaim(claim: CompiledClaim, mention: Mention, places: ReadonlyMap<string, SlotPlaces>): boolean {
  return (
    claim.claim.statement.toLowerCase().includes(mention.name.toLowerCase()) ||
    claim.slots.some((slot) => places.get(slot.key)?.spans.has(mention.first) === true)
  );
}

/** In another country than the claim's, or by another government: "trained on Blackwell chips in Malaysia". */
function isDoneElsewhere(
  claim: CompiledClaim,
  reading: IndexedReading,
  clauses: readonly Clause[],
  deeds: readonly number[],
): boolean {
  const here = whereOf(claim.claim.statement, claim.slots);
  const { actor } = claim.claim.frame;
  return deeds.some((deed) => {
    const clause = clauses.find((one) => deed >= one.first && deed < one.last);
    if (clause === undefined) return false;
    if (here !== null && otherPlaces(reading, clause, here).length > 0 && !anyOf(here, reading, clause)) return true;
    if (actor === undefined) return false;
    const bodies = otherBodies(reading, { first: clause.first, last: deed }, actor);
    const slots = claim.slots.filter((slot) => !slot.required && sortOf(slot) === 'place');
    return (
      bodies.length > 0 &&
      !slots.some((slot) =>
        find(slot.aliases, reading, { first: clause.first, last: deed }).some((one) =>
          bodies.every((body) => one.last <= body.first || body.last <= one.first),
        ),
      )
    );
  });
}

/** "Does not run on the older Ascend 310", "denied that it was trained on Huawei chips from the 910B series": a part is not the whole. */
function isPartOnly(view: View, clauses: readonly Clause[], deeds: readonly number[]): boolean {
  const clause = clauses.find((one) => deeds.some((deed) => deed >= one.first && deed < one.last));
  if (clause === undefined) return false;
  const own = view.mentions.filter((one) => within(clause, one) && !hasNumber(view.reading, one));
  return own.some((one) => {
    const code = textAt(view.reading, one.last);
    if (/^[0-9]{3}[a-z]{0,2}$/.test(code) && !lists(view.slot, code)) return true;
    return view.likes.some(
      (like) =>
        like.first >= one.last && like.first - one.last <= PART_REACH && joins(view.reading, one.last, like.first),
    );
  });
}
const PART_REACH = 5;
const PART_WORDS = words(
  "the a an its older old first second generation from of in earlier chips chip processors series 's",
);
const joins = (reading: IndexedReading, from: number, to: number): boolean => {
  for (let n = from; n < to; n += 1) if (!PART_WORDS.has(textAt(reading, n))) return false;
  return true;
};

/** "Worked for months with DeepSeek before the launch of V3": the maker is named, and another of its models. */
function namesMakerOnly(view: View): boolean {
  const { mentions, likes, reading, sentence } = view;
  return (
    mentions.length > 0 &&
    mentions.every(
      (one) => one.last - one.first === 1 && !hasNumber(reading, one) && reading.tokens[one.first]?.capital === true,
    ) &&
    likes.some((like) => hasNumber(reading, like) && !isOblique(reading, like, sentence))
  );
}

/** 华为表示，V3.2 已运行在昇腾上，V4 的适配正在进行: the clause that holds the chip is told of another model. */
function isSharedOut(
  view: View,
  claim: CompiledClaim,
  clauses: readonly Clause[],
  places: ReadonlyMap<string, SlotPlaces>,
): boolean {
  const { span } = view.finding;
  const holders = clauses.filter((clause) =>
    claim.slots.some((slot) => {
      if (slot === view.slot || !slot.required) return false;
      const spans = places.get(slot.key)?.spans ?? [];
      return [...spans].some(([first, last]) => within(span, { first, last }) && within(clause, { first, last }));
    }),
  );
  return holders.some((clause) => heldBy(view, clause) === 'other');
}

const spanOf = ([first, last]: readonly [number, number]): Span => ({ first, last });

function viewOf(
  slot: CompiledSlot,
  sort: Sort,
  place: SlotPlaces,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  known: { readonly companies: readonly Span[]; readonly named: readonly Span[] },
): View {
  const likes = likesIn(slot, place, reading, sentence, known);
  const mentions = [...place.taken]
    .map(spanOf)
    .filter((one) => within(sentence, one) && !(sort === 'model' && isSmaller(reading, one)))
    .map((one) => ({
      ...one,
      aside:
        sort === 'rule' && ofOtherGoods(reading, one.last)
          ? ('unlike' as const)
          : asideAt(reading, one, sentence, finding),
    }))
    .sort((a, b) => a.first - b.first);
  return { finding, reading, sentence, slot, sort, mentions, likes };
}

/** "Launched a new app that will run V4". */
function bringsOutAnother(view: View, clauses: readonly Clause[], deeds: readonly number[]): boolean {
  return deeds.some((deed) => {
    const clause = clauses.find((one) => deed >= one.first && deed < one.last);
    return (
      clause !== undefined &&
      !view.mentions.some((one) => within(clause, one)) &&
      otherProductIn(view.reading, deed, clause) !== null
    );
  });
}
