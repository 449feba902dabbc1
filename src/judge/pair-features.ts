/**
 * What a plain statement and a headline have in common, and how the headline speaks, as numbers.
 *
 * "Apple is buying Path" against "Apple May Buy Social Network Path": names, words and word pairs shared, weighted by how rare the words
 * are; then question, hedge, denial, report. No topic enters: the same numbers serve ISIS, Apple and Huawei. Pure.
 */
import { DENIAL, DOUBT, FUTURE, NEGATION, NOT_NEGATION } from './cues.ts';
import { ANONYMOUS, LEAKS, SPEECH, VAGUE } from './lexicon.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, indexed } from './phrase.ts';
import { stem } from './stem.ts';
import { read } from './text.ts';

const words = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => stem(word)),
  );

/** Words that every statement has: shared, they say nothing. */
const EMPTY = words(
  `the a an of to in on at by for from with and or but is are was were be been being will would could may might can should has have had do does did not no it its his her their they he she him them this that these those as after before
  into over under about out up down off than then who whom which what when where why how if while there here all any some one more most other said say says also just new now first his her 's n't you your we our us i my me`,
);
/** Words of the news trade: in a headline they say how, not what. */
const TRADE = words(
  'report reports reportedly rumor rumour rumored rumoured claim claims claimed video photo photos watch update updated breaking exclusive news source sources confirmed confirms hoax fake false',
);

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
const UNNAMED = compilePhrases([...VAGUE, ...ANONYMOUS]);
const TALK = compilePhrases(LEAKS);
const ATTENTION = compilePhrases([
  '(viral|internet|social media|twitter|facebook|reddit|people|video|photo|photos|picture|image|truth|really|real)',
]);

export interface Side {
  readonly reading: IndexedReading;
  readonly range: Span;
  /** Content stems in order. */
  readonly content: readonly string[];
  readonly set: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

export function side(text: string): Side {
  const reading = indexed(read({ title: text, summary: '', body: '' }));
  const tokens = reading.tokens.filter((token) => token.kind !== 'mark');
  const content = tokens.map((token) => token.stem).filter((word) => !EMPTY.has(word) && !TRADE.has(word));
  // In a headline every word is capitalised; a name is then what the other side capitalises too.
  const names = new Set(
    tokens.filter((token, n) => token.capital && n > 0 && !EMPTY.has(token.stem)).map((token) => token.stem),
  );
  const numbers = new Set(tokens.filter((token) => /^[0-9]/.test(token.text)).map((token) => token.text));
  return { reading, range: { first: 0, last: reading.tokens.length }, content, set: new Set(content), names, numbers };
}

/** How telling a word is, 0 to 1: frequent English words little, unknown ones much. */
export type Weight = (word: string) => number;

export function relatedFeatures(claim: Side, title: Side, weight: Weight): number[] {
  const shared = [...claim.set].filter((word) => title.set.has(word));
  const near = [...claim.set].filter((word) => !title.set.has(word) && kin(word, title.set));
  const sum = (list: Iterable<string>): number => Array.from(list, weight).reduce((a, b) => a + b, 0);
  const claimWeight = sum(claim.set) || 1;
  const titleWeight = sum(title.set) || 1;
  const hit = sum(shared) + 0.6 * sum(near);
  const rarest = [...claim.set].sort((a, b) => weight(b) - weight(a)).slice(0, 3);
  const top = rarest.map((word) => (title.set.has(word) ? 1 : kin(word, title.set) ? 0.6 : 0));
  const pairs = bigrams(claim.content);
  const titlePairs = bigrams(title.content);
  const names = [...claim.names];
  const namesHit = names.filter((name) => title.set.has(name) || kin(name, title.set)).length;
  const rest = [...claim.set].filter((word) => !claim.names.has(word));
  const restHit =
    sum(rest.filter((word) => title.set.has(word))) +
    0.6 * sum(rest.filter((word) => kin(word, title.set) && !title.set.has(word)));
  const numbersMissed = [...claim.numbers].filter((number) => !title.numbers.has(number)).length;
  const numbersHit = claim.numbers.size - numbersMissed;
  const recall = hit / claimWeight;
  const precision = Math.min(1, hit / titleWeight);
  return [
    recall,
    precision,
    recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
    shared.length,
    Math.min(4, shared.length) ** 2 / 16,
    top[0] ?? 0,
    top[1] ?? 0,
    top[2] ?? 0,
    Math.max(0, ...shared.map(weight)),
    pairs.size === 0 ? 0 : [...pairs].filter((pair) => titlePairs.has(pair)).length / pairs.size,
    [...pairs].some((pair) => titlePairs.has(pair)) ? 1 : 0,
    names.length === 0 ? 0 : namesHit / names.length,
    names.length === 0 ? 1 : 0,
    namesHit > 0 && restHit > 0 ? 1 : 0,
    restHit / (sum(rest) || 1),
    rest.length > 0 && restHit === 0 ? 1 : 0,
    numbersMissed,
    numbersHit,
    title.numbers.size > 0 && claim.numbers.size > 0 && numbersHit === 0 ? 1 : 0,
    Math.log(claim.set.size + 1),
    Math.log(title.set.size + 1),
    hit,
  ];
}

export function stanceFeatures(claim: Side, title: Side, recall: number): number[] {
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
    has(DENIAL),
    has(DOUBT),
    has(UNNAMED),
    has(TALK),
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
    Math.log(title.set.size + 1),
  ];
}

/** Related forms that the stemmer leaves apart: "resign" and "resignation", "Syria" and "Syrian". */
function kin(word: string, others: ReadonlySet<string>): boolean {
  if (word.length < 5) return false;
  const root = word.slice(0, Math.max(4, word.length - 3));
  for (const other of others)
    if (other.length >= 5 && Math.abs(other.length - word.length) <= 4 && other.startsWith(root)) return true;
  return false;
}

function bigrams(list: readonly string[]): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let n = 1; n < list.length; n += 1) pairs.add(`${list[n - 1] ?? ''} ${list[n] ?? ''}`);
  return pairs;
}
