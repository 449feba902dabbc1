/**
 * The last gate before "supports": the words found must be an assertion.
 *
 * frame.ts finds the deed and its names, stance.ts reads what turns them around near by. What is left can still be no statement that the
 * claim is so: a condition ("should V4 end up on Ascend"), a fear, an enquiry, a past plan, a myth on a list, a launch that is only
 * presupposed ("the launch lifts SMIC"), a name on each side of an "on". Each row of FORMS is one such form, told by how the sentence is
 * built and in words that hold for any claim.
 */
import type { NewsTime } from '../core/time.ts';
import { answerOf } from './answers.ts';
import { LAST_TOUCHES } from './cues.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import { clauseOf } from './clauses.ts';
import { isNotIt } from './not-it.ts';
import type { IndexedReading, PhraseSet } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';
import { timesIn } from './when.ts';

/** open: spoken of, not said to be so. other: taken for granted while something else is told. */
type Held = 'open' | 'other';

interface Case {
  readonly claim: CompiledClaim;
  readonly finding: Finding;
  readonly reading: IndexedReading;
  readonly sentence: Sentence;
  /** Nobody is named behind it. */
  readonly talk: boolean;
  /** Everything of the article that would support the claim. */
  readonly others: readonly Finding[];
  /** The sentence names a day or a longer time. */
  readonly dated: boolean;
}

interface Form {
  readonly name: string;
  readonly held: Held;
  readonly holds: (one: Case) => boolean;
}

/** What opens another statement: a cue before it does not govern what comes after it. */
const BARRIERS = new Set('; : but while although though because after since 但 而 却 然'.split(' '));
/** A second verb has a mood of its own: "may launch and will understand". */
const VERB_BARRIERS = new Set([...BARRIERS, 'and', '并', '且']);
/** "The three that Huawei courted have ordered": done, whatever led to it. */
const DONE_BARRIERS = new Set([...VERB_BARRIERS, 'have', 'has', 'had', 'already', '已']);
/** Words of a phrase that name no deed: a match by them alone says which things, not what. */
const EMPTY_WORDS = new Set(
  "on in at to for with of by as from over across via using atop around onto into toward towards and or a an the its their his her our your be is are was were been being has have had do does did will would can could may might should not n't no never yet so through 在 用 于 为 给 把 被 由 与 和 同 跟 及 的 了 着 过 对 向 从 自 基 以 将 会 已 可 能 是 有 其".split(
    ' ',
  ),
);

/** Cues farther off belong to another verb; a Han character is half a word. */
const REACH = 18;
const HAN_REACH = 26;

/** Whether a cue stands before the match, close enough, with at most so many commas and no barrier between. */
function governed({ finding, reading, sentence }: Case, cues: PhraseSet, commas = 0, barriers = BARRIERS): boolean {
  const { span } = finding;
  const han = reading.tokens[span.last - 1]?.kind === 'han';
  const from = Math.max(sentence.first, span.first - (han ? HAN_REACH : REACH));
  return find(cues, reading, { first: from, last: span.last }).some((cue) => {
    const word = reading.tokens[cue.first];
    if (word !== undefined && finding.says.has(word.stem) && !EMPTY_WORDS.has(word.text)) return false;
    let passed = 0;
    for (let n = cue.last; n < span.first; n += 1) {
      const text = textAt(reading, n);
      if (barriers.has(text)) return false;
      if (text === ',' && reading.source[reading.tokens[n]?.start ?? 0] !== '、') passed += 1;
    }
    return passed <= commas;
  });
}

/** Right after the match, as what is said of it: "the launch had once been pegged to". `own`: by the verb of the match's own subject. */
function follows({ finding, reading, sentence }: Case, cues: PhraseSet, reach: number, own = false): boolean {
  if (reading.tokens[finding.span.last]?.kind === 'mark') return false;
  const after = { first: finding.span.last, last: sentence.last };
  return find(cues, reading, after).some(
    (cue) =>
      cue.first < after.first + reach &&
      !(own && reading.tokens.slice(after.first, cue.first).some(({ text }) => SECOND_VERB.has(text))),
  );
}

/** Nothing else in the article would support the claim: no other phrase, no other sentence. */
const isAlone = ({ finding, others }: Case): boolean =>
  !others.some((other) => other.phrase !== finding.phrase || other.sentence !== finding.sentence);

