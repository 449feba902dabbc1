/**
 * Terms: what an article is about, as weighted words that a Chinese and an English report can share.
 *
 * "路透：中國海關不允許 H200 入境" and "Reuters: H200 not allowed in, customs says" meet in `reuter`, `custom`, `h200`.
 * Names come from whoever lists them (sources, frames); the few common words of this news stand in the table below.
 */

/**
 * Words for one thing, English and Chinese (both scripts), and the word they are all read as. Two reports of one event choose other
 * words for what happened ("bars", "turned away", 不准), so events are folded as well as names; no grammar, and nothing that every
 * story has.
 */
const READ_AS: readonly (readonly [as: string, words: string])[] = [
  // Places and bodies.
  ['china', 'chinese mainland 中国 中國 大陆 大陸 陆企 陸企'],
  ['beijing', '北京'],
  ['washington', '华盛顿 華盛頓 华府 華府'],
  ['us', 'american 美国 美國 美方 美商'],
  ['taiwan', '台湾 台灣 臺灣'],
  ['customs', '海关 海關 报关 報關 清关 清關 通关 通關'],
  ['commerce', '商务部 商務部'],
  ['lawmaker', 'lawmakers congress senate senator legislator 国会 國會 众议院 眾議院 参议院 參議院 议员 議員'],
  ['parliament', 'sessions 两会 兩會 人大'],
  // What states do.
  [
    'ban',
    'bans banned bar bars barred block blocked prohibit prohibited forbid embargo 禁令 禁止 禁售 禁运 禁運 不准 不许 不許 不得 不允许 不允許 不放行 卡关 卡關 阻止 封杀 封殺',
  ],
  [
    'approve',
    'approved approval allow permit authorise authorize greenlight 批准 核准 允许 允許 放行 准许 准許 获准 獲准',
  ],
  ['import', '进口 進口 入境 输入 輸入'],
  ['export', '出口 输出 輸出'],
  ['licence', 'license licensing 许可证 許可證 许可 許可'],
  ['rule', 'regulation guidance framework 规则 規則 新规 新規 规定 規定 指引 规范 規範'],
  ['draft', 'proposal proposed planned 草案 拟 擬'],
  ['withdraw', 'withdrew withdrawn withdrawal revoke rescind scrap shelve pull pulled 撤回 撤销 撤銷 收回 撤下 取消'],
  ['review', 'examine vet scrutiny 审查 審查 审核 審核 审批 審批'],
  ['bill', 'legislation act 法案'],
  ['vote', 'votes voted markup 表决 表決 投票'],
  ['tariff', '关税 關稅'],
  ['sanction', '制裁'],
  ['smuggle', 'smuggling contraband illicit 走私'],
  ['summit', '峰会 峰會 会谈 會談'],
  ['subsidiary', 'subsidiaries affiliate branch overseas abroad 子公司 分公司 海外'],
  // What companies do.
  ['chip', 'chips processor semiconductor accelerator gpu silicon 芯片 晶片 处理器 處理器 半导体 半導體 算力'],
  ['model', '模型'],
  [
    'release',
    'launch debut unveil rollout introduce 发布 發布 發佈 发表 發表 推出 上线 上線 登场 登場 亮相 问世 問世 上市 发售 發售',
  ],
  ['delay', 'postpone overdue slip slipped missed 推迟 推遲 延后 延後 延期 跳票 落空 缺席 未如期'],
  ['early', 'earlier advance ahead prelaunch pre-release 提前 抢先 搶先 优先 優先 提早'],
  ['withhold', 'withheld snub exclude deny denied 排除 绕过 繞過'],
  [
    'order',
    'purchase buy bought procure procurement buyer 订单 訂單 下单 下單 订购 訂購 采购 採購 购买 購買 预订 預訂',
  ],
  ['ship', 'shipment deliver delivery delivered 出货 出貨 交付 交货 交貨 发货 發貨'],
  ['halt', 'pause suspend freeze idle 暂停 暫停 停止 停产 停產 叫停'],
  ['production', 'produce manufacture manufacturing output 生产 生產 量产 量產 产能 產能'],
  ['supply', 'supplier 供应 供應 供应商 供應商 供应链 供應鏈 零部件 零組件'],
  ['price', 'pricing discount 价格 價格 降价 降價 涨价 漲價 定价 定價 收费 收費'],
  ['revenue', 'sales 营收 營收 收入 销售 銷售'],
  ['profit', 'earnings 利润 利潤 盈利 财报 財報'],
  ['share', 'stock 股价 股價 股票 股市'],
  ['fund', 'funding valuation investor 融资 融資 估值 投资者 投資人'],
  ['outage', 'downtime offline 宕机 當機 故障'],
  // What models are and do.
  ['open source', 'open-source open-sourced 开源 開源'],
  ['multimodal', '多模态 多模態'],
  ['image', 'picture photo vision visual 图片 圖片 图像 圖像 看图 視覺 视觉'],
  ['video', 'film clip 视频 影片 影音'],
  ['parameter', '参数 參數'],
  ['train', 'training pretrain pre-training 训练 訓練'],
  ['inference', '推理 推論'],
  ['adapt', 'optimise optimize optimisation optimization tune compatible compatibility 适配 適配 优化 優化 兼容'],
  ['code', 'kernel 代码 代碼 程式碼'],
  ['version', 'variant 版本'],
  ['phone', 'smartphone handset 手机 手機'],
  // When.
  ['new year', '春节 春節 农历新年 農曆新年 新春'],
  ['week', '下周 下週 本周 本週 数周 數周 几周'],
];

