/**
 * A release that is put off, called off, or named for a day that misses the claim's: "postponed V4 to September", "V4 will not come before
 * July", "there will be no V4".
 *
 * A frame asks for a deed that happens; these say when it will or that it will not, mostly without the deed's own words. The thing itself must
 * be what the verb is about: who postpones its launch event, its price list or its training code has put off something else.
 */
import type { NewsTime } from '../core/time.ts';
import { newsTime } from '../core/time.ts';
import { SPEECH } from './lexicon.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases } from './phrase.ts';
import { hanPutOffs } from './put-off-han.ts';
import { seasonIn } from './seasons.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt, words } from './tokens.ts';
import type { When } from './when.ts';
import { timesIn } from './when.ts';

/** off: it will not be. before: not earlier than the time. within: not in it. at: planned for it. */
export interface PutOff extends Span {
  readonly how: 'off' | 'before' | 'within' | 'at';
  /** Where the time stands; null only for what is off. */
  readonly time: Span | null;
}

/** Nobody says it so: weighed, feared, denied, conditional, told of reports. */
const UNSURE = compilePhrases([
  '(=could|=may|=might|=should|=if|=unless|=whether|=almost|=nearly|=never|=once|=had =to|=perhaps|=possibly|=likely|=unlikely)',
  '(consider|considers|considered|considering|weigh|weighs|weighed|weighing|mull|mulls|mulled|mulling|threaten|threatened|debate|debated|discuss|discussed|fear|fears|feared|worry|worries)',
  '(report|reports|rumour|rumours|rumor|rumors|speculation|suggestion|suggestions|claim|claims|talk|allegation|story) (that|of|about|saying)',
  '(deny|denies|denied|denying|denial|dismiss|dismissed|dismisses|reject|rejected|false|untrue|wrong|incorrect|baseless|unfounded|hoax|fake)',
  '(ask|asks|asked|asking|wonder|wondered)',
  '(last|previous) year',
  '(可能|或许|也许|或将|恐|若|如果|假如|倘若|一旦|是否|会否|否认|不实|辟谣|传闻|网传|据传|传言|盛传|考虑|曾|分析师|猜测|担心|去年|有消息)',
]);

/** Every such statement about one of these things, in order. `things`: first token -> token after the last. */
export function putOffsIn(things: ReadonlyMap<number, number>, reading: IndexedReading, sentence: Sentence): PutOff[] {
  if (sentence.question || things.size === 0) return [];
  const found: PutOff[] = [];
  for (const [first, last] of things) {
    if (first < sentence.first || last > sentence.last || PRONOUNS.has(textAt(reading, first))) continue;
    const one = latinPutOff({ first, last }, reading, sentence) ?? hanPutOffs({ first, last }, reading, sentence);
    if (one !== null && !isAside(one, reading, sentence)) found.push(one);
  }
  return found.length === 0 || anyOf(UNSURE, reading, { first: sentence.first, last: sentence.last }) ? [] : found;
}

/** "Despite having said V4 would not come before June, ...", ", which had postponed V4 to June, ...", "it had scrapped V4 but": what was once so. */
function isAside({ first, last }: Span, reading: IndexedReading, sentence: Sentence): boolean {
  let comma = first - 1;
  while (comma >= sentence.first && at(reading, comma) !== ',') comma -= 1;
  if (OPENS_ASIDE.has(at(reading, comma + 1))) return true;
  const before = reading.tokens.slice(sentence.first, first + 4).filter((_, n) => sentence.first + n < last);
  return before.some(({ text }) => text === 'had') && !before.some(({ stem }) => SPEECH.has(stem));
}
const OPENS_ASIDE = words(
  'after despite although though having while which who instead contrary when before since 此前 尽管 虽',
);

const PRONOUNS = new Set(['it', 'they', 'them', '它']);

/** Whether it misses [from, to), told at `published`; false too when it names no time that is understood. */
export function misses(
  one: PutOff,
  window: { readonly from: NewsTime; readonly to: NewsTime },
  reading: IndexedReading,
  published: NewsTime,
): boolean {
  if (one.how === 'off') return true;
  const time = one.time === null ? null : timeAt(reading, one.time, published);
  if (time === null) return false;
  if (one.how === 'within') return time.to >= window.to && time.from <= Math.max(published, window.from);
  return time.from >= window.to;
}

