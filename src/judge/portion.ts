/**
 * An act done on something of the thing, or only for a few: "released V4's technical paper", "shipped 950PR samples", "发布 V4 预告",
 * "released V4 to testers under NDA".
 *
 * The head of what the verb governs decides: in "the V4 API documentation" it is the documentation, in "V4's weights" and "the V4 series"
 * the thing itself. A paper, a promise, a party, a sample or a part that is put before the public is not the thing. Nor is the thing
 * public when it goes to testers, or to those who were invited.
 */
import type { CompiledClaim, Finding } from './frame.ts';
import { HAN_PARTS, isHanPortion } from './portion-han.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import { stem } from './stem.ts';
import type { Sentence } from './text.ts';
import { textAt, words } from './tokens.ts';

const stems = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).map(stem));

/** To put before the public. */
const RELEASES = stems(
  'launch release unveil debut introduce publish post upload drop reveal announce show present open offer issue preview premiere put make',
);
/** To hand to buyers. */
const DELIVERIES = stems('ship deliver sell export supply provide send hand receive arrive reach');
const SALES = stems('ship deliver sell sale export supply');
/** To call off, or to bring under way. */
const OTHER_ACTS = stems(
  'withdraw scrap pull cancel shelve rescind revoke retract remove delete drop kill abandon draft propose finalise circulate',
);
/** What is said of a thing that is there. */
const STATES = words('available live out online public here downloadable');
/** Work: a part that does it is not the whole. */
const WORK = stems('run ran work operate perform serve');

/** Heads that are no model, no chip and no rule: papers, pages, promises, events, figures, tools beside it, posts to fill. */
const OTHER_HEADS = words(
  `paper papers report reports documentation docs document documents whitepaper whitepapers notes guide guides manual manuals tutorial
  tutorials cookbook handbook statement statements announcement announcements notice notices letter memo newsletter article essay faq
  page pages webpage webpages site sites website websites microsite portal waitlist form blog post posts
  teaser teasers trailer trailers video videos clip poster posters banner logo countdown photo photos picture pictures render renders
  slide slides brochure billboard ad ads advert advertisement mascot hashtag
  event party conference livestream webinar hearing hearings meeting meetings briefing briefings workshop consultation hackathon keynote contest bootcamp tour ceremony survey
  benchmark benchmarks results result score scores specs specification specifications details data dataset datasets pricing price prices
  schedule timetable roadmap timeline plan plans date dates
  sdk toolkit toolkits plugin plugins tokenizer cookbook
  programme program programmes programs listing listings job jobs vacancy vacancies recruitment
  sample samples mock mockup mockups prototype prototypes dummy dummies replica replicas casing packaging`,
);
/** Parts: also of what runs. */
const PARTS = words(
  'part parts annex annexes appendix summary section sections chapter chapters paragraph paragraphs portion portions fraction piece pieces layers',
);
const WHOLE = words('all both every');
/** Who scraps the plan for a thing scraps the thing. */
const PLANS = words('plan plans schedule timetable date dates');
const CALLED_OFF = stems('withdraw scrap pull cancel shelve rescind revoke retract drop kill abandon');
/** "Model card", "press release", "test build": two words for what is not the thing. */
const PAIRS: Readonly<Record<string, ReadonlySet<string>>> = {
  card: words('model system data score report'),
  cards: words('model system data score report'),
  release: words('press news media'),
  up: words('mock'),
  ups: words('mock'),
  sheet: words('fact data spec price'),
  build: words('test internal debug trial experimental'),
  builds: words('test internal debug trial experimental'),
  version: words('test internal debug trial experimental'),
  unit: words('test evaluation review demo trial sample'),
  units: words('test evaluation review demo trial sample'),
};
/** The thing, or all there is of it. */
const ITSELF = words(
  'weights weight model models checkpoint checkpoints api series family flagship itself chips cards system systems rule',
);
/** Heads that are the thing, all there is of it, some of it in number, or its coming out. */
const OWN_HEADS = words(
  `weights weight model models checkpoint checkpoints api series family flagship itself chip chips card cards accelerator accelerators gpu gpus
  processor processors server servers system systems product products unit units lineup line generation upgrade update variant variants
  edition editions version versions cut name preview previews beta llm ai release launch debut arrival rollout unveiling premiere availability access
  rule rules draft drafts proposal proposals regulation regulations text framework policy measure order
  shipment shipments delivery deliveries batch batches order orders sale sales consignment thousands hundreds dozens tens millions lots number
  most all half majority pair pro flash max lite download downloads use code name sibling siblings successor
  free open public available worldwide nationwide official live online up out early first`,
);
/** After these a name is an attribute or an owner, and a head is to come. */
const DETERMINERS = words('the a an its their this new');
/** Ends what a verb has as its object. */
const STOPS = words(
  `on in at for of about to from with by as after before since until during through via over into onto around amid alongside ahead upon
  under without within following and or but while that which who when where because so if then is are was were be been has have had will would can
  could may might should says said saying shows showing showed detailing describing using plus besides including regarding not n't`,
);
const JOINS = words('and with alongside plus besides including');
/** "A teaser for V4", "results of V4", "a section of its planned rule". */
const BELONGS = words('for of on about to around regarding detailing describing introducing showing');
const TIMES = words(
  'today yesterday tonight monday tuesday wednesday thursday friday saturday sunday this week morning afternoon evening late early earlier finally officially publicly now also just still already again quietly first next last month year quarter day weekend spring summer autumn winter soon shortly',
);
/** Between a subject and what is said of it. */
const LINKS = words(
  "is are was were be been being has have had will now finally officially also already today just still fully only briefly quietly went goes go gone came comes come it they he she not n't yet",
);

