/**
 * The default judge: deterministic, offline, no downloads.
 *
 * One pass over the text finds names and the first words of aliases; only claims whose rarest slot occurs are looked at, so a thousand
 * claims cost little more than thirty. Then: frame gate, stance, credit, strength, quotes.
 */
import type { Article } from '../core/article.ts';
import type { Claim } from '../core/claim.ts';
import { summaryOf, type Judgement } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { Attributions } from './attribution.ts';
import { heldBack } from './assertion.ts';
import type { Bearings } from './binding.ts';
import { isToldOfAnother } from './binding.ts';
import { attribute } from './attribution.ts';
import { DENIAL } from './cues.ts';
import type { JudgeEngine } from './engine.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import type { SlotPlaces } from './slots.ts';
import { compileClaim, findingsOf } from './frame.ts';
import { nameIndex } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, indexed, needed, rangeOf } from './phrase.ts';
import { deniesTalkOf } from './scope.ts';
import type { Verdict } from './stance.ts';
import { verdictOf } from './stance.ts';
import type { Page, Standing } from './strength.ts';
import { standingOf } from './strength.ts';
import { refutesNothing } from './not-it.ts';
import { quotesOf } from './summary.ts';
import { read } from './text.ts';

/** Raise it whenever the same text may be judged differently. */
const VERSION = '8';

interface Judged {
  readonly finding: Finding;
  readonly verdict: Verdict;
  readonly standing: Standing;
}

/** `index: false` looks at every claim in turn: what the index is held to by its tests. */
export function offlineEngine(
  claims: readonly Claim[],
  registry: SourceRegistry,
  { index = true }: { readonly index?: boolean } = {},
): JudgeEngine {
  const compiled = claims.map(compileClaim);
  const gates = gatesFor(compiled);
  const names = nameIndex(registry);
  return {
    id: 'offline',
    version: VERSION,
    judge: async (article) => {
      const turn = turns();
      const reading = indexed(read(article));
      const candidates = index ? candidatesIn(reading, gates) : new Set(compiled);
      if (candidates.size === 0) return [];
      const attributions = attribute(reading, names, article.publisher);
      const own = pageOf(article, registry);
      const page: Page = { ...own, wire: own.wire ?? attributions.dateline };
      const known = new Map<string, SlotPlaces>();
      const judged = new Map<string, Judgement[]>();
      for (const claim of candidates) {
        await turn();
        judged.set(claim.claim.id, judgeClaim(claim, article, reading, attributions, registry, page, known));
      }
      return claims.flatMap((claim) => judged.get(claim.id) ?? []);
    },
  };
}

/** The process that judges answers people too, and what they type is to be completed within 50 ms: others get a turn after this. */
const SLICE_MS = 8;
/** As it is when this module is loaded: a test's clock may stand still. */
const soon = setImmediate;

/** Waits for the others' turn, but only when this one has lasted. */
function turns(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      soon(() => {
        began = performance.now();
        resolve();
      });
    });
  };
}

/** Claims of which every required slot may be named here. */
function candidatesIn(reading: IndexedReading, gates: ReadonlyMap<string, readonly Gate[]>): Set<CompiledClaim> {
  const candidates = new Set<CompiledClaim>();
  for (const word of reading.places.keys()) {
    for (const { claim, needs } of gates.get(word) ?? []) {
      if (!candidates.has(claim) && needs.every((words) => occurs(words, reading))) candidates.add(claim);
    }
  }
  return candidates;
}

function occurs(words: ReadonlySet<string>, reading: IndexedReading): boolean {
  for (const word of words) if (reading.places.has(word)) return true;
  return false;
}

/** Where a claim is looked up, and what else must occur before it is looked at. */
interface Gate {
  readonly claim: CompiledClaim;
  /** One set of words per required slot; each must have a word in the article. */
  readonly needs: readonly ReadonlySet<string>[];
}

