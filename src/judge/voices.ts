/**
 * Whose voice it is not: "a former Huawei executive said", 华为经销商表示, "a man posing as a DeepSeek spokesman". The name stands beside the
 * verb, and somebody else speaks.
 */
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import type { Mention } from './names.ts';
import { hanAt, textAt } from './tokens.ts';

/** In front of the name, in its own words: he was one of them, pretends to be, or is against them. */
const BEFORE = new Set(
  'former ex onetime retired fake faked bogus forged parody spoof lookalike unverified purported suing covering critical posing impersonating pretending imitating copies copying copied mimics mimicking mimicked cloned hacked phishing doctored edited manipulated claiming purporting using against used rivals customers suppliers critics'.split(
    ' ',
  ),
);
const BEFORE_REACH = 4;
/** Between the name and the verb: those around it. */
const BETWEEN = new Set(
  'former ex retired fake copycat clone fanatic distributor distributors dealer dealers reseller resellers supplier suppliers customer customers client clients partner partners shareholder shareholders critic critics biographer union fan fans chatbot lookalike parody rival rivals competitor competitors user users impersonator impersonators'.split(
    ' ',
  ),
);
/** "A rival of DeepSeek". */
const OF_IT = new Set(
  'rival competitor critic customer supplier distributor dealer backer user fan client partner neighbour'.split(' '),
);
const HAN_BEFORE = [
  '曾任',
  '自称',
  '冒充',
  '山寨',
  '假冒',
  '冒用',
  '伪造',
  '离职',
  '离任',
  '卸任',
  '退休',
  '辞职',
  '研究',
  '看好',
  '高仿',
  '疑似',
  '号称',
  '盗用',
  '仿冒',
];
const HAN_BEFORE_REACH = 6;
const HAN_BETWEEN = [
  '离职',
  '曾任',
  '经销商',
  '供应商',
  '客户',
  '伙伴',
  '粉丝',
  '概念股',
  '代理商',
  '股东',
  '批评者',
  '竞争对手',
  '分拆',
  '传记',
  '网友',
  '名义',
  '机器人',
  '助手',
  '模型回',
  '模型答',
  '模型称',
];

/** Right before a name it makes it what somebody else has to do with: "lawyers who deal with BIS said", "people around Huawei said". */
const ASIDE = new Set('with around behind near outside beyond versus'.split(' '));
/** "A DeepSeek engineer said": one of many, unnamed, speaks for nobody. */
const ONE_OF_MANY = new Set('a an one two three some several many unnamed anonymous junior'.split(' '));
const STAFF = new Set(
  'engineer engineers researcher researchers employee employees staffer staffers worker workers developer developers scientist scientists insider insiders programmer programmers technician technicians intern interns'.split(
    ' ',
  ),
);
const AT = new Set(['at', 'for', 'of', 'from', 'with']);
const AGENTS = new Set(
  'recruiter headhunter contractor consultant adviser advisor lobbyist lawyer tester cleaner guard'.split(' '),
);
const HAN_ONE_OF_MANY = ['名', '位', '某', '有', '个'];
const HAN_STAFF = [
  '工程师',
  '员工',
  '研究员',
  '研究人员',
  '内部人士',
  '程序员',
  '实习生',
  '职员',
  '技术人员',
  '开发人员',
];
/** Its own product is no person of it: "DeepSeek's model answered that". */
const PRODUCTS = new Set('model models assistant bot bots app apps'.split(' '));
const PRODUCT_PAPERS = new Set('card cards documentation docs page paper report team lab division blog'.split(' '));

function isOneOfMany(reading: IndexedReading, { first, last }: Mention): boolean {
  if (HAN_ONE_OF_MANY.includes(textAt(reading, first - 1)))
    return [0, 1, 2, 3].some((step) => HAN_STAFF.some((word) => hanAt(reading, last + step, word)));
  // "An intern at DeepSeek said", "a recruiter for Huawei said".
  if (
    AT.has(textAt(reading, first - 1)) &&
    (STAFF.has(textAt(reading, first - 2)) || AGENTS.has(textAt(reading, first - 2)))
  )
    return [3, 4].some((step) => ONE_OF_MANY.has(textAt(reading, first - step)));
  if (!ONE_OF_MANY.has(textAt(reading, first - 1))) return false;
  const at = [0, 1, 2].map((step) => last + step).find((n) => STAFF.has(textAt(reading, n)));
  // "A DeepSeek researcher, Chen Deli, said": a named one.
  return at !== undefined && reading.tokens[textAt(reading, at + 1) === ',' ? at + 2 : at + 1]?.capital !== true;
}

/** "Lawyers who deal with BIS": the name stands in what is told of others; "Liang, who founded DeepSeek" is its own man. */
function isInClauseOfOthers(reading: IndexedReading, { first }: Mention, floor: number): boolean {
  for (let n = first - 1; n >= Math.max(floor, first - WHO_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || OWN_HEADS.has(token.text)) return false;
    if (token.text === 'who') return true;
  }
  return false;
}
const WHO_REACH = 6;
const OWN_HEADS = new Set(
  'heads leads runs chairs oversees founded cofounded started created owns represents'.split(' '),
);

