/**
 * Whether a release is told as done: "put V4 online", "V4 is up on Hugging Face"; not "the launch now depends on Huawei".
 *
 * Only this lets news of the day settle a forecast, so a word counts that can mean nothing but a deed done; what such words have besides
 * ("took", "put", "made") counts with what makes a release of it.
 */
import type { CompiledClaim, Finding } from './frame.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import { hanAt, textAt } from './tokens.ts';

/** Verbs of a release that is done, as headlines and sentences write them. A bare noun ("the release") is none. */
const PAST = new Set(
  'here now online downloadable came went hit launched released unveiled debuted shipped rolled introduced published dropped arrived landed sourced uploaded premiered sale sold added placed blacklisted launches releases unveils debuts ships rolls introduces drops sources adds places blacklists available live out'.split(
    ' ',
  ),
);

/** The same in more words. */
const DONE = compilePhrases([
  '(=put|=puts) * (=online|=live|up for download|on the market|on sale|within reach|in the hands of|into the hands of|out there)',
  '(=put|=puts) out',
  '(=made|=makes) * (=public|=available|=downloadable|=accessible|open source)',
  '(=throws|=threw) * (=open)',
  '(=brings|=brought) * (=online|=live|to market|to everyone|to the public)',
  '(=took|=takes) * (=live|=online|=public)',
  '(=took|=takes) the (wraps|lid|cover|covers|veil|curtain) off',
  '(=took|=takes|=peeled|=tore) (the|its) (preview|beta|test) (label|tag|badge|sticker) off',
  '(=gives|=gave) (the public|the world|everyone|everybody|all|users|developers)',
  '(=offers) * (for download|to (everyone|everybody|all|the public))',
  '(=is|=are|=now|=went|=goes) (now|) up (=on|for download|and running)',
]);
/** Where these stand in between, it is they that were made public or put online. */
const OTHER_THINGS = new Set(
  'plan plans date dates schedule timetable timeline roadmap calendar details price pricing page report paper document documents statement code launch release debut event teaser countdown notice name party goal'.split(
    ' ',
  ),
);

/** Participles of what is still to come, or of talk. */
const NOT_YET = new Set(
  'expected planned scheduled slated delayed anticipated awaited rumoured rumored tipped projected estimated intended promised proposed postponed supposed targeted pencilled supposedly reported claimed finished polished pencilled penciled need indeed speed'.split(
    ' ',
  ),
);

/** The deed as a noun: what is told of it may be anything. */
const NOUNS = new Set('launch release debut rollout arrival unveiling publication introduction premiere'.split(' '));
/** Before a verb of the same form. */
const VERB_LEADS = new Set("to will would may might could can should shall did does do 'll and or not n't".split(' '));
/** What makes a noun of a deed tell that it has happened. */
const OCCURRED = compilePhrases([
  '(=announced|=announces|=completed|=completes|=celebrated|=celebrates|=hailed|=hails|=marked|=marks) * (=launch|=release|=debut|=rollout|=arrival|=unveiling|=publication|=introduction|=premiere)',
  '(=launch|=release|=debut|=rollout|=arrival|=unveiling|=publication|=introduction|=premiere) * (=happened|=occurred|=arrived|=began|=begins|took place|takes place|went ahead|came (today|on|as|after)|is (here|out|live|done|over|complete))',
]);
/** "Announced that the launch of V4 depends on": the noun has a verb of its own. */
const HANGS = compilePhrases([
  '(=depends|=hinges|=rests|=needs|=requires|=awaits|=waits|=is|=are|=was|=were|=has|=had|=takes|=remains|=stays)',
]);

/** Not done before something else is: "goes live once Huawei agrees". */
const HINGED = compilePhrases(['(=once|=if|=unless|=provided|subject to|pending)']);

/** Whether the range says of the match's deed that it is done. */
export function isPast(claim: CompiledClaim, finding: Finding, reading: IndexedReading, range: Span): boolean {
  if (anyOf(HINGED, reading, range)) return false;
  if (isNoun(finding, reading))
    return find(OCCURRED, reading, range).some(({ first, last }) =>
      NOUNS.has(textAt(reading, first))
        ? !wordsBetween(reading, first, last, OTHER_THINGS) && !isElsewhere(reading, last - 1)
        : !wordsBetween(reading, first, last, PREPOSITIONS) &&
          !anyOf(HANGS, reading, { first: last, last: range.last }),
    );
  const done = find(DONE, reading, range);
  const others = done.filter(
    ({ first, last }) =>
      wordsBetween(reading, first, last, OTHER_THINGS) || isOfAnother(claim, reading, first, range.last),
  );
  if (others.length < done.length) return true;
  for (let n = range.first; n < range.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) return false;
    if (token.kind === 'han') return !isHanNoun(finding, reading);
    if (others.some(({ first, last }) => n >= first && n < last)) continue;
    if (token.text === 'has' || token.text === 'have') {
      if (!['to', 'yet', 'not', "n't", 'no', 'plans', 'a'].includes(textAt(reading, n + 1))) return true;
    }
    const participle =
      token.text.endsWith('ed') &&
      !NOT_YET.has(token.text) &&
      (finding.says.has(token.stem) || OTHER_DEEDS.has(token.text));
    if (
      (participle || PAST.has(token.text)) &&
      !isElsewhere(reading, n) &&
      !isOfAnother(claim, reading, n, range.last) &&
      !tellsAnother(claim, reading, n, range.first)
    )
      return true;
  }
  return false;
}

