/**
 * Two sentences for every shipped claim, one in English and one in Chinese, with the day they would be printed.
 * They are made up for the test: several tell of things that have not happened.
 */
export const SENTENCES: Record<string, { day: string; en: string; zh: string }> = {
  'v4-on-huawei': {
    day: '2026-04-24',
    en: 'DeepSeek’s V4 now runs on Huawei’s Ascend chips, the company said on Friday.',
    zh: '深度求索表示，V4 已可在昇腾芯片上运行。',
  },
  'v4-within-weeks': {
    day: '2026-04-24',
    en: 'DeepSeek released V4 as a preview on Friday.',
    zh: 'DeepSeek 今天发布 V4 预览版。',
  },
  'code-rewritten-huawei-cambricon': {
    day: '2026-04-04',
    en: 'For months DeepSeek worked with Huawei and Cambricon to rewrite parts of V4’s code, two people said.',
    zh: 'DeepSeek 数月来与华为、寒武纪合作，改写了 V4 的底层代码。',
  },
  'two-more-v4-variants': {
    day: '2026-04-04',
    en: 'DeepSeek is preparing two more V4 variants built for Chinese processors.',
    zh: 'DeepSeek 正在准备另外两款 V4 版本，面向国产芯片。',
  },
  'no-early-access-us-chipmakers': {
    day: '2026-02-26',
    en: 'DeepSeek did not give Nvidia or AMD early access to V4, sources told Reuters.',
    zh: '知情人士称，DeepSeek 未向英伟达和 AMD 提供 V4 的提前访问。',
  },
  'v4-trained-on-huawei': {
    day: '2026-04-24',
    en: 'DeepSeek V4 was trained entirely on Huawei chips, the company said.',
    zh: 'V4 完全使用华为芯片训练。',
  },
  'v4-partly-trained-on-huawei': {
    day: '2026-04-24',
    en: 'Huawei said its Ascend chips handled part of V4’s training.',
    zh: '华为表示，V4 的部分训练使用了昇腾芯片。',
  },
  'v4-pro-post-trained-910c': {
    day: '2026-06-06',
    en: 'A team that includes Huawei post-trained V4-Pro on Ascend 910C chips.',
    zh: '华为参与的团队在昇腾910C上完成了 V4-Pro 的后训练。',
  },
  'v4-trained-on-blackwell': {
    day: '2026-02-25',
    en: 'DeepSeek trained V4 on Nvidia’s Blackwell chips, a senior US official told Reuters.',
    zh: '美国官员称，DeepSeek 用 Blackwell 芯片训练了 V4。',
  },
  'v4-multimodal': {
    day: '2026-03-01',
    en: 'V4 will be multimodal and generate images and video, people familiar with DeepSeek said.',
    zh: 'DeepSeek V4 原生支持多模态，可生成图像和视频。',
  },
  'v4-one-trillion': {
    day: '2026-03-01',
    en: 'DeepSeek V4 has about one trillion parameters.',
    zh: 'DeepSeek V4 总参数约1万亿。',
  },
  'v4-lunar-new-year': {
    day: '2026-01-15',
    en: 'DeepSeek plans to release V4 around Lunar New Year, The Information reported.',
    zh: 'The Information 称，DeepSeek 计划在春节前后推出 V4。',
  },
  'v4-early-march': {
    day: '2026-02-28',
    en: 'DeepSeek will release V4 next week, the Financial Times reported.',
    zh: '金融时报报道，DeepSeek 将于下周发布 V4。',
  },
  'v4-official-by-mid-july': {
    day: '2026-06-30',
    en: 'DeepSeek will launch the official version of V4 in mid-July.',
    zh: 'DeepSeek 将于7月中旬推出 V4 正式版。',
  },
  'v41-flash-on-ascend': {
    day: '2026-09-20',
    en: 'The vLLM Ascend project documents how V4.1-Flash is deployed on Ascend hardware.',
    zh: 'vLLM Ascend 文档介绍了 V4.1-Flash 在昇腾上的部署。',
  },
  'v41-pro-2026': {
    day: '2026-11-20',
    en: 'DeepSeek released V4.1-Pro today.',
    zh: 'DeepSeek 今日发布 V4.1-Pro。',
  },
  'v5-announced': {
    day: '2026-11-20',
    en: 'DeepSeek announced DeepSeek V5 on Friday.',
    zh: 'DeepSeek V5 今日正式发布。',
  },
  'deepseek-star-listing': {
    day: '2026-11-20',
    en: 'DeepSeek has filed for an IPO on Shanghai’s STAR Market.',
    zh: 'DeepSeek 已向上交所提交科创板上市申请。',
  },
  'bulk-orders-950pr': {
    day: '2026-04-04',
    en: 'Alibaba, ByteDance and Tencent have placed bulk orders for hundreds of thousands of Huawei’s new chips.',
    zh: '阿里巴巴、字节跳动和腾讯已下单订购数十万颗华为新芯片。',
  },
  'ascend-950pr-on-sale': {
    day: '2026-03-21',
    en: 'Huawei said its Atlas 350 card with the Ascend 950PR is on sale.',
    zh: '华为宣布搭载昇腾950PR的 Atlas 350 加速卡正式上市。',
  },
  'ascend-950dt-2026': {
    day: '2026-11-20',
    en: 'Huawei launched the Ascend 950DT today.',
    zh: '华为今日发布昇腾950DT。',
  },
  'atlas-950-superpod-2026': {
    day: '2026-11-20',
    en: 'Huawei will release the Atlas 950 SuperPoD next month.',
    zh: '华为将于下月推出 Atlas 950 超节点。',
  },
  'ascend-960-2027': {
    day: '2026-11-20',
    en: 'Huawei said it will launch the Ascend 960 in October 2027.',
    zh: '华为表示，昇腾960将于2027年10月发布。',
  },
  'huawei-own-hbm': {
    day: '2025-09-19',
    en: 'Huawei said the Ascend 950PR uses HBM of its own: self-developed HBM called HiBL.',
    zh: '华为称昇腾950PR采用自研HBM。',
  },
  'huawei-12bn-ai-chips-2026': {
    day: '2026-05-02',
    en: 'Huawei expects AI chip revenue of about 12 billion dollars this year, the Financial Times reported.',
    zh: '华为预计今年AI芯片收入约120亿美元。',
  },
  'huawei-600k-910c-2026': {
    day: '2025-10-01',
    en: 'Huawei plans to make about 600,000 Ascend 910C chips in 2026.',
    zh: '华为计划明年生产60万颗昇腾910C。',
  },
  'smic-5nm-class': {
    day: '2026-08-01',
    en: 'SMIC has mastered 5nm chip production, a teardown shows.',
    zh: '中芯国际已实现5纳米量产。',
  },
  'cxmt-hbm3-2026': {
    day: '2026-11-20',
    en: 'CXMT has begun mass production of HBM3.',
    zh: '长鑫存储已开始量产HBM3。',
  },
  'china-euv-prototype': {
    day: '2025-12-18',
    en: 'China has built a prototype of an EUV lithography machine in Shenzhen, Reuters reported.',
    zh: '路透社报道，中国已在深圳造出EUV光刻机原型。',
  },
  'h200-case-by-case': {
    day: '2026-01-15',
    en: 'BIS moved licences for H200 chips from a presumption of denial to a case-by-case review.',
    zh: '美国商务部将H200出口改为逐案审查。',
  },
  'chip-duty-25-percent': {
    day: '2026-01-15',
    en: 'The White House imposed a 25% tariff on H200 chips headed for China.',
    zh: '白宫对输华的H200芯片征收25%关税。',
  },
  'h200-customs-stop': {
    day: '2026-01-14',
    en: 'Chinese customs told agents that H200 chips are not permitted to enter the country.',
    zh: '中国海关告知报关代理，H200 不允许进口。',
  },
  'h200-first-batch-approved': {
    day: '2026-01-28',
    en: 'Beijing has approved the import of a first batch of H200 chips, three people said.',
    zh: '北京已批准首批H200进口。',
  },
  'us-clears-ten-chinese-buyers': {
    day: '2026-05-15',
    en: 'Washington has cleared about ten Chinese companies to buy H200 chips, Reuters reported.',
    zh: '路透社称，美国已批准10家中国企业购买H200。',
  },
  'h200-delivered-china': {
    day: '2026-11-20',
    en: 'Nvidia has delivered H200 chips to customers in China, the company said.',
    zh: '英伟达表示，已向中国客户交付H200。',
  },
  'blackwell-to-china': {
    day: '2026-11-20',
    en: 'The US has approved the sale of Nvidia’s Blackwell B30A to China.',
    zh: '美国批准向中国出口 B30A。',
  },
  'overseas-subsidiaries-licence': {
    day: '2026-06-01',
    en: 'BIS clarified that chip licence requirements apply to overseas subsidiaries of Chinese firms.',
    zh: '美国商务部澄清，芯片许可要求适用于中国企业的海外子公司。',
  },
  'affiliates-rule-suspended': {
    day: '2025-11-10',
    en: 'BIS suspended its 50% affiliates rule for one year.',
    zh: '美国商务部暂停50%规则一年。',
  },
  'affiliates-rule-in-force': {
    day: '2026-11-10',
    en: 'The 50% affiliates rule is back in force, BIS said.',
    zh: '美国50%规则重新生效。',
  },
  'global-ai-chip-rule': {
    day: '2026-03-14',
    en: 'The Commerce Department withdrew a planned rule on global AI chip exports.',
    zh: '美国商务部撤回了人工智能芯片出口新规草案。',
  },
  'ai-diffusion-replacement': {
    day: '2026-11-20',
    en: 'BIS published a rule that rescinds the AI Diffusion Rule.',
    zh: '美国商务部发布新规，正式废除AI扩散规则。',
  },
  'chip-security-act-house': {
    day: '2026-11-20',
    en: 'The House passed the Chip Security Act on Thursday.',
    zh: '美国众议院通过芯片安全法案。',
  },
  'ai-overwatch-act-house': {
    day: '2026-11-20',
    en: 'The House passed the AI Overwatch Act on Thursday.',
    zh: '美国众议院通过AI监督法案。',
  },
  'remote-access-security-act-house': {
    day: '2026-01-13',
    en: 'The House passed the Remote Access Security Act by 369 votes to 22.',
    zh: '美国众议院通过远程访问安全法案。',
  },
  'remote-access-security-act-law': {
    day: '2026-12-20',
    en: 'The president signed the Remote Access Security Act into law.',
    zh: '总统签署远程访问安全法案，使其成为法律。',
  },
  'gain-ai-act-law': {
    day: '2026-12-20',
    en: 'The GAIN AI Act was signed into law on Friday.',
    zh: '总统签署GAIN AI法案。',
  },
  'match-act-house': {
    day: '2026-11-20',
    en: 'The House passed the MATCH Act on chipmaking tools.',
    zh: '美国众议院通过MATCH法案。',
  },
  'entity-list-chinese-chips-2026': {
    day: '2026-11-20',
    en: 'Washington today added two Chinese chipmakers to the Entity List.',
    zh: '美国今日将两家中国芯片企业列入实体清单。',
  },
  'no-major-new-controls': {
    day: '2025-12-04',
    en: 'The Trump administration will refrain from new export controls on China, the Financial Times reported.',
    zh: '金融时报称，特朗普政府将暂缓新的出口管制。',
  },
  'alibaba-on-1260h': {
    day: '2026-11-20',
    en: 'The Pentagon added Alibaba to its 1260H list of Chinese military companies.',
    zh: '五角大楼将阿里巴巴列入1260H清单。',
  },
};