/** Each claim under the words of the slot that fewest other claims share. */
function gatesFor(claims: readonly CompiledClaim[]): ReadonlyMap<string, readonly Gate[]> {
  const uses = new Map<string, number>();
  for (const claim of claims) {
    const words = new Set(
      claim.slots.flatMap((slot) => [...slot.aliases.all, ...slot.lesser.all].flatMap((phrase) => [...phrase.words])),
    );
    for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  // A word that is common in any text gates nothing.
  const use = (word: string): number => (uses.get(word) ?? 0) + (COMMON.has(word) ? 1e6 : 0);
  const gates = new Map<string, Gate[]>();
  for (const claim of claims) {
    const needs = claim.slots
      .filter((slot) => slot.required)
      .map((slot) => new Set([...slot.aliases.all, ...slot.lesser.all].flatMap((phrase) => [...needed(phrase, use)])));
    const gate: Gate = { claim, needs };
    const rarest = needs.toSorted((a, b) => total(a, use) - total(b, use))[0];
    for (const word of rarest ?? []) {
      const list = gates.get(word);
      if (list === undefined) gates.set(word, [gate]);
      else list.push(gate);
    }
  }
  return gates;
}

const COMMON = new Set('the a an its their in of on to and new us model chip'.split(' '));
const total = (words: ReadonlySet<string>, use: (word: string) => number): number =>
  Array.from(words, use).reduce((sum, one) => sum + one, 0);

function judgeClaim(
  claim: CompiledClaim,
  article: Article,
  reading: IndexedReading,
  attributions: Attributions,
  registry: SourceRegistry,
  page: Page,
  known: Map<string, SlotPlaces>,
): Judgement[] {
  const judged: Judged[] = [];
  for (const finding of findingsOf(claim, reading, known)) {
    const verdict = verdictOf(claim, finding, reading, article.published);
    if (verdict === null) continue;
    judged.push({
      finding,
      verdict,
      standing: standingOf(claim.claim, finding, verdict, reading, attributions, registry, page),
    });
  }
  const settled = holdBack(
    claim,
    putOffFirst(judged),
    { reading, places: known, mentions: attributions.mentions },
    article,
  );
  const main = mainOf(settled, reading);
  if (main === undefined) return [];
  const rows = [main];
  // The other side, when the article prints it too, once per origin.
  for (const one of settled) {
    if (one.verdict.stance === 'discusses') continue;
    if (rows.some((row) => row.verdict.stance === one.verdict.stance && originKey(row) === originKey(one))) continue;
    if (reading.sentences[one.finding.sentence]?.part === 'title') continue;
    // "From a presumption of denial to case-by-case review", "none have been delivered or sold": one sentence of one speaker
    // does not contradict itself.
    const same = rows.filter((row) => row.finding.sentence === one.finding.sentence);
    if (
      typeof one.standing.origin === 'string' ? same.length > 0 : same.some((row) => originKey(row) === originKey(one))
    )
      continue;
    rows.push(one);
  }
  const denial = denialBelow(claim, main, reading, attributions);
  if (denial?.verdict === true) rows.unshift(denial.judged);
  else if (denial !== null) rows.push(denial.judged);
  return rows.map((row, n) => {
    const quotes = quotesOf(row.finding, row.standing, reading);
    return {
      claim: claim.claim.id,
      stance: row.verdict.stance,
      strength: row.standing.strength,
      event: row.verdict.event,
      chain: row.standing.chain,
      origin: row.standing.origin,
      quotes,
      main: n === 0,
      summary: summaryOf(quotes),
      warnings: n === 0 ? warningsFor(main, settled, reading) : [],
    };
  });
}

/**
 * Where a sentence says that a release is put off past the claim's window, the other words that were found in it say no more ("called off
 * the launch"). Another day that is only planned is news of the claim on the party's own word; from others it is one more forecast.
 */
function putOffFirst(judged: readonly Judged[]): readonly Judged[] {
  const own = judged.filter(
    ({ finding, standing }) =>
      finding.putOff !== undefined && (finding.putOff.how !== 'at' || standing.strength === 'official'),
  );
  return judged.filter(
    (one) =>
      own.includes(one) ||
      (one.finding.putOff === undefined && !own.some(({ finding }) => finding.sentence === one.finding.sentence)),
  );
}

/** What would support the claim and does not assert it discusses it, or is left out (assertion.ts). */
function holdBack(
  claim: CompiledClaim,
  judged: readonly Judged[],
  bearings: Bearings,
  { published }: Article,
): Judged[] {
  const { reading } = bearings;
  // "It does not draw pictures but reads them", "not in a position to say that it runs there": half a sentence confirms nothing.
  const lessened = new Set(judged.filter((one) => one.verdict.less === true).map((one) => one.finding.sentence));
  const supporting = judged.filter((one) => one.verdict.stance === 'supports').map((one) => one.finding);
  return judged.flatMap((one) => {
    const open: Judged = { ...one, verdict: { ...one.verdict, stance: 'discusses', event: 'none' } };
    const refutes = one.verdict.stance === 'refutes';
    if (one.verdict.stance !== 'discusses' && isToldOfAnother(claim, one.finding, refutes, bearings)) return [open];
    if (refutes) return [refutesNothing(claim, one.finding, reading, published) ? open : one];
    if (one.verdict.stance !== 'supports' || one.verdict.denied) return [one];
    if (lessened.has(one.finding.sentence)) return [open];
    const talk = one.standing.strength === 'rumour' || one.standing.strength === 'opinion';
    const held = heldBack(claim, one.finding, supporting, talk, reading, published);
    if (held === null) return [one];
    return held === 'other' ? [] : [open];
  });
}

function pageOf(article: Article, registry: SourceRegistry): Page {
  const owner = article.publisher.source === null ? undefined : registry.byId(article.publisher.source);
  const speaks = owner !== undefined && ['official', 'company', 'regulator'].includes(owner.kind);
  const reports =
    owner !== undefined && owner.credibility === 'high' && (owner.kind === 'newsroom' || owner.kind === 'wire');
  const wire = [...article.authors, bracketed(article.publisher.name)]
    .map((name) => (name === '' ? undefined : registry.named(name)))
    .find((source) => source !== undefined && (source.kind === 'wire' || source.kind === 'newsroom'));
  const own = speaks ? { name: owner.name, source: owner.id } : null;
  return { speaks, own, reports, wire: wire === undefined ? null : { name: wire.name, source: wire.id } };
}

/** "Business Standard (Reuters)" -> "Reuters". */
function bracketed(name: string): string {
  const open = Math.max(name.lastIndexOf('('), name.lastIndexOf('（'));
  return open < 0
    ? ''
    : name
        .slice(open + 1)
        .replace(/[)）]\s*$/, '')
        .trim();
}