function isAside(reading: IndexedReading, { first }: Mention, floor: number): boolean {
  const lead = textAt(reading, first - 1) === 'the' ? first - 2 : first - 1;
  if (lead < floor) return false;
  // "DeepSeek, working with Huawei, said": an aside of the speaker.
  if ([2, 3].some((step) => textAt(reading, lead - step) === ',')) return false;
  return ASIDE.has(textAt(reading, lead)) || (textAt(reading, lead) === 'to' && textAt(reading, lead - 1) === 'close');
}

/** 前 is former before a name or right behind it, and not in 日前, 此前, 前日. */
const isFormerly = (reading: IndexedReading, at: number): boolean =>
  textAt(reading, at) === '前' &&
  !['日', '此', '之', '目', '先', '早', '以', '年', '月', '天'].includes(textAt(reading, at - 1)) &&
  !['日', '天', '夕', '述', '不'].includes(textAt(reading, at + 1));

/** Whether the name only says whom somebody else once belonged to, imitates or is against. */
export function isBehindStranger(reading: IndexedReading, mention: Mention, floor: number): boolean {
  const { first } = mention;
  if (isFormerly(reading, first - 1)) return true;
  if (textAt(reading, first - 1) === 'of' && OF_IT.has(textAt(reading, first - 2))) return true;
  if (isOneOfMany(reading, mention) || isInClauseOfOthers(reading, mention, floor)) return true;
  if (isAside(reading, mention, floor)) return true;
  for (let n = first - 1; n >= Math.max(floor, first - HAN_BEFORE_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== '-' && token.text !== '"')) return false;
    if (token.kind === 'han') {
      if (HAN_BEFORE.some((word) => hanAt(reading, n, word))) return true;
    } else if (first - n <= BEFORE_REACH && BEFORE.has(token.text)) return true;
  }
  return false;
}

/** Who tells it instead, however many commas after the name: 华为昇腾芯片上，分析师称. */
const HAN_TELLERS = ['分析师', '专家', '券商', '知情', '消息人士', '业内', '博主', '学者', '律师', '网友'];
export const isTellerAt = (reading: IndexedReading, at: number): boolean =>
  HAN_TELLERS.some((word) => hanAt(reading, at, word));

/** Whether the token behind a name makes its distributors, customers or former people the speakers. */
export function isStrangerBehind(reading: IndexedReading, { last }: Mention, at: number): boolean {
  const token = reading.tokens[at];
  if (token === undefined) return false;
  if (PRODUCTS.has(token.text)) return !PRODUCT_PAPERS.has(textAt(reading, at + 1));
  if (token.kind !== 'han') return BETWEEN.has(token.text);
  if (at === last && isFormerly(reading, at)) return true;
  // 股东大会, 合作伙伴大会: where it speaks itself.
  const word = HAN_BETWEEN.find((one) => hanAt(reading, at, one));
  return word !== undefined && textAt(reading, at + word.length) !== '大';
}

/** A paper that nobody vouches for. */
const FORGED = compilePhrases([
  '(leaked|fake|faked|forged|bogus|purported|alleged|unverified|fabricated)',
  '(posted|generated|made|written|shared|uploaded|edited) by (=a|=an|=some|=one|=users|=fans)',
  '(=user|=users) (generated|made|posted)',
  '(paper|report|study) (by|from|of) * (researchers|academics|scientists|university|students)',
  '(伪造|泄露|流出|网传|自制|假的)',
]);
export const isForged = (reading: IndexedReading, range: Span): boolean =>
  anyOf(FORGED, reading, range) || anyOf(FAKED, reading, range);

/** What shows somebody say what he never said. */
const FAKED = compilePhrases([
  '(fake|faked|forged|bogus|fabricated|doctored|deepfake|deepfaked|manipulated|spoofed|phishing|lookalike|look alike|copycat|impostor|imposter|parody|spoof|hacked|ai generated|ai made|synthetic) * (video|clip|audio|recording|account|accounts|site|website|page|post|press release|release|statement|memo|letter|email|screenshot|notice|announcement|document|image|tweet|invoice|receipt|photo|chat|log|licence|license|translation)',
  '(video|clip|audio|recording|image|voice) (generated|made|created|faked|synthesised|synthesized|cloned) (by|with|using) (=ai|artificial|a chatbot)',
  '(=ai|人工智能|深度)(合成|生成|伪造|换脸|造假)',
  '(深伪|换脸|合成)(视频|影片|制作|技术|音频|产物)',
  '(ps|p图|拼接|篡改|合成)*(截图|图片|公告|视频)',
  '(伪造|假冒|冒充|山寨|冒用|盗用|仿冒|仿造|高仿|钓鱼|被盗|被黑)*(视频|账号|帐号|网站|官网|公告|声明|截图|名义|页面|邮件|录音|文件|公众号|微博|身份)',
]);
/** Such a thing before `until` in the range, in no statement of its own. */
export function fakedBefore(reading: IndexedReading, range: Span, until: number): Span | null {
  const faked = find(FAKED, reading, { first: range.first, last: until }).at(-1);
  if (faked === undefined) return null;
  for (let n = faked.last; n < until; n += 1)
    if (reading.tokens[n]?.text === ',' && reading.tokens[n - 1]?.kind !== 'han') return null;
  return faked;
}