/** The time that begins there, give or take an article. "Before July" begins with July. */
function timeAt(reading: IndexedReading, range: Span, published: NewsTime): { from: NewsTime; to: NewsTime } | null {
  const near = ({ first }: When): boolean =>
    reading.tokens.slice(range.first, first).every(({ text }) => LINKS.has(text));
  const time = timesIn(reading, range, published).find(near) ?? seasonIn(reading, range, published);
  if (time === null) return yearAt(reading, range, published);
  const until = textAt(reading, time.first) === 'before';
  return until ? { from: time.to, to: time.to } : time;
}

/** Between the preposition and the time: "to around the middle of"; in "available on Azure in September" there is more. */
const LINKS = words(
  'to until till into past beyond before in on at for by the early late mid end of least around about sometime later than after only next this during within - 于 在 将 会 到 至 今 的',
);

/** "To 2027", a year that its preposition makes one; 年内. */
function yearAt(
  reading: IndexedReading,
  { first }: Span,
  published: NewsTime,
): { from: NewsTime; to: NewsTime } | null {
  const given = /^20[2-9][0-9]$/.exec(textAt(reading, first + 1))?.[0];
  const year =
    given === undefined ? (hanAt(reading, first, '年内') ? new Date(published).getUTCFullYear() : null) : Number(given);
  return year === null ? null : { from: newsTime(Date.UTC(year, 0, 1)), to: newsTime(Date.UTC(year + 1, 0, 1)) };
}

const EVENTS = words('release launch debut rollout unveiling arrival introduction publication');
/** Between the verb and the thing: "its long-awaited V4 model". */
const ADJECTIVES = words(
  "the its a an this their his our new next latest flagship long awaited much anticipated upcoming planned generation model - 's deepseek promised expected public preview of",
);
const BEHIND = words('model preview');
const AUXILIARIES = words(
  "has have had been is was are were will would be being now also again officially formally further quietly however instead only once more 's reportedly",
);
/** What may stand before a subject. */
const HEADS_ON = words('that and but because so while as when where since yet now then saying');
const NOT = words("not n't never");
const DELAYED = words(
  'postponed delayed deferred rescheduled postpones delays defers postponing delaying deferring postpone delay defer',
);
/** With "back" or "off" behind them, or the time alone: "pushed V4 to September". */
const PUSHED = words('pushed pushes pushing push moved moves put puts putting slipped slips slip slipping set sets');
/** Of plans only: "dropped V4" may be a release. */
const OFF_PLANS = words('dropped drops dropping drop killed pulled');
const OFF = words(
  'scrapped cancelled canceled shelved abandoned axed ditched scraps cancels shelves abandons axes ditches scrapping cancelling canceling shelving abandoning axing ditching scrap cancel shelve abandon axe ditch',
);
const COMES = words(
  'come comes coming arrive arriving released launched published unveiled shipped debut debuting land out ready available launch launching ship appear go introduced release happen',
);
const RELEASE = words(
  'release releasing launch launching unveil unveiling publish publishing ship shipping debut introduce introducing',
);
const SET_FOR = words('due planned scheduled slated set pencilled penciled');
const UNTIL = words('to until till into past beyond');
const NOT_EARLIER = words('before until till');
const WEEKDAYS = words('monday tuesday wednesday thursday friday saturday sunday');
/** "Cancelled V4 and will not release it"; "cancelled V4 and R2 discounts" cancels discounts. */
const VERBS_NEXT = words('will would has is was said says plans turned moved shifted put would');
const DAYS = words('today yesterday tomorrow now');
/** What goes on without adding to the thing. */
const GOES_ON = words(
  'after because amid citing altogether entirely completely outright indefinitely due following over today yesterday it they permanently',
);
/** The longest time behind its preposition: "the second half of the year". */
const TIME_TOKENS = 9;

const at = (reading: IndexedReading, n: number): string => textAt(reading, n);

function latinPutOff(thing: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  const noun = nounPhrase(thing, reading, sentence);
  return noun === null || at(reading, noun.first) === 'of'
    ? null
    : (asSubject(noun, reading, sentence) ?? asObject(noun, reading, sentence) ?? asNone(noun, reading, sentence));
}

