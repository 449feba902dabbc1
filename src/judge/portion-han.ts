/**
 * The same in Chinese (portion.ts), where the head comes last: 发布 V4 技术报告 puts out a report, 发布 V4 预览版并开源 the model.
 */
import type { Finding } from './frame.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases } from './phrase.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt } from './tokens.ts';

const ACTS = [
  '发布',
  '推出',
  '上线',
  '亮相',
  '开源',
  '公开',
  '公布',
  '发表',
  '开售',
  '发售',
  '交付',
  '出货',
  '发货',
  '供货',
  '开放',
  '撤回',
  '撤销',
  '上架',
  '寄出',
  '送达',
  '运抵',
  '到货',
  '售出',
];
/** What is not the thing; latin ones are words of their own. */
const OTHER_HEADS = [
  '报告',
  '论文',
  '白皮书',
  '文档',
  '说明',
  '指南',
  '手册',
  '教程',
  '公告',
  '声明',
  '通知',
  '通告',
  '预告',
  '海报',
  '视频',
  '宣传片',
  '短片',
  '倒计时',
  '邀请',
  '招聘',
  '岗位',
  '职位',
  '内测资格',
  '跑分',
  '测试结果',
  '基准',
  '评测',
  '成绩',
  '价格',
  '定价',
  '时间表',
  '路线图',
  '计划',
  '进展',
  '官网',
  '网页',
  '页面',
  '网站',
  '发布会',
  '直播',
  '活动',
  '大赛',
  '样品',
  '样片',
  '样卡',
  '样机',
  '模型机',
  '工具包',
  '数据集',
  '训练数据',
  '章节',
  '细节',
  '草图',
  '新闻稿',
  '训练代码',
  '推理代码',
  '示例代码',
  '评测代码',
  '公开信',
  '微博',
  '公众号',
  '账号',
  '评估',
  '提示词',
  '插件',
  '周边',
  '吉祥物',
  '预约',
  '问卷',
];
const LATIN_HEADS = new Set(['sdk', 'ppt', 'logo', 'demo', 'benchmark']);
const ITSELF = ['模型', '权重', '预览版', '正式版', '全系'];
/** Joins another thing, or another verb. */
const JOINS = new Set('并和及与以同且附还含、连');
/** 公告称, 报告显示: what comes behind is told there. */
const TELLS = ['称', '显示', '表示', '说', '指出', '披露', '写', '透露', '介绍', '证实', '宣布', '提到', '列'];
/** 在官网上线: where, not what. */
const PLACES = new Set('在于过经从据由');
const FORWARD = 18;
const BACK = 14;

const isName = (mentions: readonly Span[], n: number): boolean =>
  mentions.some(({ first, last }) => first <= n && n < last);
const headAt = (reading: IndexedReading, n: number): number => {
  if (LATIN_HEADS.has(textAt(reading, n))) return 1;
  return OTHER_HEADS.find((head) => hanAt(reading, n, head))?.length ?? 0;
};
const isEnd = (reading: IndexedReading, n: number): boolean => {
  const token = reading.tokens[n];
  return token === undefined || (token.kind === 'mark' && !QUOTES.has(token.text));
};
const QUOTES = new Set(['"', "'", '《', '》', '(', ')']);

export function isHanPortion(
  { span }: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  mentions: readonly Span[],
): boolean {
  let noun = false;
  let acted = false;
  for (let n = Math.max(sentence.first, span.first - 1); n < span.last; n += 1) {
    if (reading.tokens[n]?.kind !== 'han') continue;
    const act = ACTS.find((one) => hanAt(reading, n, one));
    if (act === undefined) continue;
    // 公开信, 发布会: a noun, and no act.
    if (headAt(reading, n) > 0) {
      noun = true;
      continue;
    }
    acted = true;
    const last = n + act.length;
    if (anyOf(CALLED_OFF, reading, clauseAround(reading, n, sentence))) continue;
    if (governs(reading, last, sentence.last, mentions) || isOf(reading, n, last, sentence, mentions)) return true;
    const clause = clauseAround(reading, n, sentence);
    if (anyOf(FOR_TRIAL, reading, clause) || (!DELIVERIES.has(act) && anyOf(FOR_FEW, reading, clause))) return true;
  }
  if (noun && !acted) return true;
  return anyOf(TRIAL, reading, clauseAround(reading, span.first, sentence));
}

