/**
 * The language of news in tables: who speaks, how surely, and what turns a statement around. English and Chinese, one reason a row.
 *
 * These are rules about reporting, never about DeepSeek or Huawei: swapping every name for an invented one must not change a judgement.
 * Chinese is written Simplified; Traditional text is folded before it is matched. Patterns follow phrase.ts.
 */
import { stem } from './stem.ts';

const stems = (words: string): ReadonlySet<string> =>
  new Set(
    words
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => stem(word)),
  );

/** Verbs by which a page relays or an outlet reports. */
export const SPEECH = stems(
  'say tell report announce confirm claim state note write add disclose reveal post publish acknowledge warn insist suggest indicate describe explain detail show learn declare testify admit deny reject dispute assert contend argue promise pledge reiterate stress emphasise clarify comment respond reply document list mention cover allege estimate forecast expect concede credit quote cite maintain relay break attribute hear heard learn learnt understand find found scoop noted notes noting',
);

/** Verbs by which a company or a public body speaks for itself. Narrower: "Huawei lists", "DeepSeek is expected" are no statements. */
export const PARTY_SPEECH = stems(
  'say tell announce confirm claim state note add disclose reveal post publish acknowledge warn insist declare testify admit deny reject dispute refute assert contend promise pledge reiterate stress emphasise clarify comment respond reply answer document inform notify concede dismiss detail describe explain write tout boast outline affirm vow conclude allege determine verify noted notes noting',
);

/** What may stand between a speaker and the verb: roles, adverbs, auxiliaries. */
export const SPEAKER_FILLERS = new Set(
  `'s , chief executive officer ceo cfo cto coo spokesperson spokesman spokeswoman official officials president vice chairman chairwoman chair founder co founder department secretary assistant deputy under minister senior head director manager lawyer general counsel
  statement filing document documents documentation docs guide model card page website site notice paper blog post posts release releases report reports note notes technical team researchers researcher engineers engineer executives executive representative representatives account press finance financial lab group partners team research institute consortium
  news agency newspaper site newswire network broadcaster
  boss exec followed came out issued put with
  has have had is was also already later earlier previously first separately then again now recently on of for at a an the in and its his her who officially publicly formally explicitly itself just only today yesterday monday tuesday wednesday thursday friday saturday sunday this last week month`
    .split(/\s+/)
    .filter(Boolean),
);

/** Chinese verbs of speech, longest first; each is a token sequence. */
export const HAN_SPEECH = [
  '公开表示',
  '正式宣布',
  '通知开发者',
  '通知用户',
  '告知开发者',
  '告知用户',
  '报道',
  '报导',
  '表示',
  '指出',
  '透露',
  '披露',
  '澄清',
  '辟谣',
  '反驳',
  '驳斥',
  '解释',
  '注明',
  '写明',
  '明确',
  '宣布',
  '证实',
  '确认',
  '强调',
  '援引',
  '引述',
  '引用',
  '坦言',
  '坦承',
  '承诺',
  '直言',
  '声称',
  '宣称',
  '通报',
  '预告',
  '介绍',
  '强调',
  '公布',
  '公告',
  '发文',
  '写道',
  '回应',
  '回答',
  '辟谣',
  '答复',
  '否认',
  '告诉',
  '独家',
  '消息',
  '获悉',
  '声明',
  '承认',
  '重申',
  '称',
  '说',
  '指',
  '：',
  '曾报',
  '所报',
  '所述',
  '报称',
];

/** Left of a name: the name is what the page, or the outlet before it, relies on. */
export const CITED_BY = [
  'citing',
  'cites',
  'cited',
  'quoting',
  'quotes',
  'quoted',
  'crediting',
  '援引',
  '引述',
  '引用',
  '转引',
  '转述',
  '引自',
];

