/**
 * How a headline speaks of a statement, as numbers: question, hedge, denial, report, where they stand, and how both are worded.
 *
 * The wording enters as hashes of words and word pairs, of which no list exists, and as the direction among words of what the headline
 * says besides the statement. The lists here are part of what the weights were fitted with: whoever edits them fits again
 * (test/bench/fit-pairs.ts). Pure.
 */
import { SPEECH } from './lexicon.ts';
import type { Side } from './pair-features.ts';
import { formLikeness, SAME } from './pair-features.ts';
import type { PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import type { Token } from './text.ts';
import type { WordVectors } from './vectors.ts';

const HOAX = compilePhrases([
  '(hoax|hoaxes|fake|faked|fakes|false|falsely|untrue|bogus|satire|satirical|debunk|debunked|debunks|myth|prank|staged|stunt|fabricated|fabrication|fiction|doctored|photoshopped|baloney|nonsense|bs|misleading|parody|lie|lied|lies|retract|retracts|retracted|apologise|apologises|apologize|scam|never happened|made up|fooled|duped|unfounded)',
  'not (true|real|dead|coming|happening|what|actually|a|an|the|so)',
  "(is|are|was|were|did|does|has|have|do|will) (not|n't)",
  '(no|nope|sorry|wrong)',
  '(alive|well and alive|alive and well)',
]);
const DENY = compilePhrases([
  '(deny|denies|denied|denying|denial|refute|refutes|refuted|dismiss|dismisses|dismissed|reject|rejects|rejected|dispute|disputes|disputed|contradict|contradicts|contradicted|shoot down|shoots down|quash|quashes|rubbish|rubbishes|cast doubt|casts doubt|disavow)',
]);
const HEDGE = compilePhrases([
  '(may|might|could|reportedly|allegedly|alleged|apparently|possible|possibly|potentially|suspected|supposedly|purported|purportedly|seemingly|likely|maybe|perhaps|rumored|rumoured|rumor|rumour|rumors|rumours|unconfirmed|speculation|mystery|believed|feared|appears|seems|thought to|said to|set to|expected|considering|talks|mulling|plans|planning|wants|hints|suggests|suggest|tipped|leak|leaked)',
]);
const REPORT = compilePhrases([
  '(report|reports|reported|claim|claims|claimed|says|said|say|according|source|sources|police|official|officials|witness|witnesses|witnesses|tells|told|cnn|reuters|analyst|analysts|wsj|militants|group|militant|investigate|investigating|investigates|investigated|probe|verify|verifying|examine)',
]);
const SURE = compilePhrases([
  '(confirm|confirms|confirmed|confirmation|official|officially|proof|proven|proves|finally|announces|announced|reveals|revealed|admits|admitted)',
]);
const NEGATION = compilePhrases([
  'not',
  "n't",
  'never',
  'no',
  'none',
  'nor',
  'without',
  'cannot',
  'fail to',
  'unlikely to',
  'refuse to',
]);
const NOT_NEGATION = compilePhrases([
  'not only',
  'not just',
  'no longer only',
  'no doubt',
  'no matter',
  'no comment',
  'whether or not',
]);
const DOUBT = compilePhrases([
  '(whether|if|unclear|unknown|uncertain|unverified|wonder|doubt|investigate|investigation|examine|question)',
]);
const FUTURE = compilePhrases([
  '(will|would|going to|plan to|set to|due to|expected to|about to|soon|next year|next month)',
]);
const ATTENTION = compilePhrases([
  '(viral|internet|social media|twitter|facebook|reddit|people|video|photo|photos|picture|image|truth|really|real)',
]);

/** How many of the first numbers of relatedFeatures say what the stance hangs on: how much of the statement the headline repeats. */
const OVERLAP = 10;

/** `related`: what relatedFeatures says of the same two. */
export function stanceFeatures(claim: Side, title: Side, related: readonly number[]): number[] {
  return [
    ...cueFeatures(claim, title, related[0] ?? 0),
    ...wordingFeatures(claim, title),
    ...placeFeatures(claim, title),
    ...related.slice(0, OVERLAP),
  ];
}

const OPENS = /^(?:report|rumou?r|update|video|watch|exclusive)\b/i;
const CLOSES = /\b(?:report|says|source|sources|rumou?r)s?\W*$/i;
const ASKS = /^(?:is|are|was|did|does|has|can|will|could|who|what|why|how|when)\b/i;
const SHOWS = /\b(?:photo|video|pics?|images?|watch)\b/i;
const TELLS = /\b(?:how|why|what|this|these|here)\b/i;

/** How both are worded: tense, who says it, where the statement stands in the headline. */
function wordingFeatures(claim: Side, title: Side): number[] {
  const [ours, theirs] = [claim.reading.tokens, title.reading.tokens];
  const has = (tokens: readonly Token[], ...list: readonly string[]): number =>
    tokens.some((token) => list.includes(token.text)) ? 1 : 0;
  const repeated = theirs.map((token) => claim.content.some((word) => formLikeness(word.token, token) > SAME));
  const text = title.reading.source;
  const test = (pattern: RegExp): number => (pattern.test(text) ? 1 : 0);
  return [
    has(ours, 'will'),
    has(ours, 'to'),
    has(ours, 'is', 'are'),
    has(ours, 'was', 'were'),
    has(ours, 'has', 'have'),
    ours.some((token) => token.text.endsWith('ed') && !token.capital) ? 1 : 0,
    claim.numbers.length > 0 ? 1 : 0,
    ours.length,
    has(theirs, 'will'),
    has(theirs, 'to'),
    has(theirs, 'is', 'are'),
    has(theirs, 'was', 'were'),
    theirs.some((token) => token.text.endsWith('ed')) ? 1 : 0,
    has(theirs, 'says', 'say', 'said'),
    has(theirs, 'could', 'may', 'might'),
    has(theirs, 'report', 'reports', 'reportedly', 'rumor', 'rumors', 'rumour'),
    has(theirs, 'claim', 'claims', 'claimed', 'alleged', 'allegedly'),
    has(theirs, '"'),
    test(/\b[A-Z]{4,}\b/),
    repeated.indexOf(true),
    theirs.length - 1 - repeated.lastIndexOf(true),
    theirs.length,
    test(OPENS),
    test(CLOSES),
    test(ASKS),
    test(SHOWS),
    test(TELLS),
  ];
}

/**
 * What the headline says besides the statement, as a direction among words: "hoax" and "prank" lie close together, "report" and "rumour"
 * too.
 */
export function besides(claim: Side, title: Side, vectors: WordVectors): number[] {
  const known = new Set(claim.reading.tokens.map((token) => token.stem));
  const rows = title.reading.tokens.flatMap((token) => {
    const row = token.kind === 'mark' || known.has(token.stem) ? undefined : vectors.row(token.text, token.stem);
    return row === undefined ? [] : [{ row, weight: vectors.telling(token.stem) }];
  });
  return vectors.mean(rows);
}

const NONE: ReadonlySet<string> = new Set();
/** Places of the hash table. */
export const BUCKETS = 1 << 16;
const FUNCTION_WORDS = new Set(
  "will would could may might can should to be is are was were has have had being been not no n't never get got".split(
    ' ',
  ),
);

/**
 * The headline's words and word pairs, those that the statement lacks once more, and the statement's small words, each as a place in a
 * table of BUCKETS. Stems in `without` give none: whoever fits weights leaves names out.
 */
export function wordingHashes(claim: Side, title: Side, without: ReadonlySet<string> = NONE): number[] {
  const found = new Set<number>();
  const known = new Set(claim.reading.tokens.map((token) => token.stem));
  const stems = ['^', ...title.reading.tokens.map((token) => token.stem), '$'];
  for (const [n, word] of stems.entries()) {
    if (without.has(word)) continue;
    found.add(bucket(`r1${word}`));
    if (!known.has(word)) found.add(bucket(`b1${word}`));
    const next = stems[n + 1];
    if (next !== undefined && !without.has(next)) found.add(bucket(`r2${word} ${next}`));
  }
  for (const [n, token] of claim.reading.tokens.entries()) {
    if (!FUNCTION_WORDS.has(token.text)) continue;
    found.add(bucket(`k${token.text}`));
    const next = claim.reading.tokens[n + 1];
    if (next !== undefined) found.add(bucket(`k${token.text} ${next.stem.slice(-2)}`));
  }
  return [...found];
}

/** FNV-1a with a finishing mix. */
function bucket(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0) & (BUCKETS - 1);
}