/** Whether the finding tells of something of the thing, or of the thing for a few. */
export function isPortion(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
): boolean {
  const mentions = claim.slots
    // Where it goes is no thing that is released: of a chip and a place it is the chip.
    .filter(
      ({ required, kind }, _, slots) =>
        required && (kind !== undefined || slots.every((one) => one.kind === undefined)),
    )
    .flatMap(({ aliases, lesser }) => [
      ...find(aliases, reading, rangeOf(sentence)),
      ...find(lesser, reading, rangeOf(sentence)),
    ]);
  const place: Place = { claim, reading, sentence, mentions };
  if (isHanPortion(finding, reading, sentence, mentions)) return true;
  const ofPart = claim.claim.statement.includes('part of');
  if (
    !ofPart &&
    anyOf(HAN_PARTS, reading, {
      first: Math.max(sentence.first, finding.span.first - 10),
      last: Math.min(sentence.last, finding.span.last + 6),
    })
  )
    return true;
  for (let n = finding.span.first; n < finding.span.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word') continue;
    const release = RELEASES.has(token.stem) || STATES.has(token.text);
    const delivery = DELIVERIES.has(token.stem);
    const act = release || delivery || SALES.has(token.stem) || OTHER_ACTS.has(token.stem);
    const work = WORK.has(token.stem);
    if (!(work || (act && (finding.says.has(token.stem) || finding.says.has(token.text))))) continue;
    if (
      act &&
      (governsOther(place, n) ||
        ((SALES.has(token.stem) || release) && !finding.selfNegated && isForFew(place, n, release)))
    )
      return true;
    if (isOthers(place, n, act)) return true;
  }
  return isOfShow(place, finding);
}

/** "V4's launch video has no images of it": what it shows is not what the thing can do; its papers describe the thing. */
const SHOWS = words(
  'video videos clip trailer teaser poster posters banner logo brochure billboard advert ad event party keynote livestream',
);
const HAS = words('has have had contains contained features featured includes included shows showed lacks lacked');
function isOfShow({ reading, sentence, mentions }: Place, { span }: Finding): boolean {
  for (let n = Math.max(sentence.first + 2, span.first - 4); n < span.last; n += 1)
    if (
      HAS.has(textAt(reading, n)) &&
      SHOWS.has(textAt(reading, n - 1)) &&
      mentions.some(({ first, last }) => last < n && first >= n - LONGEST_TAIL)
    )
      return true;
  return false;
}

interface Place {
  readonly claim: CompiledClaim;
  readonly reading: IndexedReading;
  readonly sentence: Sentence;
  /** Where the claim's names stand. */
  readonly mentions: readonly Span[];
}

/** A noun at n that is not the thing, unless the claim itself is about such a one. */
function isOtherHead({ claim, reading }: Place, n: number, act: boolean, verb = ''): boolean {
  const text = textAt(reading, n);
  const other = PARTS.has(text) || (act && OTHER_HEADS.has(text)) || PAIRS[text]?.has(textAt(reading, n - 1)) === true;
  // "All parts of V4 run": the whole.
  if (PARTS.has(text) && WHOLE.has(textAt(reading, n - 1))) return false;
  return (
    other && !(CALLED_OFF.has(verb) && PLANS.has(text)) && !claim.claim.statement.toLowerCase().includes(stem(text))
  );
}