/** People who tell of another's act: it stands on their word. */
const BYSTANDERS = compilePhrases([
  '(=posing|=posed|=masquerading|=masqueraded) as',
  '(=impersonating|=pretending|=purporting)',
  '(lobbyist|lobbyists|think tank|think tanks|industry group|trade group|lawmaker|lawmakers|senator|senators|critics|activists|user|users) (said|says|say|claimed|claims|accused|accuse|accuses|wrote|alleged)',
  '(lawyer|lawyers|attorney|attorneys|analyst|analysts|consultant|consultants|economist|economists|trader|traders) * (said|says|say|claimed|wrote|noted)',
  '(former|ex|retired) * (official|officials|chief|employee|engineer|executive|staffer) * (said|says|claimed|wrote|recalled)',
]);
export const isToldByOthers = (reading: IndexedReading, range: Span, mentions: readonly Mention[]): boolean =>
  anyOf(BYSTANDERS, reading, range) || isToldByStranger(reading, range, mentions);

/** "The Bank for International Settlements (BIS) said": a long name with its letters, and nobody's who is listed. */
function isToldByStranger(reading: IndexedReading, { first, last }: Span, mentions: readonly Mention[]): boolean {
  for (let n = first + 2; n < last - 1; n += 1)
    if (textAt(reading, n) === ')' && SAYS.has(textAt(reading, n + 1)) && reading.tokens[n - 1]?.capital === true)
      return !mentions.some((mention) => mention.first < n && mention.last >= n - 2);
  return false;
}
const SAYS = new Set('said says announced confirmed stated wrote'.split(' '));

/** What a party's word is about, when it is about others' words: "was aware of reports that", 注意到有关...的报道. */
const OTHERS_WORDS = compilePhrases([
  '(aware|informed|delighted|surprised|concerned|reviewing|investigating|examining|checking|studying|regretted|regrets|regret|noticed|seen|saw|read|shared) (of|by|about|at|) (the|a|media|press|recent|some|online|) * (reports|report|rumours|rumors|claims|allegations|speculation|post|posts|remark|remarks|coverage)',
  '(reports|rumours|rumors|rumour|rumor|claims|allegations|speculation|remark|posts) (that|of|claiming|saying)',
  '(critics|competitors|rivals|users|others|media|outlets|analysts|some) (assume|claim|claimed|say|said|spread|had spread|believe|had reported|reported)',
  '(had|has|have) (reported|claimed|alleged|rumoured)',
  '(premature|wrong|misleading|too early) to (say|claim|conclude)',
  '(关于|有关|注意到|回应)*(报道|传闻|消息|说法|传言)',
  '有(报道|传闻|消息)称',
]);
const CONFIRMING = new Set([
  'confirmed',
  'confirms',
  'confirm',
  'confirming',
  'acknowledged',
  'admitted',
  '证实',
  '确认',
]);

/** "Said in its technical report that": its own. */
const OWN_PAPERS = new Set(['technical', 'tech', 'annual', 'quarterly', 'earnings', 'financial', 'safety', 'research']);
const REPORT = new Set(['report', 'paper', 'filing']);

/** Between a party's verb and what is found: a statement about somebody else's statement, which it does not make its own. */
export function isAboutOthersWords(reading: IndexedReading, between: Span): boolean {
  for (let n = between.first; n < between.last; n += 1) {
    if (CONFIRMING.has(textAt(reading, n)) || hanAt(reading, n, '证实') || hanAt(reading, n, '确认')) return false;
    if (OWN_PAPERS.has(textAt(reading, n)) && REPORT.has(textAt(reading, n + 1))) return false;
  }
  // "Said that, contrary to media reports, V4 does not": set against them, and its own.
  let first = between.first;
  // "Said in a WeChat post that": the post is its own.
  for (const { last } of find(OWN_CHANNEL, reading, between)) first = Math.max(first, last);
  for (let n = between.first; n < between.last; n += 1)
    if (AGAINST.has(textAt(reading, n)))
      for (let end = n + 1; end < between.last && first <= n; end += 1)
        if (textAt(reading, end) === ',') first = end + 1;
  const rest: Span = { first, last: between.last };
  return anyOf(OTHERS_WORDS, reading, rest) || anyOf(FAKED, reading, rest);
}
const OWN_CHANNEL = compilePhrases([
  '(=in|=on|=via|=through) (=a|=an|=its|=their) (wechat|weibo|x|official|brief|short|blog|social|media|linkedin|joint|formal|written|press|public|) (post|statement|note|message|release)',
]);
const AGAINST = new Set(['contrary', 'despite', 'unlike', 'notwithstanding']);