/** Sources nobody names. They belong to the outlet that spoke to them. */
export const ANONYMOUS = [
  '(one|two|three|four|five|six|several|some) (=lobbyists|=dealers|=resellers|=aides|=staffers|=diplomats|=bankers|=technicians|=scientists|=contractors|=partners|=staff) * (said|told|say|says|tell)',
  '(a|one) (=person|=manager|=engineer|=employee|=staffer|=technician) (at|of|inside|within|with) * (said|says|told)',
  '(people|person|sources|source|individuals|officials|executives|two|three|four|several) familiar with',
  '(people|person|sources|source|individuals|officials) (briefed|with (direct|) knowledge|close to|aware of|involved in|who (requested|asked|declined|spoke|have|has|had))',
  '(one|two|three|four|five|six|several|multiple|some|anonymous|unnamed|unidentified|industry) (people|sources|insiders|individuals|persons)',
  '(a|one|another|second|industry) (source|insider) (said|says|told|described|added|close|familiar)',
  '(sources|insiders) (say|said|tell|told|claim|claimed|indicate|suggest|reveal|at|inside|close|within)',
  'according to (people|sources|insiders|two|three|officials)',
  'citing (people|sources|insiders|two|three|four|unnamed|unidentified|anonymous|a person|a source)',
  '(senior|unnamed|anonymous|administration|government) (officials|official)',
  '(us|american|chinese|trump|washington|beijing|government|administration|senior) (official|officials|representative|representatives) (say|says|said|believe|believes|believed|allege|alleges|alleged|claim|claims|claimed|tell|tells|told|have|maintain|maintains|insist|insists|suspect|suspects|contend|contends|accuse|accuses|think|thinks)',
  '(according to|quoting|cites|citing) (a|an|one|two|three) (us|american|senior|chinese|government|administration|trump|unnamed) * (official|officials|representative|aide)',
  '(a|one|another|two|three|four|five) (=insider|=insiders|=sources|=people)',
  'trio of (sources|people|insiders)',
  'on condition of anonymity',
  'asked not to be (named|identified)',
  '知情人士',
  '消息人士',
  '知情者',
  '内部人士',
  '业内人士',
  '匿名人士',
  '匿名',
  '(两|三|四|五|六|多|数)(名|位)*(人士|知情者|员工)',
  '要求匿名',
  '线人',
  '接近*(的人士|人士)',
  '(people|person|source|sources|employees|engineers|staff) (at|inside|within|from) * who',
  '供应链人士',
  '(名|位)*(官员|高管|代理|员工)',
  '(高级|高层|资深|政府|美方|匿名)官员',
  '官员(称|表示|透露|声称|指)',
  '(one|two|three|four|five|six|several|some) (=agents|=brokers|=suppliers|=executives|=employees|=engineers|=buyers|=officials|=traders|=distributors|=customers|=managers|=lawyers|=researchers) * (said|told|say|says)',
];

/** At least a kind of teller is named. */
const TELLERS = [
  '(a|one|another|us|american|chinese|british|japanese|taiwanese|german|french) (tech|technology|business|trade|financial|) (publication|outlet|newspaper|site|magazine|broadcaster|blog|paper|newsletter|portal) (=reported|=reports|=said|=says|=wrote|=writes)',
  '法人*(指|称|认为|表示|预期)',
  '(=analysts|=lawyers|=distributors|=traders|=dealers|=experts|=researchers|=observers|=engineers|=executives|=brokers|=resellers) (say|said|believe|told|estimate|expect|think|reckon)',
  '(券商|研报|机构|分析师|投行|业界|业内|市场人士|产业链)*(称|指|指出|认为|表示|预计|透露)',
  '(a|one|the|another) (professor|academic|scholar|expert|analyst|consultant|lawyer|trader|economist) * (says|said|believes|thinks|estimates|told|argues|noted|notes|reckons)',
  '(=developers|=users|=testers|=scientists|=professors|=insiders|=bankers|=investors) (say|said|believe|told|estimate|expect|think|reckon)',
  'according to (reports|a report|media|news|multiple|several)',
  'it (is|was|has been) (widely|) reported',
  '(media|press|outlets|newspapers|papers) (now|also|have|) (say|says|said|report|reported|claim|claimed|suggest|suggested)',
  '(the|a|one|new) report (says|said|suggests|suggested|claims|claimed|adds|added|notes|noted)',
  'outlets reported',
  '(as per|per) (a|one|the|media|news) (report|reports)',
  '据报道',
  '据报',
  '据悉',
  '据了解',
  '(有|多家|外国|国内|科技|海外)媒体',
  '外媒',
  '媒体(报道|称|指|曝|透露)',
  '有消息',
  '消息',
  '传出',
  '外传',
];