const CONDITION = compilePhrases([
  '(=if|=suppose|=supposing|=assume|=assuming|=imagine|=unless|=were|=should|=had)',
  '(若|如果|假如|假设|倘若|倘|一旦|要是|万一)',
]);
/** "If The Information has it right": a source is named, not a condition. */
const CREDENCE = compilePhrases([
  '(has|have|had|got|gets) (it|this|that|things) right',
  '(is|are|was|were|be|proves|prove) (right|correct|accurate|true|to be believed|believed|to be trusted)',
  '(可信|属实|没错|准确)',
]);
/** "Nvidia would lose billions should customs keep it out": the condition stands behind. */
const WOULD_IF = compilePhrases(['(=would|=could) * (=should|=were|=if|=unless|in case)']);
const WOULD = compilePhrases(['(=would|=could|=must|=needs|=need|=remains|=remain|=requires|=require|=takes|=means)']);
const IF = compilePhrases(['(=if|=unless|=provided)']);
/**
 * "It would run on Ascend, they believe, if ...", "To run V4 on Ascend, DeepSeek would have to", "Running V4 on Ascend remains a dream",
 * "A trillion parameters would make it the largest".
 */
function isSupposed(one: Case): boolean {
  const { finding, reading, sentence } = one;
  const { span } = finding;
  const after = { first: span.last, last: sentence.last };
  const clause = clauseOf(reading, sentence, span);
  if (anyOf(WOULD, reading, { first: clause.first, last: span.last }) && anyOf(IF, reading, after)) return true;
  const head = reading.tokens[sentence.first]?.text ?? '';
  if (head === 'to' && clause.first === sentence.first && anyOf(WOULD, reading, after)) return true;
  const gerund = clause.first === sentence.first && isGerund(one);
  if (gerund && follows(one, WOULD, GERUND_REACH, true)) return true;
  if (finding.kind === 'inside' && follows(one, WOULD, 2)) return true;
  // "A customs ban on the H200 would be a lever", "a bill would make them subject to it": things that nobody says there are.
  return (
    INDEFINITE.has(head) &&
    one.claim.claim.kind === 'event' &&
    clause.first === sentence.first &&
    !anyOf(THERE_NOW, reading, after) &&
    ((span.first <= sentence.first + INDEFINITE_REACH && follows(one, WOULD_BE, GERUND_REACH, true)) ||
      anyOf(WOULD_BE, reading, {
        first: sentence.first,
        last: Math.min(span.first, sentence.first + INDEFINITE_REACH),
      }))
  );
}

const GERUND_REACH = 7;
/** "During a briefing", "according to": no deed; nor is a name ("Beijing customs officers"). */
const NO_GERUNDS = new Set(
  'during following according regarding concerning including excluding considering pending notwithstanding barring owing nothing something anything everything morning evening beijing nanjing chongqing boeing'.split(
    ' ',
  ),
);
function isGerund({ claim, reading, sentence: { first } }: Case): boolean {
  const head = textAt(reading, first);
  if (!head.endsWith('ing') || head.length <= 4 || NO_GERUNDS.has(head)) return false;
  return !claim.slots.some(({ aliases }) => find(aliases, reading, { first, last: first + 1 }).length > 0);
}
/** "Could be rented from today": possible because it is there. */
const THERE_NOW = compilePhrases(['(=could) (be|) * (from|since|as of) (today|now|yesterday|tonight)']);
/** What begins a second statement between a subject and "would". */
const SECOND_VERB = new Set('and that which who whose because so it they he she we 并 且 而'.split(' '));
const INDEFINITE = new Set(['a', 'an', 'any', 'such']);
const INDEFINITE_REACH = 4;
const WOULD_BE = compilePhrases(['(=would|=could|=might) ']);

function isCondition(one: Case): boolean {
  const { reading, sentence } = one;
  if (isSupposed(one)) return true;
  if (governed(one, WOULD_IF, 0) && !anyOf(CREDENCE, reading, rangeOf(sentence))) return true;
  const opening = find(CONDITION, reading, {
    first: sentence.first,
    last: Math.min(sentence.last, sentence.first + 3),
  });
  return opening.some((cue) => cue.first === sentence.first) && !anyOf(CREDENCE, reading, rangeOf(sentence));
}