/** 发布在即, 发布时间: the deed as a noun, of which something else is said. */
function isHanNoun({ span }: Finding, reading: IndexedReading): boolean {
  for (let n = span.last; n >= span.first; n -= 1)
    if (HAN_NOUNS.some((word) => hanAt(reading, n, word))) {
      const at = textAt(reading, n - 2) + textAt(reading, n - 1);
      if (HAN_RELEASES.has(at)) return true;
    }
  return false;
}
const HAN_RELEASES = new Set(['发布', '上线', '推出', '亮相', '开源', '发售', '开售', '面世', '问世', '首发']);
const HAN_NOUNS =
  '在即 临近 将近 倒计时 时间 日期 计划 预告 预期 准备 筹备 传闻 事宜 节奏 在望 可期 前夕 窗口 指日可待 日程 不远 进入倒 提上'.split(
    ' ',
  );

function wordsBetween(reading: IndexedReading, first: number, last: number, words: ReadonlySet<string>): boolean {
  return reading.tokens.slice(first + 1, last - 1).some(({ text }) => words.has(text));
}

/** More participles of a release than frames name. */
const OTHER_DEEDS = new Set(
  'opened posted pushed issued handed delivered listed activated enabled flipped pulled uncorked'.split(' '),
);

/** "Dropped to second place", "out of its hands". */
const isElsewhere = (reading: IndexedReading, n: number): boolean =>
  (/^drop(?:s|ped)$/.test(textAt(reading, n)) && ['to', 'from', 'by', 'out'].includes(textAt(reading, n + 1))) ||
  (textAt(reading, n) === 'out' && textAt(reading, n + 1) === 'of');

const PREPOSITIONS = new Set('for on about around over towards'.split(' '));
/** What is released of a model, or is the model. */
const ITSELF = new Set(
  'weights weight preview version model models checkpoint api build family series flagship'.split(' '),
);
/** "Launched a hiring round for V4": what the verb has as its object is for the thing, and not the thing. */
function isOfAnother({ slots }: CompiledClaim, reading: IndexedReading, verb: number, last: number): boolean {
  let preposition = false;
  for (let n = verb + 1; n < last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || ITSELF.has(token.text)) return false;
    if (slots.some(({ aliases, required }) => required && startsAt(aliases, reading, n)))
      return preposition || OTHER_THINGS.has(textAt(reading, endOf(slots, reading, n)));
    preposition ||= n > verb + 1 && PREPOSITIONS.has(token.text);
  }
  return false;
}
/** "A teaser for V4 is live": the thing is named behind a preposition, and what stands before that is no part of it. */
function tellsAnother({ slots }: CompiledClaim, reading: IndexedReading, verb: number, first: number): boolean {
  for (let n = verb - 1; n > first + 1; n -= 1) {
    if (reading.tokens[n]?.kind === 'mark' || OWN_SUBJECT.has(textAt(reading, n))) return false;
    if (!slots.some(({ aliases, required }) => required && startsAt(aliases, reading, n))) continue;
    return OF_IT.has(textAt(reading, n - 1)) && !ITSELF.has(textAt(reading, n - 2));
  }
  return false;
}
const OWN_SUBJECT = new Set('it they that which and but before after since while when as'.split(' '));
const OF_IT = new Set('for about of on with'.split(' '));
/** The token behind the longest name that begins at n: "launched a V4 countdown". */
const endOf = (slots: CompiledClaim['slots'], reading: IndexedReading, n: number): number =>
  Math.max(
    ...slots.flatMap(({ aliases }) =>
      find(aliases, reading, { first: n, last: Math.min(reading.tokens.length, n + 6) }).flatMap(({ first, last }) =>
        first === n ? [last] : [],
      ),
    ),
  );
const startsAt = (aliases: PhraseSet, reading: IndexedReading, n: number): boolean =>
  find(aliases, reading, { first: n, last: Math.min(reading.tokens.length, n + 6) }).some(({ first }) => first === n);

/** "The release of V4", "its V4 launch", and no verb of the deed in the match. */
function isNoun({ span, says }: Finding, reading: IndexedReading): boolean {
  let noun = false;
  for (let n = span.first; n < span.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') continue;
    if (token.kind === 'han') return false;
    if (NOUNS.has(token.text) && !VERB_LEADS.has(textAt(reading, n - 1))) noun = true;
    else if (DEED_FORMS.has(token.text) && says.has(token.stem)) return false;
  }
  return noun;
}
const DEED_FORMS = new Set(
  'launched launches released releases debuted debuts unveiled unveils shipped ships introduced introduces published publishes dropped drops uploaded uploads out live available online put puts made makes posted opened rolled sourced'.split(
    ' ',
  ),
);