/** What cues the headline holds, and the statement. */
function cueFeatures(claim: Side, title: Side, recall: number): number[] {
  const has = (set: Parameters<typeof anyOf>[0]): number => (anyOf(set, title.reading, title.range) ? 1 : 0);
  const claims = (set: Parameters<typeof anyOf>[0]): number => (anyOf(set, claim.reading, claim.range) ? 1 : 0);
  const negations = (one: Side): number =>
    Math.max(0, find(NEGATION, one.reading, one.range).length - find(NOT_NEGATION, one.reading, one.range).length);
  const question = title.reading.tokens.some((token) => token.text === '?') ? 1 : 0;
  const speech = title.reading.tokens.some((token) => SPEECH.has(token.stem)) ? 1 : 0;
  const quoted = title.reading.tokens.some((token) => token.text === '"' || token.text === "'") ? 1 : 0;
  const colon = title.reading.tokens.some((token) => token.text === ':') ? 1 : 0;
  const claimNot = Math.min(1, negations(claim));
  const not = Math.min(2, negations(title));
  const hoax = has(HOAX);
  const deny = has(DENY);
  const hedge = has(HEDGE);
  return [
    question,
    hoax,
    deny,
    hedge,
    has(REPORT),
    has(SURE),
    has(ATTENTION),
    has(DOUBT),
    has(FUTURE),
    not,
    not > 0 !== claimNot > 0 ? 1 : 0,
    claimNot,
    claims(HEDGE),
    claims(FUTURE),
    claims(HOAX),
    speech,
    quoted,
    colon,
    recall,
    hoax * (1 - question),
    deny * (1 - question),
    hedge * (1 - claims(HEDGE)),
    hoax * hedge,
    Math.log(title.content.length + 1),
  ];
}