/** Relays without a name. Counted as attributed to nobody. */
export const VAGUE = [
  ...TELLERS,
  '(media|news|press|multiple|several|various|recent|earlier|other) (reports|outlets|report|media)',
  'reports (say|said|suggest|suggested|claim|claimed|indicate|indicated|that|emerged|of)',
  'report (says|suggests|claims)',
  'reportedly',
  'reported(ly|)(to|) (have|be)',
  '(is|are|was|were) (said|reported|understood|believed|thought) to',
  'as reported',
  '报道称',
  '报道指',
  '消息称',
  '消息指',
  '陆传',
  '关传',
  '却传',
  '据称',
];

/** Of these, what names at least a kind of teller: media. A bare "reportedly" is talk. */
export const MEDIA = [
  ...TELLERS,
  '(media|news|press|multiple|several|various) (reports|outlets|report|media)',
  'reports (say|said|suggest|suggested|claim|claimed|indicate|indicated|that|of)',
  '(is|are|was|were) (said|understood|believed|thought) to',
  '(=was|=were|=been) reported',
  'reported (bulk|large|massive|) (orders|order|purchase|deal)',
  '报道(称|指)',
  '消息(称|指)',
];

/** Talk without anybody behind it. */
export const LEAKS = [
  'leak',
  'leaks',
  'leaked',
  'leaker',
  'rumor',
  'rumors',
  'rumored',
  'rumour',
  'rumours',
  'rumoured',
  'whispers',
  'whisper',
  'speculation',
  'speculate',
  'speculated',
  'tipster',
  'blogger',
  'chatter',
  'grapevine',
  'gossip',
  'unconfirmed (reports|report|claims)',
  'social media posts',
  'on (reddit|weibo|twitter|x|social media)',
  'viral (post|claim)',
  '网传',
  '供应链(传|传出|消息|爆料)',
  '爆料',
  '传闻',
  '疯传',
  '传言',
  '据传',
  '小道消息',
  '博主',
  '泄露',
  '流出',
  '曝光',
  '盛传',
  '坊间',
  '网友',
  '流言',
  '谣传',
];

/** The author did it himself. */
export const FIRSTHAND = [
  '(reviewers|testers|developers|users|evaluators|benchmarkers) (found|find|report|reported|discovered|noticed|confirmed)',
  '(my|our) * (serves|served|runs|ran|handles|answered|managed|boots|booted|box|rig|node|setup)',
  '(we|i) (spun|booted|loaded|served|timed|clocked|rented|bought|ordered|ran|pulled|fed|sent|uploaded|threw|set|got|hooked|compiled) ',
  '(we|i) (looked|refreshed|visited|opened|queried|probed|called|rang|recorded|show|showed|spent) ',
  '(our|my) (requests|request|prompts|calls|photos|images|screenshots|recording)',
  '(as we|we) (saw|have seen) (ourselves|for ourselves)',
  '(we|i) (tested|ran|measured|tried|checked|benchmarked|verified|found|asked|downloaded|deployed|installed|confirmed|counted)',
  '(our|my) (own|) (test|tests|testing|measurement|measurements|benchmark|benchmarks|check|checks|analysis|trial|run|runs)',
  'in (our|my) (hands|lab|testing)',
  '(the|this|our) (team|author|reviewer|tester|testers|developer) (measured|tested|ran|benchmarked|checked|verified|reproduced|tried)',
  '(independent|hands on) (test|tests|testing|measurement|measurements)',
  'as of (writing|this writing|publication|press time|today|now)',
  'at (the time of writing|press time)',
  '(a|the|one) (developer|user|reviewer|tester|researcher|engineer) (reports|reported|found|finds|tested|concludes|concluded)',
  'live (test|tests)',
  '(checked|tested|measured) (by us|ourselves)',
  '实测',
  '亲测',
  '(笔者|小编|我)(测试|试用|体验|用|在|把|拿|花|部署|跑|查)',
  '我们测试',
  '(测试|评测)(团队|结果|发现|显示)',
  '截至(发稿|目前|今日|本文)',
  '本报(测试|查证)',
];