const POSSIBLY = compilePhrases([
  '(=may|=might|=could|perhaps|maybe|possibly|conceivably)',
  '(可能|或许|也许|或将|或会|恐)',
]);
/** What somebody fears or hopes is not what he says. Of a forecast a hope is a plan: "DeepSeek hopes to launch in May". */
const FEAR = compilePhrases([
  '(fear|worry|dread|doubt|wager|wonder|imagine|speculate|sceptical|skeptical|unconvinced|pretend)',
  '(wary|afraid|worried|nervous|anxious) (of|that|about)',
  // What others are said to think is theirs: "anyone who expects it ...".
  '(=anyone|=anybody|=those|=whoever|=people) (who|) (expect|think|believe|hope|assume|imagine|suppose) ',
  '(担心|担忧|忧虑|怀疑|质疑|不相信|无把握|猜测|推测)',
]);
const HOPE = compilePhrases([
  '(hope|wish|dream|brace|yearn|threaten|tempt)',
  '(want|press|court|invite|urge|lobby|push|encourage|implore|persuade|beg) * (=to|=for)',
  '(期待|期盼|盼|渴望|希望|力邀|呼吁|争取|敦促)',
]);
/** Ways to a deed that are not the deed. */
const APPROACH = compilePhrases([
  '(contact|approach|court|sound out|knock on|reach out|turn to|ask|query|inquire|enquire|enquiry|inquiry|touch base|flirt|line up|prepare|ready|gear up|set aside|earmark|budget|intend|intention|mean|plan|eye|seek|keen|eager|interest|willing|want|wish|aim|let)',
  '(expect|expects|expected|asked) * to',
  '(being|in|under) (prepared|preparation|planned|discussed|weighed|drawn up|considered|negotiated|drafted)',
  '(接触|询价|询问|有意|规划|拟|筹划|筹备|准备|打算|意向|洽谈|商谈|协商|磋商|加购|寻求|希望|欲|预留|待|备货)',
]);
/** An order to buy is no purchase yet; an order to stop is the stop. */
const ORDERED = compilePhrases(['(told|tells|tell) * to']);
const STOPPED = compilePhrases([
  '(stop|halt|pause|suspend|cease|end|ban|bar|block|avoid|refrain|cancel|scrap|drop|shun|curb|restrict)',
]);
const isApproach = (one: Case): boolean =>
  governed(one, APPROACH, 1, DONE_BARRIERS) ||
  (governed(one, ORDERED, 1, DONE_BARRIERS) && !anyOf(STOPPED, one.reading, one.finding.span));
const PAST_PLAN = compilePhrases([
  '(=had|=was|=were) (once|originally|initially|first|previously|earlier|at first|long|supposedly|widely|) (been|to|) (pegged|due|meant|supposed|slated|scheduled|planned|pencilled|penciled|tipped|expected|rumoured|rumored|billed|touted|promised|aimed|set|awaited|anticipated|foreseen|foretold)',
  '(=was|=were) (once|originally|first|initially|) to have',
  '(first|once|originally|initially|at first) (designed|conceived|drawn up|envisaged|envisioned|specified|sketched)',
  '(once|originally|initially|at first) (planned|expected|hoped|meant|aimed|wanted|intended|due|slated|scheduled)',
  '(曾|原|本|原本|起初|最初|一度)(计划|预计|预期|传|定|拟|打算|有望|应|该)',
]);
/** "Explained what it would take to bring V4 to Ascend", "asks how to train it without Nvidia". */
const ASKED_WITHIN = compilePhrases([
  '(what|how|where) (it|they|one|deepseek|huawei|nvidia|beijing|washington|china|he|she|we|you) (would|could|might) (take|need|cost|mean|be|look|have)',
  '(=whether|=where|=when) to',
]);
const SUPPOSITION = compilePhrases([
  '(may|might|could|would) (turn|prove) out to be',
  '(would|will) then',
  '(=it) (=would) (=be)',
]);
/** Before the match: what comes behind it may be told of another thing. */
const UNREAL = compilePhrases([
  '(=could|=should) (=have)',
  '(=would) (=have) (=been) (ideal|better|best|perfect|useful|enough)',
]);
/** 要跑在昇腾上，难点在算子: what doing it would ask for. */
const ASKS_FOR = compilePhrases(['(难点|关键|门槛|前提|挑战|瓶颈)*(在|是|于|有)']);