const NO = compilePhrases(["(not|n't|no|never|none|nobody|cannot|nope|without|unlikely|neither)"]);
const DOUBTED = compilePhrases([
  '(doubt|doubts|doubted|doubtful|sceptical|skeptical|questionable|dubious|suspicious|impossible|implausible|troll|trolled|trolls|joke|joker|hoaxer|hoaxed|spoof|wrongly|erroneous|erroneously|mistaken|mistakenly|incorrect|incorrectly|inaccurate|exaggerated|misreported|stage|imaginary|fictional|fictitious|backtrack|backtracks|exposed)',
  'too good to',
  'after all',
  'fact check',
]);
const OPENS_NO = /^\W*(?:update\W+)?(?:no|nope|sorry|sadly|not|never|relax|actually|stop|yes,? but)\b/i;
const TAGGED =
  /(?:[-:|,(]\s*|\bper )(?:report|reports|source|sources|rumou?rs?|analysts?|officials?|police|wsj|nyt|cnn|paper|media)\W*$/i;

/** Where cues stand: right before a word of the statement, ahead of all of them, or after. */
function placeFeatures(claim: Side, title: Side): number[] {
  const tokens = title.reading.tokens;
  const places = tokens.flatMap((token, n) =>
    claim.content.some((word) => formLikeness(word.token, token) > SAME) ? [n] : [],
  );
  const [first, last] = [places[0] ?? tokens.length, places.at(-1) ?? 0];
  const spans = (set: PhraseSet): readonly Span[] => find(set, title.reading, title.range);
  const some = (found: readonly Span[], test: (span: Span) => boolean): number => (found.some(test) ? 1 : 0);
  const before = (span: Span): boolean => span.last <= first;
  const after = (span: Span): boolean => span.first > last;
  const amid = (span: Span): boolean => !before(span) && !after(span);
  const close = (span: Span): boolean => places.some((n) => n >= span.last && n - span.last < 3);
  const claimNot = anyOf(NO, claim.reading, claim.range);
  const not = claimNot ? [] : spans(NO);
  const [hoax, hedge, report, doubt] = [spans(HOAX), spans(HEDGE), spans(REPORT), spans(DOUBTED)];
  const colon = tokens.findIndex((token) => token.text === ':');
  const asked = tokens.findIndex((token) => token.text === '?');
  const text = title.reading.source;
  return [
    some(not, close),
    some(not, before),
    some(not, after),
    some(hoax, before),
    some(hoax, amid),
    some(hoax, after),
    some(hedge, before),
    some(hedge, amid),
    some(hedge, after),
    some(report, before),
    some(report, amid),
    some(report, after),
    doubt.length > 0 ? 1 : 0,
    some(doubt, before),
    some(doubt, after),
    colon >= 0 && colon <= first ? 1 : 0,
    colon > last ? 1 : 0,
    asked > last ? 1 : 0,
    asked >= 0 && asked < tokens.length - 1 ? 1 : 0,
    OPENS_NO.test(text) ? 1 : 0,
    TAGGED.test(text) ? 1 : 0,
    first / (tokens.length || 1),
    (tokens.length - 1 - last) / (tokens.length || 1),
    places.length / (tokens.length || 1),
  ];
}