const originKey = (one: Judged): string =>
  typeof one.standing.origin === 'string' ? one.standing.origin : one.standing.origin.name;

/** The stance the article as a whole takes: the body before the headline, an assertion before a mention, the better credited first. */
function mainOf(judged: readonly Judged[], reading: IndexedReading): Judged | undefined {
  const score = (one: Judged): number => {
    const sentence = reading.sentences[one.finding.sentence];
    // A headline's word of the deed, found in no order with the slots, does not stand against the text.
    const weak = one.finding.loose === true && sentence?.part === 'title' && judged.length > 1;
    const asserted = one.verdict.stance === 'discusses' || weak ? 0 : 8;
    const place = sentence?.part === 'title' ? 0 : 3;
    const credit = { official: 2, attributed: 2, firsthand: 1.5, opinion: 0.5, rumour: 0 }[one.standing.strength];
    // Of two readings of one sentence the tighter match and the one that found a turn in it know more.
    const tight = Math.min(20, one.finding.span.last - one.finding.span.first) * 0.03;
    const turned = one.verdict.stance === 'refutes' && !one.verdict.denied ? 0.7 : 0;
    // Later sentences count less: news puts first what it is about.
    return (
      asserted +
      place +
      credit +
      turned -
      tight +
      one.finding.named * 0.5 -
      one.finding.sentence * 0.3 -
      (one.verdict.denied ? 1 : 0)
    );
  };
  return [...judged].sort((a, b) => score(b) - score(a) || a.finding.sentence - b.finding.sentence)[0];
}