const MYTHS = compilePhrases([
  '(myth|misconception|fallacy|fallacies|falsehood|untruths|hoax|fact check|factcheck|debunk)',
  '(stories|claims|things|rumours|rumors|statements|legends|tales) * (wrong|untrue|false|not true|never happened)',
  '(people|readers|we|media|press|reporters|everyone|everybody|outlets|posts|they) (got|get|gets) * wrong',
  '(fact or fiction|true or false|reality check|fact checked)',
  '(误区|谣言|辟谣|误解|不实|假消息|迷思|真假)',
]);
const ENUMERATED = compilePhrases([
  '(one|two|three|four|five|six|seven|first|second|third|fourth|fifth|next|finally|1|2|3|4|5|一|二|三|四|五|其)',
]);
/** In the sentence before the match, or in a headline above a list. */
function isMyth({ finding, reading, sentence }: Case): boolean {
  if (anyOf(MYTHS, reading, { first: sentence.first, last: finding.span.first })) return true;
  const title = reading.sentences[0];
  const opening = { first: sentence.first, last: Math.min(sentence.last, sentence.first + 4) };
  return title?.part === 'title' && anyOf(MYTHS, reading, rangeOf(title)) && anyOf(ENUMERATED, reading, opening);
}

const VERDICTS = compilePhrases([
  '(none|neither|nothing) of (them|these|this|it|the) * (true|right|stand|stands|hold|holds|correct|survive|survives|checks|add)',
  '(rate|rated|rating|call|called|judge|judged|deem|deemed|find|found|consider) (this|that|it|the claim|them) (as|to be|) (unsupported|unproven|false|misleading|wrong|baseless|unfounded|untrue|mostly false|unverified)',
  '(that|this|it|which) (is|was) (wrong|false|untrue|not so|not true|a myth|nonsense|incorrect|misleading)',
]);
/** "Multimodal": wrong. Said of the words themselves, right behind them. */
const LABELLED = compilePhrases([
  '(=wrong|=false|=untrue|=unsupported|=unproven|=incorrect|=misleading|=myth|=nope|=nonsense|=fiction)',
  '(not (true|so|quite|yet))',
  '(错|假|不实|不属实|误|否|谣)',
]);
const LABEL_REACH = 4;
function isLabelled({ finding, reading, sentence }: Case): boolean {
  const from = finding.span.last;
  for (let n = from; n < Math.min(sentence.last, from + LABEL_REACH); n += 1) {
    const text = textAt(reading, n);
    if (text === ':' || text === '—')
      return anyOf(LABELLED, reading, { first: n + 1, last: Math.min(sentence.last, n + 4) });
    if (text !== '"' && text !== "'" && reading.tokens[n]?.kind === 'mark') return false;
  }
  return false;
}
/** After the match or in the next sentence. */
const isJudged = ({ finding, reading, sentence }: Case): boolean =>
  anyOf(VERDICTS, reading, {
    first: finding.span.last,
    last: reading.sentences[finding.sentence + 1]?.last ?? sentence.last,
  });

const ASKS = compilePhrases(['(何时|是否|能否|会否|会不会|能不能|有没有|究竟|到底|吗|如何看待|怎么看|为何|为什么)']);
const ASKING_WORDS = new Set(
  'what how why when where who which whether will can could does do did is are was were should would has have'.split(
    ' ',
  ),
);

/** Where the words of the phrase that say the deed stand in the match. */
export function deedsIn({ says, span }: Finding, reading: IndexedReading): number[] {
  const found: number[] = [];
  for (let n = span.first; n < span.last; n += 1) {
    const token = reading.tokens[n];
    if (token !== undefined && !EMPTY_WORDS.has(token.text) && (says.has(token.stem) || says.has(token.text)))
      found.push(n);
  }
  return found;
}

/** Takes up a deed told before: "when V4 arrives, it will do so on Ascend". */
const DOES_SO = compilePhrases(['(do|does|did) so']);