/** Words that stand in every story. */
const EVERYWHERE = new Set(
  `a about according after again all also am an and any are as at be because been before being between both but by can could did do does
  down during each few for from further had has have he her here his how i if in into is it its just may me might more most must my no nor
  not now of off on once only or other our out over own report reported reporting reports same saying said say says she should so some such
  tell tells than that the their them then there these they this those through to told too under until up very was we were what when where
  which while who whom why will with would you your`.split(/\s+/),
);

/** The headline says what the story is; names and numbers tell stories apart. Both as measured on labelled news. */
const HEADLINE_BOOST = 2;
const NAME_BOOST = 2;
/** The longest part of a text that is read, and the terms that are kept of it: enough for any news item, bounded for any other. */
const LONGEST_TEXT = 4000;
const MOST_TERMS = 200;

const HAN = /^\p{Script=Han}/u;

/** Han word, or stem of an English one -> the terms it is read as. */
export type Glossary = ReadonlyMap<string, readonly string[]>;

/** `names`: all names of one thing per row; its Han names are read as its first Latin one. */
export function glossaryOf(names: readonly (readonly string[])[] = []): Glossary {
  const glossary = new Map<string, readonly string[]>();
  for (const [as, others] of READ_AS)
    for (const word of others.split(' ')) glossary.set(HAN.test(word) ? word : stem(word), words(as));
  for (const row of names) {
    const latin = row.find((name) => /^[\p{Script=Latin}\d]/u.test(name));
    if (latin === undefined) continue;
    for (const name of row) if (/^\p{Script=Han}{2,}$/u.test(name)) glossary.set(name, words(latin));
  }
  return glossary;
}

/** Term -> weight. Never empty for a text with a word in it. */
export function termsOf(
  text: { readonly title: string; readonly summary: string; readonly body: string },
  glossary: Glossary,
): Record<string, number> {
  const weights = new Map<string, number>();
  const add = (term: string, weight: number): void => void weights.set(term, (weights.get(term) ?? 0) + weight);
  count(text.title.slice(0, LONGEST_TEXT), HEADLINE_BOOST, glossary, add);
  count(`${text.summary}\n${text.body}`.slice(0, LONGEST_TEXT), 1, glossary, add);
  const heaviest = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_TERMS);
  return Object.fromEntries(heaviest.map(([term, weight]) => [term, Math.round(100 * (1 + Math.log(weight))) / 100]));
}

/** A headline's words, each once, but for what is only known as pairs of Han characters: no report in another language has those. */
export function headTermsOf(title: string, glossary: Glossary): string[] {
  const terms = new Set<string>();
  count(title.slice(0, LONGEST_TEXT), 1, glossary, (term) => void (HAN.test(term) || terms.add(term)));
  return [...terms];
}

function count(text: string, boost: number, glossary: Glossary, add: (term: string, weight: number) => void): void {
  for (const [run] of text.normalize('NFKC').matchAll(/\p{Script=Han}+|[\p{L}\p{N}][\p{L}\p{N}.\-’']*/gu)) {
    if (/^\p{Script=Han}/u.test(run)) {
      countHan(run, boost, glossary, add);
      continue;
    }
    const named = /^\p{Lu}|\d/u.test(run);
    for (const word of words(run))
      for (const term of glossary.get(word) ?? [word]) add(term, named ? boost * NAME_BOOST : boost);
  }
}

/** Known words as their English terms, longest first; whatever is left as pairs of characters. */
function countHan(run: string, boost: number, glossary: Glossary, add: (term: string, weight: number) => void): void {
  let unknown = '';
  const flush = (): void => {
    for (let at = 0; at + 1 < unknown.length; at += 1) add(unknown.slice(at, at + 2), boost);
    unknown = '';
  };
  for (let at = 0; at < run.length;) {
    const known = knownAt(run, at, glossary);
    if (known === null) {
      unknown += run[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    for (const term of known.terms) add(term, boost * NAME_BOOST);
    at += known.length;
  }
  flush();
}

function knownAt(run: string, at: number, glossary: Glossary): { length: number; terms: readonly string[] } | null {
  for (let length = Math.min(8, run.length - at); length >= 2; length -= 1) {
    const terms = glossary.get(run.slice(at, at + length));
    if (terms !== undefined) return { length, terms };
  }
  return null;
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s’']+/)
    .map((word) => word.replace(/[.-]{1,3}$/, '').slice(0, 40))
    .filter((word) => word.length > 1 && !EVERYWHERE.has(word))
    .map(stem);
}

/** "chips" and "chip", "launched" and "launch": the endings that English news varies most. */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word;
  const root = word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.endsWith('ing') && word.length > 6
      ? word.slice(0, -3)
      : word.endsWith('ed') && word.length > 5
        ? word.slice(0, -2)
        : word.endsWith('es') && word.length > 5
          ? word.slice(0, -2)
          : word.endsWith('s') && !word.endsWith('ss')
            ? word.slice(0, -1)
            : word;
  return root.length > 4 && root.endsWith('e') ? root.slice(0, -1) : root;
}