/** The author's own inference. */
export const OPINION = [
  '(in|to) my (view|opinion|mind)',
  '(i|we) (think|believe|suspect|expect|argue|bet|doubt|guess|predict)',
  '(the (article|author|essay|piece|newsletter|column|columnist|post|writer|commentary|editorial|blogger|reviewer|pundit)) (argues|thinks|believes|reckons|suspects|contends|speculates|asserts|concludes|sees|calls|warns|suggests)',
  '(op ed|opinion piece|guest column)',
  'my (take|guess|bet)',
  'if you ask me',
  '评论认为',
  '笔者认为',
  '我认为',
  '作者认为',
  '作者(质疑|指出|判断|推测)',
  '(社论|评论|专栏|点评)',
  '个人(分析|看法|观点)',
  '本人认为',
];

/** "The report said", "he added": the speaker is whoever was credited last. */
export const ANAPHORA_OUTLET = [
  '(the|that|this) (report|newspaper|outlet|paper|publication|article|story|agency|site|news outlet|news agency|wire|magazine|news site|newsletter|daily|weekly) (reports|writes|said|says|say|added|adds|noted|notes|claims|claimed|stated|states|also|suggests|wrote|reported|describes|cited|cites|quoted)',
  'it (reported|quoted|cited)',
  'the (report|newspaper|outlet|paper|publication|article|story|agency) (described|describes|called|calls|put|puts|identified)',
  'by (the|that) (report|newspaper|outlet|paper|publication|agency|site|magazine)',
  '该(报|媒体|报道|文章|网站|杂志)',
  '报道(还|并|又|同时|亦)?(称|指|说|提到|指出)',
  '文章(称|指出)',
];
export const ANAPHORA_PARTY = [
  'the (chief executive|ceo|cfo|finance chief|chief financial officer|spokesperson|spokesman|spokeswoman|founder|chairman) (said|says|told|added|adds|confirmed|noted|stated)',
  '(its|their|the company|the firm) (chief executive|ceo|chief|cfo|finance chief|spokesperson|spokesman|spokeswoman|founder|chairman|president|head|executives) * (said|says|told|added|confirmed|announced|denied|noted)',
  '(the|that) (telecom|telecoms|equipment|networking|software|internet|search|social|hangzhou|chinese|china s|beijing|shenzhen|us|american|california|santa|ai|tech|chip) (clara|based|ai|tech|chip|) (based|ai|tech|chip|) (company|firm|startup|start up|chipmaker|lab|developer|vendor|giant|maker|group) (said|says|added|adds|announced|announces|confirmed|confirms|stated|states|wrote|noted|notes|denied|denies|disclosed|informed|notified)',
  '(the|that) (company|firm|startup|start up|chipmaker|lab|developer|vendor|department|agency|bureau|ministry|regulator|official|executive|spokesperson|spokesman|group|team) (lists|list|listed|writes|describes|described|calls|called|puts|said|says|added|adds|announced|announces|confirmed|confirms|stated|states|wrote|noted|notes|told|denied|denies|disclosed|informed|notified)',
  'it (says|said|adds|states|stated|added|confirmed|confirms|acknowledged|denied|denies)',
  '(该|这家)(公司|企业|部门|机构)*(表示|称|宣布|指出|透露|说|强调|回应|确认|证实|否认|坦言|披露|公告|通知)',
];