/** "The release of its V4", "V4's launch", "the new V4 model". Null when more is said of it: "V4's price", "V4 Lite". */
function nounPhrase(thing: Span, reading: IndexedReading, sentence: Sentence): Span | null {
  let { first, last } = thing;
  if (reading.tokens[last - 1]?.kind === 'han') return null;
  const own = (n: number): boolean => ADJECTIVES.has(at(reading, n)) || EVENTS.has(at(reading, n));
  while (first > sentence.first && own(first - 1) && !isVerb(reading, first - 1)) first -= 1;
  if (BEHIND.has(at(reading, last))) last += 1;
  if (at(reading, last) === "'s") {
    if (!EVENTS.has(at(reading, last + 1))) return at(reading, last + 1) === 'been' ? { first, last } : null;
    last += 2;
  } else if (EVENTS.has(at(reading, last))) last += 1;
  return { first, last };
}

/** "To launch V4", "will release V4": no noun. */
const isVerb = (reading: IndexedReading, n: number): boolean =>
  EVENTS.has(at(reading, n)) && at(reading, n + 1) !== 'of';

/** "V4 has been postponed to September", "V4 will not come before July", "V4 is due in September". */
function asSubject(noun: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  let n = noun.last;
  let negative = false;
  let ahead = false;
  let passive = false;
  for (; n < sentence.last && (AUXILIARIES.has(at(reading, n)) || NOT.has(at(reading, n))); n += 1) {
    negative ||= NOT.has(at(reading, n));
    ahead ||= ['will', 'would'].includes(at(reading, n));
    passive ||= ['been', 'is', 'was', 'be', 'being', 'are'].includes(at(reading, n));
  }
  const verb = at(reading, n);
  if (n === noun.last && !PUSHED.has(verb)) return null;
  const { first } = noun;
  // "The official V4", "prices for V4": more is said of it in front.
  const before = reading.tokens[first - 1];
  if (first > sentence.first && before?.kind === 'word' && !HEADS_ON.has(before.text) && !SPEECH.has(before.stem))
    return null;
  const behind = n + (['back', 'off', 'out'].includes(at(reading, n + 1)) ? 2 : 1);
  if (DELAYED.has(verb) || (PUSHED.has(verb) && UNTIL.has(at(reading, behind))))
    return negative ? null : delayedTo(first, behind, reading, sentence);
  if (passive && !negative && isOff(reading, n)) return offAt(first, afterOff(reading, n), reading, sentence);
  const coming = COMES.has(verb) || (verb === 'due' && negative);
  if (negative) return coming && (ahead || verb.endsWith('ing')) ? notComing(first, n + 1, reading, sentence) : null;
  if (ahead && coming) return plannedFor(first, n + 1, reading, sentence);
  if (passive && SET_FOR.has(verb)) {
    const to = ['be', 'come', 'arrive', 'launch', 'debut'].includes(at(reading, n + 2)) && at(reading, n + 1) === 'to';
    return plannedFor(first, to ? n + (at(reading, n + 2) === 'be' ? 4 : 3) : n + 1, reading, sentence);
  }
  return null;
}

/** "Postponed V4 to September", "scrapped V4", "will not release V4 before July". */
function asObject(noun: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  let n = noun.first - 1;
  // "Scrapped plans to release V4", "its plans for V4": what goes with them is the thing.
  if (RELEASE.has(at(reading, n)) && at(reading, n - 1) === 'to' && /^plans?$/.test(at(reading, n - 2))) n -= 3;
  else if (at(reading, n) === 'for' && /^plans?$/.test(at(reading, n - 1))) n -= 2;
  const plans = n < noun.first - 1;
  if (plans) {
    while (['its', 'the', 'all', 'any'].includes(at(reading, n))) n -= 1;
    const verb = ['off', 'on'].includes(at(reading, n)) ? n - 1 : n;
    if (!OFF.has(at(reading, verb)) && !OFF_PLANS.has(at(reading, verb)) && verb === n) n = noun.first - 1;
  }
  const particle = ['back', 'off', 'on'].includes(at(reading, n));
  const verb = particle ? n - 1 : n;
  if (verb < sentence.first) return null;
  const text = at(reading, verb);
  if ((DELAYED.has(text) && !particle) || (PUSHED.has(text) && !plans)) {
    if (!isAsserted(reading, verb, sentence)) return null;
    const hold = at(reading, noun.last) === 'on' && ['hold', 'ice'].includes(at(reading, noun.last + 1));
    if (hold) return offAt(verb, noun.last + 2, reading, sentence);
    const back = at(reading, noun.last) === 'back' ? 1 : 0;
    return delayedTo(verb, noun.last + back, reading, sentence);
  }
  const off = particle
    ? PHRASAL_OFF.has(`${text} ${at(reading, n)}`) || givenUp(reading, verb, n)
    : OFF.has(text) || (plans && OFF_PLANS.has(text));
  if (off)
    return isAsserted(reading, givenUp(reading, verb, n) ? verb - 1 : verb, sentence)
      ? offAt(verb, noun.last, reading, sentence)
      : null;
  if (RELEASE.has(text)) {
    const will = governor(reading, verb, sentence);
    if (will === 'not') return notComing(verb, noun.last, reading, sentence);
    if (will === 'will') return plannedFor(verb, noun.last, reading, sentence);
  }
  // "Told developers not to expect V4 before July", "would have to wait until September for V4".
  if (text === 'expect') {
    const not = at(reading, verb - 1) === 'to' ? verb - 2 : verb - 1;
    const said = NOT.has(at(reading, not)) ? notComing(verb, noun.last, reading, sentence) : null;
    return said?.how === 'off' ? null : said;
  }
  if (text === 'for')
    for (let until = verb - 1; until > Math.max(sentence.first, verb - TIME_TOKENS); until -= 1)
      if (at(reading, until) === 'until' && isEverybodysWait(reading, until - 1, sentence))
        return timed(until - 1, until, 'before', sentence);
  // "Ruled out a V4 launch before July."
  if (!particle && text === 'out' && /^rul(?:ed|es)$/.test(at(reading, verb - 1)))
    return notComing(verb - 1, noun.last, reading, sentence);
  return null;
}