/** The words of one thing from `from` on, times at its ends left out. */
function thingFrom(reading: IndexedReading, from: number, limit: number): Span {
  let first = from;
  while (first < limit && (TIMES.has(textAt(reading, first)) || (first === from && textAt(reading, first) === 'of')))
    first += 1;
  let last = first;
  for (; last < limit; last += 1) {
    const token = reading.tokens[last];
    if (token === undefined || (token.kind === 'mark' && !QUOTES.has(token.text)) || STOPS.has(token.text)) break;
  }
  while (last > first && TIMES.has(textAt(reading, last - 1))) last -= 1;
  return { first, last };
}
const QUOTES = new Set(["'s", "'", '"']);
const LONGEST_TAIL = 9;

/** What the verb at n governs is of the thing: "released the V4 API documentation", "released benchmark results for V4". */
function governsOther(place: Place, n: number): boolean {
  const { reading, sentence, mentions } = place;
  const thing = thingFrom(reading, n + 1, sentence.last);
  // "Scrapped its V4 launch plan".
  const verb = reading.tokens
    .slice(Math.max(sentence.first, n - 6), n + 1)
    .find((token) => CALLED_OFF.has(token.stem))?.stem;
  const name = mentions.find(({ first, last }) => first >= thing.first && last <= thing.last);
  if (thing.last === thing.first) return false;
  let head = -1;
  for (let at = name?.last ?? thing.last - 1; at < thing.last; at += 1)
    if (isOtherHead(place, at, true, verb) || (at === thing.last - 1 && isStrangeHead(place, at, thing, name, verb)))
      head = at;
    else if (ITSELF.has(textAt(reading, at))) head = -1;
  if (head < 0) return false;
  let next = thing.last;
  while (TIMES.has(textAt(reading, next))) next += 1;
  if (name !== undefined) return !joinsItself(place, next);
  if (JOINS.has(textAt(reading, next))) return !joinsItself(place, next);
  if (!BELONGS.has(textAt(reading, next))) return true;
  const owner = mentions.find(({ first }) => first > next && first <= next + LONGEST_TAIL);
  return owner === undefined || !joinsItself(place, owner.last);
}

/** "V4's evaluation harness", "a V4 system prompt", "an annex to the rule": a common noun that is none of the thing's own. */
function isStrangeHead(
  { claim, reading }: Place,
  at: number,
  thing: Span,
  name: Span | undefined,
  verb: string | undefined,
): boolean {
  // "Announced support for V4" is the very thing of a claim that tells what is so.
  if (claim.claim.kind !== 'forecast') return false;
  const token = reading.tokens[at];
  if (token?.kind !== 'word' || token.capital || !/^[a-z]{3,}$/.test(token.text) || token.text.endsWith('ly'))
    return false;
  // "Dropped the idea of a rule": whatever else is called off is mostly a way to the thing.
  if (OWN_HEADS.has(token.text) || verb !== undefined) return false;
  if (claim.claim.statement.toLowerCase().includes(token.stem)) return false;
  if (name === undefined) return ['of', 'for', 'about', 'to'].includes(textAt(reading, thing.last));
  if (at < name.last) return false;
  return (
    textAt(reading, name.last) === "'s" ||
    reading.tokens.slice(thing.first, name.first).some(({ text }) => DETERMINERS.has(text))
  );
}

/** "... and the model's weights": what is joined to it is the thing. */
function joinsItself(place: Place, at: number): boolean {
  const { reading, sentence, mentions } = place;
  if (!JOINS.has(textAt(reading, at)) && textAt(reading, at) !== ',') return false;
  const other = thingFrom(reading, at + 1, sentence.last);
  let itself = false;
  for (let n = other.first; n < other.last; n += 1) {
    if (isOtherHead(place, n, true)) itself = false;
    else if (ITSELF.has(textAt(reading, n)) || mentions.some(({ first }) => first === n)) itself = true;
  }
  // "With the model to follow": not yet.
  return itself && textAt(reading, other.last) !== 'to';
}