/** "DeepSeek V4 now on Ascend": one name after the other at the head of a clause, with no verb of another deed near. */
function isPlain({ span }: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const before = reading.tokens[span.first - 1];
  const heads =
    span.first === sentence.first || before?.kind === 'mark' || before?.text === 'that' || before?.capital === true;
  if (!heads || reading.tokens[span.first]?.kind === 'han') return false;
  for (let n = span.first; n < span.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'han') return false;
    const small = EMPTY_WORDS.has(token.text) || SMALL_WORDS.has(token.text);
    if (token.kind === 'word' && !small && !token.capital && !/[0-9]/.test(token.text)) return false;
  }
  return true;
}
const SMALL_WORDS = new Set("now here finally also live up only already out 's new model next flagship".split(' '));

/** "The model has been reserved for Chinese chip firms": matched by names and a preposition, and no word of the deed beside them. */
function isHollow({ claim, finding, reading, sentence, others }: Case): boolean {
  if (finding.kind !== 'predicate' || claim.predicate.all.length === 0) return false;
  if (deedsIn(finding, reading).length > 0 || anyOf(DOES_SO, reading, finding.span)) return false;
  if (others.some((other) => other.sentence === finding.sentence && deedsIn(other, reading).length > 0)) return false;
  const nearMiss = anyOf(claim.exclude, reading, { first: sentence.first, last: finding.span.last });
  return nearMiss || (!isPlain(finding, reading, sentence) && !anyOf(claim.deeds, reading, rangeOf(sentence)));
}

/** "Weeks ago to tune", "early to tune", "in order to": a purpose. */
const LED_UP = new Set('ago early earlier ahead advance order first weeks theirs it copy copies access'.split(' '));

/** Found by a lone word: one of a title ("Action Plan") or of a purpose ("to tune their software"). */
function isFaint(one: Case): boolean {
  const { finding, reading, sentence } = one;
  if (finding.loose !== true || !isAlone(one)) return false;
  const { first } = finding.span;
  if (textAt(reading, first - 1) === 'to' && LED_UP.has(textAt(reading, first - 2))) return true;
  return sentence.part !== 'title' && first > sentence.first && reading.tokens[first]?.capital === true;
}

/** What makes a noun of a deed tell that it happens: "the release is due", "announced its launch". */
const TOLD = compilePhrases([
  '(=is|=are|=was|=were|=be|=been|=comes|=came|=come|=took|=takes|=happened|=marks|=marked|=follows|=followed|=arrives|=arrived|due|set|expected|planned|scheduled|slated|=will|=would|=could|=may|=might|=should|=has|=have|=had)',
  '(announce|confirm|celebrate|make|complete|begin|start|plan|schedule|report|hail|mark|prepare|target|eye)',
]);
const TOLD_REACH = 5;
const HAN_AFTERMATH = compilePhrases(['(进入|以来|之后|后|至今|已过|带来的|引发的|前夕|在即的|效应|概念|行情)']);

/**
 * Undated, a claim with a window is supported by news of the day. "Brokers pointed to the release of V4", "V4 发布进入第四天" is none: the
 * deed is a thing that is known.
 */
function isNominal({ claim, finding, reading, sentence, dated }: Case): boolean {
  if (claim.claim.frame.window === undefined || dated) return false;
  const deeds = deedsIn(finding, reading);
  const [deed] = deeds;
  const last = deeds.at(-1);
  if (deed === undefined || last === undefined) return false;
  const word = reading.tokens[deed];
  if (word?.kind === 'han')
    return find(HAN_AFTERMATH, reading, { first: last + 1, last: Math.min(sentence.last, last + 4) }).some(
      (cue) => cue.first === last + 1,
    );
  if (word === undefined || word.text.endsWith('ed') || !NOUN_MAKERS.has(textAt(reading, deed - 1))) return false;
  const around = {
    first: Math.max(sentence.first, deed - TOLD_REACH),
    last: Math.min(sentence.last, last + TOLD_REACH + 1),
  };
  return !anyOf(TOLD, reading, around);
}

const BEFORE = new Set('before after since following until ahead upon despite amid'.split(' '));
const NOUN_MAKERS = new Set("the a an its their his her this 's our any latest first".split(' '));