/** Official acts that are on record when done: a regulator issues, a parliament votes. */
export const ACTS = stems(
  'issue publish withdraw pull scrap revoke rescind move open ease loosen clear approve pass vote clarify state amend revise add remove ban rule adopt release launch announce finalise finalize shift change update switch replace allow permit authorise authorize license designate list grant block bar impose extend suspend enact introduce advance sign codify formalise formalize unveil post codified confirm make set change relax',
);
/** Acts whose stems are other words too ("back at their desks", "at the end", "in order"): as verbs only. */
export const ACT_FORMS: ReadonlySet<string> = new Set(
  'drops dropped swaps swapped ends ended lifts lifted backs backed endorses endorsed tightens tightened reverses reversed ordered'.split(
    ' ',
  ),
);
export const HAN_ACTS = [
  '发布',
  '公布',
  '撤回',
  '撤销',
  '批准',
  '核准',
  '放行',
  '通过',
  '表决',
  '修订',
  '改为',
  '列入',
  '禁止',
  '允许',
  '宣布',
  '推出',
  '颁布',
  '实施',
  '调整',
  '放宽',
  '收紧',
  '明确',
  '准许',
  '许可',
  '澄清',
  '修改',
  '准售',
  '正式',
];

/** What a company does in public: everybody can see that it is done. */
export const COMPANY_ACTS = stems(
  'release launch unveil open-source publish introduce debut announce roll post upload ship',
);
export const HAN_COMPANY_ACTS = ['发布', '推出', '开源', '上线', '公布', '宣布', '发表', '公开'];

/** A party's own paper, named without the party: its word all the same. Whose, the claim's authority tells. */
export const DOCUMENTS = [
  '(the|its|their) (own|official|) (documentation|docs|changelog) (says|say|shows|show|states|state|lists|list|gives|give|puts|put|names|reads|confirms)',
  '(by|in) the official (card|documentation|docs)',
  '(notice on|notice posted|filings show|filing shows|regulatory filing|regulatory filings|exchange filing|company filings|model card|release notes|technical report|page report|page paper|technical paper|official (documentation|document|documents|docs|page|website|announcement|blog|post|notice|filing|account|wechat)|tech report|system card|api docs|api documentation|api page|pricing page|price page|changelog|change log|release note|readme|federal register|docket (shows|lists|says)|roll call|clerk s record)',
  '据(官方|官网)',
  '公告(称|显示|指出|表示)',
  '官方(介绍|表示|称|宣布|数据|消息|披露|透露)',
  '官方(文档|文件|公告|页面|网站|博客|说明|公众号|通知|定价|技术报告)',
  '(模型卡|技术报告|发布说明|更新日志|联邦公报)',
];

/** A sentence that says who had it first: it credits the one before. */
export const CREDITS_BEFORE = [
  '(it|this|that|news|plan|proposal|report|story|move|order|decision|details|development|rule|draft|information) (was|were|had been) (first|earlier|previously|originally|) (reported|published|revealed|disclosed|broken)',
  '(which|who|that) (broke|first reported|had first|first had|revealed|first carried) (the|this|it) (story|news|report|scoop|)',
  '(was|were) (the|) first to (report|publish|carry|reveal|break|disclose)',
  'first (reported|carried|published|broken|aired|revealed) (by|in|on)',
  '(reported|published|revealed|broke) (it|this|that|the news|the story|the plan|the details) (first|earlier|on)',
  '(此消息|该消息|消息)(由|最早由|最先由|率先由)',
];

/** "He added": whoever the sentence before credits, a professor as much as a chief executive. */
export const ANAPHORA_PERSON = [
  '(he|she) (said|says|added|adds|told|noted|stated|confirmed|expects|expected|argued|wrote)',
  '=they (=said|=say|=added|=told|=noted)',
  '(他|她)(表示|说|称|指出|强调|还|并|预期|预计|坦言|认为)',
];

/** A sentence that goes on about what the last one said: "The company ...", "It ...", 该模型. */
export const GOES_ON =
  '(it|they|both|the (company|firm|model|chip|chips|system|rule|agency|bureau|department|startup|card|product|release|preview|change|update)|its|this|these|该|其|两者|双方)';