/** What the verb or state at n is said of is of the thing: "V4's landing page is live", "part of V4 runs", "the samples it delivered". */
function isOthers(place: Place, n: number, act: boolean): boolean {
  const { reading, sentence, mentions } = place;
  let at = n - 1;
  while (at > sentence.first && (LINKS.has(textAt(reading, at)) || textAt(reading, at).endsWith('ly'))) at -= 1;
  const after = thingFrom(reading, n + 1, sentence.last);
  // "A blog post announced V4": it tells of it.
  const own = act && after.last > after.first && !['it', 'they'].includes(textAt(reading, n - 1));
  if (own) return false;
  if (isOtherHead(place, at, act)) {
    if (!act) return true;
    for (let back = at - 1; back >= Math.max(sentence.first, at - LONGEST_TAIL); back -= 1) {
      if (mentions.some(({ first, last }) => first <= back && back < last)) return true;
      if (STOPS.has(textAt(reading, back)) || textAt(reading, back) === ',') return false;
    }
    return false;
  }
  const name = mentions.find(({ first, last }) => first <= at && at < last);
  if (name === undefined) return false;
  for (let back = name.first - 1; back > sentence.first && back > name.first - 7; back -= 1) {
    const text = textAt(reading, back);
    if (BELONGS.has(text)) return isOtherHead(place, back - 1, act);
    if (STOPS.has(text) || reading.tokens[back]?.kind === 'mark') return false;
  }
  return false;
}

/** To those who try it out. */
const TRIED = compilePhrases([
  '(to|with|among|for) (a|an|some|its|their|the|) (small|limited|select|selected|handful|few|closed|chosen|) (group|number|circle|set|batch|) (of|) (enterprise|early|beta|trusted|internal|outside|alpha|) (tester|testers|employees|staff|insiders|reviewers|evaluators)',
  '(only|exclusively) (to|for|with) (its|) * (staff|employees|insiders|testers)',
  '(to|for|with) (its|) * (staff|employees|insiders|testers) only',
  'for (internal|closed|private|staff|in house|limited) (testing|tests|test|use|evaluation|trial|trials|preview)',
  'for (testing|inspection|evaluation|verification|assessment|certification)',
  '(internally|privately|in private|behind closed doors)',
  'under (nda|embargo|non disclosure|nondisclosure|a non disclosure|a nondisclosure)',
]);
/** To those who were chosen: no release, though a few buyers make a delivery. */
const CHOSEN = compilePhrases([
  '(to|for|with|among) (a|) (small|limited|select|selected|handful|few|closed|tiny|restricted|chosen|invited) (group|number|circle|set|of|users|partners|customers|developers|companies|clients|enterprises)',
  '(to|with) (its|) (investors|regulators|partners)',
  '(by|on) invitation',
  '(invite|invitation) only',
  '(closed|private|internal|invite only) (beta|alpha|preview|test|trial)',
]);
const NEXT_STATEMENT = words('and but after before while when since following having that which who although though');

function isForFew({ reading, sentence }: Place, n: number, release: boolean): boolean {
  let last = n + 1;
  for (; last < sentence.last; last += 1) {
    const token = reading.tokens[last];
    if (token === undefined || (token.kind === 'mark' && !QUOTES.has(token.text)) || NEXT_STATEMENT.has(token.text))
      break;
  }
  const range: Span = { first: Math.max(sentence.first, n - 2), last };
  return anyOf(TRIED, reading, range) || (release && anyOf(CHOSEN, reading, range));
}

const ACTS = [RELEASES, DELIVERIES, OTHER_ACTS, WORK];
const NEARLY = words('nearly almost hardly barely scarcely');
/** "Nearly released", "hardly runs", 差点发布: it did not come to that. */
export function isNearly({ span, says }: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = span.first; n < span.last; n += 1) {
    const token = reading.tokens[n];
    const nearly =
      NEARLY.has(textAt(reading, n - 1)) || (textAt(reading, n - 1) === 'but' && textAt(reading, n - 2) === 'all');
    if (token?.kind !== 'word' || !nearly) continue;
    if (says.has(token.stem) || ACTS.some((acts) => acts.has(token.stem))) return true;
  }
  return anyOf(HAN_NEARLY, reading, {
    first: Math.max(sentence.first, span.first - HAN_NEARLY_REACH),
    last: span.last,
  });
}
const HAN_NEARLY_REACH = 10;
const HAN_NEARLY = compilePhrases(['(差点|差一点|险些|勉强|几乎(在|于|就|要|发|上|推)|(came|come) (close|near) to)']);