/**
 * "Nvidia called the report far-fetched", "We found that claim to be false": a denial that does not repeat what it denies.
 * A party's denial stands beside the report; the page's own verdict is what the page says.
 */
function denialBelow(
  claim: CompiledClaim,
  main: Judged,
  reading: IndexedReading,
  attributions: Attributions,
): { readonly judged: Judged; readonly verdict: boolean } | null {
  if (main.verdict.stance !== 'supports') return null;
  for (let n = main.finding.sentence; n <= main.finding.sentence + 3; n += 1) {
    const sentence = reading.sentences[n];
    if (sentence === undefined) return null;
    const whole = rangeOf(sentence);
    // In its own sentence only what comes after a "but".
    const range = n > main.finding.sentence ? whole : afterContrast(reading, main.finding.span.last, whole);
    if (range === null) continue;
    const cues = find(DENIAL, reading, range);
    if (!cues.some((cue) => deniesTalkOf(claim, main.finding, reading, cue, range.last))) continue;
    const credit = attributions.segments.find(
      (candidate) => candidate.sentence === n && candidate.credit !== null,
    )?.credit;
    const finding: Finding = { ...main.finding, sentence: n, span: range };
    const verdict: Verdict = { stance: 'refutes', event: 'none', denied: true, notYet: false };
    if (credit?.kind === 'official') {
      const origin = credit.chain.at(-1) ?? 'unattributed';
      return {
        judged: {
          finding,
          verdict,
          standing: { strength: 'official', chain: credit.chain, origin, credit: { sentence: n, credit } },
        },
        verdict: false,
      };
    }
    if (!anyOf(TALK, reading, range)) continue;
    const chain = credit?.chain ?? [];
    const standing: Standing =
      chain.length > 0 && credit !== null && credit !== undefined
        ? { strength: 'attributed', chain, origin: chain.at(-1) ?? 'unattributed', credit: { sentence: n, credit } }
        : { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
    return {
      judged: { finding, verdict, standing },
      verdict: main.standing.strength === 'rumour' || chain.length === 0,
    };
  }
  return null;
}

function afterContrast(reading: IndexedReading, from: number, sentence: Span): Span | null {
  for (let n = from; n < sentence.last; n += 1)
    if (['but', 'however', '但', '却', '然'].includes(reading.tokens[n]?.text ?? ''))
      return { first: n, last: sentence.last };
  return null;
}

/** What a verdict is about when it does not say it again. */
const TALK = compilePhrases([
  '(claim|claims|rumour|rumours|rumor|rumors|report|reports|post|posts|story|allegation|allegations|assertion|theory)',
  '(notice|notices|instruction|instructions|order|directive|verdict)',
  '(通知|指示|指令|命令|说法|传闻|消息|传言|报道|谣言|网传)',
]);

function warningsFor(main: Judged, judged: readonly Judged[], reading: IndexedReading): string[] {
  const title = judged.find((one) => reading.sentences[one.finding.sentence]?.part === 'title');
  const warnings: string[] = [];
  if (
    title !== undefined &&
    title !== main &&
    title.verdict.stance !== main.verdict.stance &&
    title.verdict.stance !== 'discusses'
  )
    warnings.push(`the headline ${title.verdict.stance} what the text ${main.verdict.stance}`);
  const headline = reading.sentences[0];
  if (
    headline?.part === 'title' &&
    main.standing.strength !== 'official' &&
    (reading.places.get('confirm') ?? []).some((at) => at >= headline.first && at < headline.last)
  )
    warnings.push('headline says confirmed, the text carries no official word');
  return warnings;
}