/** "Before the April launch": a deed that is known, told of nothing. */
function isBackground({ finding, reading, sentence }: Case): boolean {
  const [deed, ...more] = deedsIn(finding, reading);
  if (deed === undefined || more.length > 0) return false;
  const word = reading.tokens[deed];
  if (word?.kind !== 'word' || word.text.endsWith('ed')) return false;
  const before = reading.tokens[deed - 1];
  if (before === undefined || !(NOUN_MAKERS.has(before.text) || before.capital)) return false;
  for (let n = deed - 1; n >= Math.max(sentence.first, deed - 4); n -= 1) {
    const text = textAt(reading, n);
    if (BEFORE.has(text)) return true;
    if (text === ',' || text === 'and') return false;
  }
  return false;
}

const LIFTS = compilePhrases(['(带动|刺激|推动|提振|鼓舞|催化)']);
const LIFTED = compilePhrases(['(受|随着|因|由于|得益于)*(带动|刺激|推动|提振|影响|鼓舞|利好|催化)']);
const LIFT_REACH = 5;

/** What the claim has beyond its deed stands neither in the sentence nor, for a headline, in the one below it. */
const isLess = ({ claim, finding, reading, sentence }: Case): boolean =>
  claim.needs !== null &&
  (finding.kind === 'predicate' || finding.kind === 'inside') &&
  !anyOf(claim.needs, reading, {
    first: sentence.first,
    last: (sentence.part === 'title' ? reading.sentences[finding.sentence + 1] : undefined)?.last ?? sentence.last,
  });

/** Not there yet; for a claim that something is being prepared that is all it says, and such a claim has no predicate or is a forecast. */
const UNDER_WAY = compilePhrases([
  '(is|are|was|were) (still|now|currently|also|) being (worked on|developed|prepared|readied|built|tested|planned|drafted)',
  '(is|are|was|were|remain|remains) (still|) (in the works|in development|under development|in progress|under way|work in progress)',
  '(仍在|还在|正在|尚在)(开发|研发|研制|筹备|准备|推进|调试|测试|内测)',
]);
const isUnderWay = ({ claim, finding, reading, sentence }: Case): boolean =>
  claim.claim.kind === 'event' &&
  claim.predicate.all.length > 0 &&
  anyOf(UNDER_WAY, reading, clauseOf(reading, sentence, finding.span));

/** "Putting the last touches to a regulation that would let Commerce weigh each request": what a rule does once it is out, it does not yet. */
const UNBORN_RULE = compilePhrases([
  '(draft|finalise|prepare|consider|weigh|mull|plan|propose|polish|complete|finish|debate|discuss|circulate) * (rule|regulation|policy|guidance|change|measure|notice|shift|approach|text|framework)',
  LAST_TOUCHES,
  '(close|closer|near|nearer|nearing) (to|) * (rule|regulation|policy|change|decision|deal|shift|easing|stance|adopting|publishing)',
  '(about|expected|poised|set|ready|preparing|planning|likely) to (publish|issue|adopt|finalise|move|ease|switch|change|soften|loosen)',
  '(rule|regulation|policy|guidance|measure) * (could|may|might) (come|be|follow|appear|land) ',
  '(拟|考虑|计划|正在|起草|草拟|酝酿|即将|准备|研拟)*(规则|规定|新规|政策|法规|指引)',
]);
const isUnborn = (one: Case): boolean => one.claim.claim.kind === 'event' && governed(one, UNBORN_RULE, 1);

/** Done by mistake, undone or by somebody else's hand. */
const MISTAKES = compilePhrases([
  '(=accidentally|=inadvertently|=mistakenly|=erroneously|by mistake|in error|by accident|=hacked|=hackers|=hacker|=defaced)',
  '(apologised|apologized|apologises|apologizes) for (a|an|the) (message|notice|post|email|banner|note|error)',
  '(=took|=taken|=pulled) (it|them|the (model|weights|files|page)) (down|offline)',
  '(误发|误操作|误上线|失误|被黑|黑客|很快下架|随后下架|紧急撤下)',
]);

const PRONOUNS = new Set(['it', 'they', 'them', '它']);

