/**
 * Families: who makes what, and how the same thing is called.
 *
 * "Huawei chips" are Ascend and 昇腾, never a Mate phone; "Ascend 950PR" is also "950PR" and 昇腾950PR; "US" is also Washington and 美国.
 */

export type ThingKind = 'chip' | 'model' | 'phone' | 'car' | 'system';

/** What a kind of thing is called when no name is. */
export const KINDS: Readonly<Record<ThingKind, readonly string[]>> = {
  chip: [
    'chip',
    'processor',
    'accelerator',
    'gpu',
    'npu',
    'silicon',
    'hardware',
    'semiconductor',
    '芯片',
    '晶片',
    '处理器',
    '加速卡',
    '算力卡',
  ],
  model: ['model', 'llm', 'chatbot', 'ai model', '模型', '大模型'],
  phone: ['phone', 'smartphone', 'handset', '手机'],
  car: ['car', 'vehicle', 'ev', 'suv', '汽车', '电动车'],
  system: ['operating system', 'os', '操作系统'],
};

interface Family {
  /** Id of the source that makes it, as sources.yaml has it. */
  readonly maker: string;
  readonly kind: ThingKind;
  /** The family's names; each may stand before a member's code. */
  readonly names: readonly string[];
  /** Members by their code. */
  readonly codes: readonly string[];
}

export const FAMILIES: readonly Family[] = [
  {
    maker: 'huawei',
    kind: 'chip',
    names: ['Ascend', '昇腾', '升腾'],
    codes: ['910', '910B', '910C', '910D', '920', '950PR', '950DT', '950', '960', '970'],
  },
  {
    maker: 'huawei',
    kind: 'chip',
    names: ['Atlas', 'CloudMatrix'],
    codes: ['Atlas 350', 'Atlas 900', 'Atlas 950', 'Atlas 960'],
  },
  { maker: 'huawei', kind: 'phone', names: ['Mate'], codes: [] },
  { maker: 'huawei', kind: 'phone', names: ['Pura'], codes: [] },
  { maker: 'huawei', kind: 'phone', names: ['Kirin', '麒麟'], codes: [] },
  { maker: 'huawei', kind: 'car', names: ['Aito', '问界'], codes: [] },
  { maker: 'huawei', kind: 'system', names: ['HarmonyOS', '鸿蒙'], codes: [] },
  { maker: 'nvidia', kind: 'chip', names: ['Hopper'], codes: [] },
  { maker: 'nvidia', kind: 'chip', names: ['Blackwell'], codes: [] },
  { maker: 'nvidia', kind: 'chip', names: ['Rubin'], codes: [] },
  {
    maker: 'nvidia',
    kind: 'chip',
    names: [],
    codes: [
      'A100',
      'A800',
      'H100',
      'H800',
      'H20',
      'H200',
      'B30A',
      'B100',
      'B200',
      'B300',
      'GB200',
      'GB300',
      'L20',
      'RTX Pro 6000D',
    ],
  },
  { maker: 'amd', kind: 'chip', names: [], codes: ['MI300', 'MI308', 'MI325X', 'MI350', 'MI450'] },
  {
    maker: 'deepseek',
    kind: 'model',
    names: [],
    codes: ['V3', 'V3.1', 'V3.2', 'R1', 'R2', 'V4', 'V4 Pro', 'V4 Flash', 'V5'],
  },
  { maker: 'alibaba', kind: 'model', names: ['Qwen', '千问', '通义千问'], codes: [] },
  { maker: 'alibaba', kind: 'chip', names: ['T-Head', '平头哥'], codes: [] },
  { maker: 'alibaba', kind: 'chip', names: ['Zhenwu', '真武'], codes: [] },
  { maker: 'bytedance', kind: 'model', names: ['Doubao', '豆包'], codes: [] },
  { maker: 'tencent', kind: 'model', names: ['Hunyuan', '混元'], codes: [] },
  { maker: 'baidu', kind: 'model', names: ['Ernie', '文心'], codes: [] },
  { maker: 'baidu', kind: 'chip', names: ['Kunlun', 'Kunlunxin', '昆仑', '昆仑芯'], codes: [] },
  { maker: 'cambricon', kind: 'chip', names: [], codes: ['MLU590', 'MLU690'] },
  { maker: 'openai', kind: 'model', names: ['GPT'], codes: [] },
  { maker: 'openai', kind: 'model', names: ['ChatGPT'], codes: [] },
  { maker: 'anthropic', kind: 'model', names: ['Claude'], codes: [] },
];