/** "Users would have to wait": all of them, not those "in Europe". */
function isEverybodysWait(reading: IndexedReading, wait: number, sentence: Sentence): boolean {
  if (at(reading, wait) !== 'wait' || at(reading, wait - 1) !== 'to' || at(reading, wait - 2) !== 'have') return false;
  if (!['will', 'would', "'ll"].includes(at(reading, wait - 3)) || !EVERYBODY.has(at(reading, wait - 4))) return false;
  const before = reading.tokens[wait - 5];
  return (
    wait - 4 <= sentence.first ||
    before === undefined ||
    before.kind === 'mark' ||
    before.text === 'that' ||
    SPEECH.has(before.stem)
  );
}
const EVERYBODY = words('users customers developers fans everyone everybody people they');

const PHRASAL_OFF = new Set(['called off', 'calls off', 'calling off', 'call off']);
const givenUp = (reading: IndexedReading, verb: number, n: number): boolean =>
  at(reading, n) === 'on' && at(reading, verb) === 'up' && ['given', 'gave', 'gives'].includes(at(reading, verb - 1));

/** "There will be no V4", "there is no V4 coming". */
function asNone(noun: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  const no = noun.first - 1;
  if (at(reading, no) !== 'no') return null;
  const be = at(reading, no - 1) === 'be' && ['will', 'would'].includes(at(reading, no - 2)) ? no - 3 : no - 2;
  const is = at(reading, no - 1) === 'be' || ['is', "'s"].includes(at(reading, no - 1));
  if (!is || at(reading, be) !== 'there') return null;
  const coming = at(reading, noun.last) === 'coming' ? 1 : 0;
  if (coming === 0 && at(reading, no - 1) !== 'be') return null;
  return notComing(be, noun.last + coming, reading, sentence);
}

const isOff = (reading: IndexedReading, n: number): boolean =>
  OFF.has(at(reading, n)) ||
  (at(reading, n) === 'called' && at(reading, n + 1) === 'off') ||
  (at(reading, n) === 'on' && ['hold', 'ice'].includes(at(reading, n + 1))) ||
  (at(reading, n) === 'put' && at(reading, n + 1) === 'on' && ['hold', 'ice'].includes(at(reading, n + 2)));
const afterOff = (reading: IndexedReading, n: number): number =>
  n + (OFF.has(at(reading, n)) ? 1 : at(reading, n) === 'put' ? 3 : 2);