const FORMS: readonly Form[] = [
  { name: 'not the thing', held: 'open', holds: (one) => isNotIt(one) },
  { name: 'condition', held: 'open', holds: isCondition },
  {
    name: 'attitude',
    held: 'open',
    holds: (one) => governed(one, FEAR) || (one.claim.claim.kind !== 'forecast' && governed(one, HOPE)),
  },
  {
    name: 'way to it',
    held: 'open',
    holds: (one) => one.claim.claim.frame.tense === 'done' && isApproach(one),
  },
  {
    name: 'past plan',
    held: 'open',
    holds: (one) => governed(one, PAST_PLAN) || follows(one, PAST_PLAN, 2),
  },
  {
    name: 'supposition',
    held: 'open',
    holds: ({ reading, sentence, finding }) =>
      anyOf(SUPPOSITION, reading, clauseOf(reading, sentence, finding.span)) ||
      anyOf(UNREAL, reading, {
        first: clauseOf(reading, sentence, finding.span).first,
        last: Math.min(sentence.last, finding.span.last + 1),
      }) ||
      anyOf(ASKS_FOR, reading, { first: finding.span.last, last: Math.min(sentence.last, finding.span.last + 5) }),
  },
  {
    // "Sources say it may run on Ascend" is a hedged report, "V4 may favour Huawei" a guess.
    name: 'guess',
    held: 'open',
    holds: (one) =>
      one.talk &&
      one.claim.claim.kind !== 'forecast' &&
      (governed(one, POSSIBLY, 0, VERB_BARRIERS) || follows(one, POSSIBLY, 3)),
  },
  { name: 'myth', held: 'open', holds: isMyth },
  { name: 'judged', held: 'open', holds: (one) => isLabelled(one) || isJudged(one) },
  {
    name: 'asked',
    held: 'open',
    holds: (one) => anyOf(ASKS, one.reading, rangeOf(one.sentence)) || governed(one, ASKED_WITHIN),
  },
  {
    name: 'asking headline',
    held: 'open',
    holds: ({ reading, sentence }) => sentence.part === 'title' && ASKING_WORDS.has(textAt(reading, sentence.first)),
  },
  { name: 'by mistake', held: 'open', holds: ({ reading, sentence }) => anyOf(MISTAKES, reading, rangeOf(sentence)) },
  { name: 'less than claimed', held: 'open', holds: isLess },
  { name: 'under way', held: 'open', holds: isUnderWay },
  { name: 'rule not out', held: 'open', holds: isUnborn },
  { name: 'hollow', held: 'open', holds: isHollow },
  { name: 'faint', held: 'open', holds: isFaint },
  {
    // "Training, it thinks, still leans on Nvidia": neither the doer nor the thing, and nobody says it.
    name: 'names nothing',
    held: 'open',
    holds: ({ claim, finding, talk, reading }) =>
      talk &&
      finding.named === 0 &&
      claim.slots.filter((slot) => slot.required).length > 1 &&
      (finding.loose === true || PRONOUNS.has(textAt(reading, finding.span.first))),
  },
  { name: 'background', held: 'other', holds: isBackground },
  { name: 'nominal', held: 'other', holds: isNominal },
  {
    // "The new model's debut lifts SMIC": dated news of something else.
    name: 'lifts',
    held: 'other',
    holds: ({ claim, reading, sentence, finding }) =>
      claim.claim.frame.window !== undefined &&
      (anyOf(LIFTS, reading, {
        first: finding.span.last,
        last: Math.min(sentence.last, finding.span.last + LIFT_REACH),
      }) ||
        anyOf(LIFTED, reading, rangeOf(sentence))),
  },
];

/**
 * What becomes of a finding that would support: null, it asserts; open, it is spoken of; other, it tells something else.
 *
 * talk: nobody is named behind it. others: everything of the article that would support the claim.
 */
export function heldBack(
  claim: CompiledClaim,
  finding: Finding,
  others: readonly Finding[],
  talk: boolean,
  reading: IndexedReading,
  published: NewsTime,
): Held | null {
  const sentence = reading.sentences[finding.sentence];
  if (sentence === undefined) return null;
  // Who answers a question says it, however it was put.
  if (claim.claim.kind !== 'forecast' && answerOf(finding, reading, sentence) === 'yes') return null;
  const dated = timesIn(reading, rangeOf(sentence), published).length > 0;
  const one: Case = { claim, finding, reading, sentence, talk, others, dated };
  return FORMS.find((form) => form.holds(one))?.held ?? null;
}