/** Things that bear a maker's name in running text; said right after it, the sentence is about them and not about its other products. */
export const OTHER_THINGS: Readonly<Record<ThingKind, readonly string[]>> = {
  chip: ['chip', 'processor', 'accelerator', 'gpu', 'Ascend', 'Kirin', '芯片', '晶片', '处理器', '昇腾'],
  model: ['model', 'chatbot', 'Pangu', '模型', '盘古'],
  phone: ['phone', 'smartphone', 'handset', 'Mate', 'Pura', 'nova', 'foldable', '手机', '折叠屏'],
  car: ['car', 'ev', 'vehicle', 'suv', 'Aito', '汽车', '问界'],
  system: ['HarmonyOS', 'operating system', '鸿蒙', '操作系统'],
};
/** Never what a statement about chips or models means. */
export const ASIDE_THINGS = [
  'watch',
  'tablet',
  'laptop',
  'earbud',
  'headphone',
  'router',
  'campus',
  'store',
  '手表',
  '平板',
  '耳机',
  '笔记本',
  '门店',
];

/** Places that news names by their capital or people, with the bodies whose word is the government's (ids of sources.yaml). */
export const PLACES: readonly { readonly names: readonly string[]; readonly bodies: readonly string[] }[] = [
  {
    names: [
      'US',
      'United States',
      'America',
      'American',
      'Washington',
      'Trump administration',
      'Trump',
      '特朗普',
      '川普',
      '美国',
      '美方',
      '华盛顿',
      '美政府',
    ],
    bodies: ['us-commerce', 'us-bis', 'white-house'],
  },
  {
    names: ['China', 'Chinese', 'Beijing', '中国', '中方', '北京', '大陆', '对华'],
    bodies: ['china-mofcom', 'china-cac', 'china-state-council'],
  },
  { names: ['Taiwan', 'Taiwanese', 'Taipei', '台湾'], bodies: ['taiwan-moea', 'taiwan-trade-administration'] },
  { names: ['Japan', 'Japanese', 'Tokyo', '日本'], bodies: ['japan-meti'] },
  { names: ['Netherlands', 'Dutch', 'The Hague', '荷兰'], bodies: ['dutch-government'] },
  { names: ['South Korea', 'South Korean', 'Korea', 'Seoul', '韩国'], bodies: ['korea-trade-ministry'] },
  { names: ['EU', 'European Union', 'Brussels', '欧盟'], bodies: ['european-commission'] },
  { names: ['Malaysia', 'Malaysian', '马来西亚'], bodies: ['malaysia-miti'] },
  { names: ['Singapore', '新加坡'], bodies: ['singapore-mti', 'singapore-customs'] },
  { names: ['India', 'Indian', 'New Delhi', '印度'], bodies: [] },
  { names: ['Germany', 'German', 'Berlin', '德国'], bodies: [] },
  { names: ['UK', 'Britain', 'British', 'London', '英国'], bodies: [] },
  { names: ['Russia', 'Russian', 'Moscow', '俄罗斯'], bodies: [] },
];

/** What is counted, in words that stand beside a number. */
export const UNITS: readonly (readonly string[])[] = [
  ['parameter', 'param', '参数'],
  ['chip', 'unit', 'processor', 'accelerator', 'gpu', 'card', 'die', '芯片', '颗', '枚', '片', '块', '张'],
  ['token', '令牌'],
  ['wafer', '晶圆'],
  ['worker', 'employee', 'job', 'staff', '员工', '人'],
  ['car', 'vehicle', '辆'],
  ['phone', 'smartphone', 'handset', '部', '台'],
  ['user', '用户'],
  ['dollar', 'usd', '美元'],
  ['yuan', 'rmb', 'renminbi', '元', '人民币'],
  ['company', 'firm', 'entity', '家', '实体'],
];

/** Things a deed is done to, as each language calls them. */
export const OBJECTS: readonly (readonly string[])[] = [
  ['factory', 'plant', 'fab', 'foundry', '工厂', '晶圆厂'],
  ['store', 'shop', 'outlet', '门店'],
  ['app', 'application', '应用'],
  ['price', 'pricing', '价格'],
  ['lab', 'laboratory', 'research centre', 'research center', '实验室', '研究院'],
  ['datacenter', 'data center', 'data centre', '数据中心'],
  ['licence', 'licensing', '许可证'],
  ['memory', 'hbm', 'dram', '内存', '存储'],
  ['photoresist', '光刻胶'],
  ['lithography', '光刻机', '光刻'],
  ['gallium', '镓'],
  ['germanium', '锗'],
  ['graphite', '石墨'],
  ['subsidy', '补贴'],
];