/** 发布 V4 技术报告, 发布声明称; not 发布 V4 及技术报告, nor 发布技术报告和 V4 权重. */
function governs(reading: IndexedReading, from: number, limit: number, mentions: readonly Span[]): boolean {
  for (let n = from; n < Math.min(limit, from + FORWARD); n += 1) {
    if (isEnd(reading, n) || JOINS.has(textAt(reading, n))) return false;
    const length = headAt(reading, n);
    if (length === 0 || (textAt(reading, n - 1) === '在' && !isName(mentions, n))) continue;
    return !joinsItself(reading, n + length, limit, mentions);
  }
  return false;
}

function joinsItself(reading: IndexedReading, from: number, limit: number, mentions: readonly Span[]): boolean {
  let joined = false;
  for (let n = from; n < Math.min(limit, from + FORWARD) && !isEnd(reading, n); n += 1) {
    joined ||= JOINS.has(textAt(reading, n));
    if (joined && (isName(mentions, n) || ITSELF.some((one) => hanAt(reading, n, one)))) return true;
  }
  return false;
}

/** V4 技术报告今日发布; not DeepSeek 官网发布 V4, V4 在官网上线, V4 技术报告显示模型已上线. */
function isOf(
  reading: IndexedReading,
  at: number,
  last: number,
  sentence: Sentence,
  mentions: readonly Span[],
): boolean {
  for (let n = last; n < sentence.last && !isEnd(reading, n); n += 1) if (isName(mentions, n)) return false;
  let head = false;
  for (let n = at - 1; n >= Math.max(sentence.first, at - BACK) && !isEnd(reading, n); n -= 1) {
    if (headAt(reading, n) > 0) {
      head = true;
      continue;
    }
    if (JOINS.has(textAt(reading, n)) || TELLS.some((one) => hanAt(reading, n, one))) return false;
    if (isName(mentions, n)) return head;
    if (ITSELF.some((one) => hanAt(reading, n, one)) && !head) return false;
    if (head && PLACES.has(textAt(reading, n))) return false;
  }
  return false;
}

function clauseAround(reading: IndexedReading, at: number, sentence: Sentence): Span {
  let first = at;
  while (first > sentence.first && !isEnd(reading, first - 1)) first -= 1;
  let last = at;
  while (last < sentence.last && !isEnd(reading, last)) last += 1;
  return { first, last };
}

const DELIVERIES = new Set(['交付', '出货', '发货', '供货', '送达', '运抵', '到货', '售出', '寄出']);
const FOR_TRIAL = compilePhrases(['(向|对|面向|供|给)(内部|员工|测试者|测试人员|内测)']);
const FOR_FEW = compilePhrases([
  '(向|对|面向|供|给)(受邀|部分|少数|特定|小范围|合作伙伴|一小部分)',
  '(小范围|定向|非公开|邀请制|在内部|仅限内部|仅内部)',
]);
/** Who calls off the plan for a release calls off the release. */
const CALLED_OFF = compilePhrases(['(取消|推迟|延期|搁置|放弃|叫停|暂停|终止|推迟)']);
/** 仅有部分模块运行在昇腾上. */
export const HAN_PARTS = compilePhrases([
  '(仅有|只有|仅|只|其中)(部分|一部分|一小部分|少数|个别)',
  '运行*(一小部分|部分模块)',
]);
const TRIAL = compilePhrases(['(启动|开启|开放|进入|展开)*(内测|封闭测试|邀请测试|内部测试)']);