/** A finite verb, or one that somebody has decided on: "postponed", "will scrap", "decided to delay", "is abandoning". */
function isAsserted(reading: IndexedReading, verb: number, sentence: Sentence): boolean {
  const text = at(reading, verb);
  let n = verb - 1;
  while (n >= sentence.first && ['now', 'also', 'quietly', 'officially', 'formally', 'again'].includes(at(reading, n)))
    n -= 1;
  if (NOT.has(at(reading, n))) return false;
  if (text.endsWith('ing')) return ['is', 'was', 'are', 'were', "'s"].includes(at(reading, n));
  const base = !/(?:ed|s|given|gave|put|set)$/.test(text);
  if (!base) return at(reading, n) !== 'to' && !['be', 'being'].includes(at(reading, n));
  return (
    ['will', "'ll"].includes(at(reading, n)) ||
    (at(reading, n) === 'to' && ['decided', 'decides', 'chosen', 'opted', 'forced', 'had'].includes(at(reading, n - 1)))
  );
}

/** What stands before "release V4": "will", "plans to" / "will not", "no plans to", "ruled out", "decided against". */
function governor(reading: IndexedReading, verb: number, sentence: Sentence): 'will' | 'not' | null {
  const one = at(reading, verb - 1);
  const two = at(reading, verb - 2);
  const three = at(reading, verb - 3);
  if (verb - 2 < sentence.first) return null;
  if (one === 'to')
    return ['plan', 'plans', 'intention'].includes(two) && ['no', 'any'].includes(three)
      ? 'not'
      : two === 'not' && ['decided', 'chosen', 'opted'].includes(three)
        ? 'not'
        : ['plans', 'planned', 'intends', 'aims', 'expects', 'going', 'decided', 'set', 'due', 'scheduled'].includes(
              two,
            )
          ? 'will'
          : null;
  if (NOT.has(one)) return ['will', 'would', 'wo'].includes(two) ? 'not' : null;
  if (one === 'to' || one === 'not') return null;
  if (['out', 'against'].includes(one)) return /^(?:rul(?:ed|es)|decided|decides|advised)$/.test(two) ? 'not' : null;
  if (one === 'of' && two === 'intention' && three === 'no') return 'not';
  return ['will', 'would', "'ll"].includes(one) ? 'will' : null;
}

const timed = (first: number, from: number, how: PutOff['how'], sentence: Sentence): PutOff => ({
  how,
  first,
  last: from,
  time: { first: from, last: Math.min(sentence.last, from + TIME_TOKENS) },
});

function delayedTo(first: number, from: number, reading: IndexedReading, sentence: Sentence): PutOff | null {
  if (at(reading, from) === 'indefinitely') return { how: 'off', first, last: from + 1, time: null };
  return UNTIL.has(at(reading, from)) ? timed(first, from, 'before', sentence) : null;
}

function offAt(first: number, from: number, reading: IndexedReading, sentence: Sentence): PutOff | null {
  return ends(reading, from, sentence) ? { how: 'off', first, last: from, time: null } : null;
}

function notComing(first: number, from: number, reading: IndexedReading, sentence: Sentence): PutOff | null {
  if (NOT_EARLIER.has(at(reading, from))) return timed(first, from, 'before', sentence);
  // "Not today", "not on Friday" is no never.
  if (ends(reading, from, sentence) && !DAYS.has(at(reading, from)) && at(reading, from) !== 'on')
    return { how: 'off', first, last: from, time: null };
  return ['in', 'this', 'during', 'within', 'at'].includes(at(reading, from))
    ? timed(first, from, 'within', sentence)
    : null;
}

function plannedFor(first: number, from: number, reading: IndexedReading, sentence: Sentence): PutOff | null {
  const [one, two, three] = [0, 1, 2].map((step) => at(reading, from + step));
  if (one === 'no' && (two === 'earlier' || two === 'sooner') && three === 'than')
    return timed(first, from + 2, 'before', sentence);
  if ((one === 'only' || one === 'not') && ['in', 'after', 'before', 'on'].includes(two ?? ''))
    return timed(first, from + 1, 'before', sentence);
  return ['in', 'on', 'at', 'for', 'next', 'only'].includes(one ?? '') ? timed(first, from, 'at', sentence) : null;
}

function ends(reading: IndexedReading, from: number, sentence: Sentence): boolean {
  const token = reading.tokens[from];
  if (token === undefined || from >= sentence.last) return true;
  if (token.kind === 'mark') return token.text !== '-' && token.text !== "'s";
  if (token.text === 'for') return ['good', 'now'].includes(at(reading, from + 1));
  if (token.text === 'and') return VERBS_NEXT.has(at(reading, from + 1));
  if (token.text === 'on') return WEEKDAYS.has(at(reading, from + 1));
  return GOES_ON.has(token.text);
}
