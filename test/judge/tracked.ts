/**
 * Statements as moderators type them, with headlines that tell them, deny them, only mention them, or are the near miss next door.
 * Written by us; no line is a real headline.
 */
export type Expected = 'supports' | 'refutes' | 'discusses' | '-';

export const TRACKED: readonly {
  readonly statement: string;
  readonly headlines: readonly (readonly [Expected, string])[];
}[] = [
  {
    statement: 'Huawei ships 950PR to Alibaba by July',
    headlines: [
      ['supports', 'Huawei has delivered its first Ascend 950PR cards to Alibaba, Reuters reports'],
      ['supports', '华为已向阿里巴巴交付昇腾950PR，路透社报道'],
      ['refutes', 'Huawei has not shipped any 950PR to Alibaba, the company said'],
      ['-', 'Huawei ships the Mate 80 to Alibaba’s online shop'],
      ['-', 'Huawei ships 950DT samples to Alibaba'],
      ['-', 'Alibaba ships parcels with Huawei tablets'],
    ],
  },
  {
    statement: 'DeepSeek V4 runs on Huawei chips',
    headlines: [
      ['supports', 'DeepSeek V4 was adapted to Ascend before its release, The Information reports'],
      ['supports', '深度求索V4已适配昇腾芯片'],
      ['refutes', 'DeepSeek V4 does not run on Huawei chips, engineers say'],
      ['refutes', 'Huawei denies that DeepSeek V4 runs on its chips'],
      ['discusses', 'Does DeepSeek V4 run on Huawei chips?'],
      ['-', 'Huawei’s new smartphone runs a DeepSeek assistant'],
      ['-', 'DeepSeek V4 was trained on Huawei chips'],
      ['-', 'Qwen 4 runs on Huawei chips'],
      ['-', 'DeepSeek R1 runs on Huawei chips'],
    ],
  },
  {
    statement: 'The US approves Nvidia H200 sales to China',
    headlines: [
      ['supports', 'Commerce Department approves H200 exports to China, ending a US ban'],
      ['supports', '美国批准向中国出售英伟达H200'],
      ['refutes', 'US blocks H200 sales to China'],
      ['discusses', 'US considers approving H200 sales to China'],
      ['-', 'US approves H20 sales to China'],
      ['-', 'China approves imports of Japanese seafood, US says'],
    ],
  },
  {
    statement: 'Alibaba has ordered Huawei chips',
    headlines: [
      ['supports', 'Alibaba orders Ascend processors worth billions, sources say'],
      ['supports', '阿里巴巴采购华为芯片'],
      ['refutes', 'Alibaba has not ordered Huawei chips'],
      ['refutes', 'Alibaba cancels its order for Huawei chips'],
      ['discusses', 'Alibaba plans to order Huawei chips'],
      ['-', 'Alibaba orders Huawei phones for its couriers'],
      ['-', 'Alibaba orders Cambricon chips'],
    ],
  },
  {
    statement: 'DeepSeek releases R2',
    headlines: [
      ['supports', 'DeepSeek has released R2, its new reasoning model'],
      ['supports', '深度求索发布R2'],
      ['refutes', 'DeepSeek has not released R2'],
      ['refutes', 'DeepSeek delays R2 again'],
      ['discusses', 'DeepSeek plans to release R2 in August'],
      ['-', 'DeepSeek releases an update of R1'],
      ['-', 'BMW releases the R2 motorcycle'],
    ],
  },
  {
    statement: 'US adds SMIC to the entity list',
    headlines: [
      ['supports', 'US adds SMIC to entity list'],
      ['supports', '美国将中芯国际列入实体清单'],
      ['discusses', '美国将把中芯国际列入实体清单'],
      ['refutes', 'US removes SMIC from entity list'],
      ['discusses', 'US weighs adding SMIC to entity list'],
      ['-', 'US adds CXMT to entity list'],
    ],
  },
  {
    statement: 'DeepSeek V4 has about 1.6 trillion parameters',
    headlines: [
      ['supports', 'DeepSeek V4 has 1.6T parameters in total'],
      ['supports', '深度求索V4拥有1.6万亿参数'],
      ['refutes', 'DeepSeek V4 has 2.4 trillion parameters'],
      ['-', 'DeepSeek V4 has a context of one million tokens'],
    ],
  },
  {
    statement: '华为今年推出昇腾960',
    headlines: [
      ['supports', '华为推出昇腾960芯片'],
      ['supports', 'Huawei launches Ascend 960'],
      ['refutes', '华为推迟昇腾960'],
      ['-', '华为推出昇腾950PR'],
      ['-', '华为推出Mate 80手机'],
    ],
  },
  {
    statement: 'Nvidia does not sell H20 in China',
    headlines: [
      ['supports', 'Nvidia no longer sells the H20 in China'],
      ['refutes', 'Nvidia sells H20 in China again'],
      ['-', 'Nvidia does not sell the H200 in China'],
    ],
  },
  {
    statement: 'Nvidia resumes H20 sales to China',
    headlines: [
      ['supports', 'Nvidia restarts H20 shipments to Chinese customers'],
      ['supports', '英伟达恢复向中国销售H20'],
      ['discusses', 'Nvidia hopes to resume H20 sales to China'],
      ['refutes', 'Nvidia has halted H20 sales to China again, The Information reports'],
      ['-', 'Nvidia sells H20 chips to Saudi Arabia'],
      ['-', 'AMD resumes MI308 sales to China'],
      ['refutes', 'Nvidia says it has not resumed H20 sales to China'],
    ],
  },
  {
    statement: 'ByteDance is developing its own AI chip',
    headlines: [
      ['supports', 'ByteDance develops in-house AI chip, Reuters reports'],
      ['supports', '字节跳动正在自研AI芯片'],
      ['discusses', 'Is ByteDance building its own AI chip?'],
      ['refutes', 'ByteDance denies developing an AI chip'],
      ['-', 'ByteDance is developing its own AI phone'],
      ['-', 'Alibaba develops its own AI chip'],
      ['-', 'ByteDance buys Nvidia AI chips'],
    ],
  },
  {
    statement: 'SMIC has started mass production of 5nm chips',
    headlines: [
      ['supports', 'SMIC begins volume production of 5nm chips'],
      ['supports', '中芯国际已开始量产5纳米芯片'],
      ['discusses', 'SMIC plans to mass-produce 5nm chips next year'],
      ['refutes', 'SMIC has not begun mass production at 5nm, analysts say'],
      ['-', 'TSMC starts mass production of 2nm chips'],
      ['-', 'SMIC reports record revenue'],
    ],
  },
  {
    statement: 'The US adds DeepSeek to the Entity List',
    headlines: [
      ['supports', 'Commerce puts DeepSeek on the Entity List'],
      ['supports', '美国将深度求索列入实体清单'],
      ['discusses', 'US weighs adding DeepSeek to Entity List'],
      ['refutes', 'US will not add DeepSeek to the Entity List, officials say'],
      ['-', 'US adds Inspur to the Entity List'],
      ['-', 'DeepSeek lists new models'],
      ['discusses', 'Lawmakers urge Commerce to put DeepSeek on the Entity List'],
    ],
  },
  {
    statement: 'Huawei will mass-produce the Ascend 960 in 2027',
    headlines: [
      ['supports', 'Huawei to start mass production of Ascend 960 in 2027'],
      ['discusses', 'Huawei could mass-produce Ascend 960 by 2027'],
      ['refutes', 'Huawei delays Ascend 960 mass production beyond 2027'],
      ['-', 'Huawei mass-produces Mate 90 phones'],
      ['-', 'Huawei unveils Ascend 970 roadmap'],
    ],
  },
  {
    statement: 'China bans purchases of Nvidia RTX Pro 6000D',
    headlines: [
      ['supports', 'Beijing tells firms to stop buying Nvidia RTX Pro 6000D'],
      ['supports', '中国禁止采购英伟达RTX Pro 6000D'],
      ['discusses', 'China discourages purchases of RTX Pro 6000D'],
      ['refutes', 'China denies banning RTX Pro 6000D purchases'],
      ['-', 'China bans Micron chips from key infrastructure'],
    ],
  },
  {
    statement: 'DeepSeek trained V4 on Nvidia Blackwell chips',
    headlines: [
      ['supports', 'DeepSeek used smuggled Blackwell chips to train V4, US official says'],
      ['supports', 'DeepSeek V4 was trained on Blackwell GPUs'],
      ['refutes', 'DeepSeek denies V4 was trained on Nvidia Blackwell chips'],
      ['-', 'DeepSeek V4 runs on Huawei Ascend chips'],
      ['discusses', 'Did DeepSeek train V4 on Blackwell chips?'],
      ['-', 'OpenAI trained its model on Nvidia Blackwell chips'],
    ],
  },
  {
    statement: 'Cambricon raises 4 billion yuan',
    headlines: [
      ['supports', 'Cambricon raises 4 billion yuan in share sale'],
      ['supports', '寒武纪募资40亿元'],
      ['discusses', 'Cambricon seeks to raise 4 billion yuan'],
      ['-', 'Cambricon posts revenue of 4 billion yuan'],
      ['-', 'Moore Threads raises 8 billion yuan'],
    ],
  },
  {
    statement: 'ASML stops servicing machines in China',
    headlines: [
      ['supports', 'ASML halts servicing of its machines in China'],
      ['discusses', 'ASML may have to stop servicing machines in China'],
      ['refutes', 'ASML continues to service machines in China'],
      ['-', 'ASML raises outlook on AI demand'],
    ],
  },
  {
    statement: 'Trump allows Nvidia to sell Blackwell chips to China',
    headlines: [
      ['supports', 'Trump permits Nvidia to sell Blackwell chips in China'],
      ['refutes', 'Trump says Blackwell will not be sold to China'],
      ['discusses', 'Trump considers letting Nvidia sell Blackwell chips to China'],
      ['-', 'Trump visits China'],
      ['supports', '特朗普允许英伟达向中国出售Blackwell芯片'],
    ],
  },
];

/** Statements with a name that no list knows, or written before the judge had met the like. */
export const TRACKED_LATER: typeof TRACKED = [
  {
    statement: 'Alibaba will list its chip unit T-Head',
    headlines: [
      ['supports', 'Alibaba to spin off and list chip unit T-Head'],
      ['refutes', 'Alibaba shelves plan to list T-Head'],
      ['-', 'Alibaba unveils new T-Head processor'],
      ['-', 'Baidu lists its chip unit Kunlunxin'],
    ],
  },
  {
    statement: 'Japan tightens export controls on photoresist to China',
    headlines: [
      ['supports', 'Japan restricts photoresist exports to China'],
      ['supports', '日本收紧对华光刻胶出口管制'],
      ['discusses', 'Japan considers curbing photoresist exports to China'],
      ['refutes', 'Japan denies restricting photoresist exports to China'],
      ['-', 'Japan tightens visa rules for Chinese visitors'],
    ],
  },
  {
    statement: 'Samsung has delivered HBM4 to Nvidia',
    headlines: [
      ['supports', 'Samsung ships HBM4 memory to Nvidia'],
      ['discusses', 'Samsung expects to deliver HBM4 to Nvidia this quarter'],
      ['refutes', 'Samsung has not delivered HBM4 to Nvidia yet, analysts say'],
      ['-', 'SK Hynix delivers HBM4 to Nvidia'],
      ['-', 'Samsung delivers HBM4 to AMD'],
    ],
  },
  {
    statement: 'DeepSeek R2 is delayed',
    headlines: [
      ['supports', 'DeepSeek delays R2 launch'],
      ['supports', 'DeepSeek推迟发布R2'],
      ['refutes', 'DeepSeek R2 is on schedule, founder says'],
      ['-', 'DeepSeek V4 is delayed'],
      ['-', 'OpenAI delays its open model'],
    ],
  },
  {
    statement: 'The Netherlands revokes the ASML licence for China',
    headlines: [
      ['supports', 'Dutch government withdraws ASML licence for China'],
      ['supports', '荷兰吊销阿斯麦对华许可'],
      ['discusses', 'Dutch government may revoke ASML licence'],
      ['refutes', 'Netherlands will not revoke ASML licence, minister says'],
      ['-', 'ASML sells its stake in a supplier'],
    ],
  },
  {
    statement: 'Tencent uses Huawei chips to train Hunyuan',
    headlines: [
      ['supports', 'Tencent trains Hunyuan on Huawei Ascend chips'],
      ['refutes', 'Tencent denies it trains Hunyuan on Huawei chips'],
      ['-', 'Tencent runs Hunyuan on Huawei phones'],
      ['-', 'Baidu trains Ernie on Kunlun chips'],
      ['discusses', 'Will Tencent train Hunyuan on Huawei chips?'],
    ],
  },
  {
    statement: 'Moonshot AI raises 1 billion dollars',
    headlines: [
      ['supports', 'Moonshot AI raises $1 billion'],
      ['supports', '月之暗面融资10亿美元'],
      ['discusses', 'Moonshot AI in talks to raise $1 billion'],
      ['-', 'MiniMax raises 1 billion dollars'],
      ['-', 'Moonshot AI releases Kimi K3'],
    ],
  },
  {
    statement: 'China approves Nvidia H20 imports',
    headlines: [
      ['supports', 'Beijing clears imports of Nvidia H20 chips'],
      ['supports', '中国批准进口英伟达H20'],
      ['discusses', 'China is considering approval of H20 imports'],
      ['refutes', 'China refuses to approve Nvidia H20 imports'],
      ['-', 'China approves imports of Australian beef'],
      ['refutes', 'China blocks H20 imports'],
    ],
  },
  {
    statement: 'Nvidia stops production of the H20',
    headlines: [
      ['supports', 'Nvidia halts H20 production'],
      ['supports', '英伟达停产H20'],
      ['supports', 'Nvidia reportedly tells suppliers to pause H20 work'],
      ['refutes', 'Nvidia continues to make the H20'],
      ['-', 'Nvidia stops production of the RTX 5090D'],
    ],
  },
  {
    statement: 'Huawei opens a chip factory in Shenzhen',
    headlines: [
      ['supports', 'Huawei opens semiconductor fab in Shenzhen'],
      ['discusses', 'Huawei plans a chip factory in Shenzhen'],
      ['refutes', 'Huawei denies that it has opened a chip plant in Shenzhen'],
      ['-', 'Huawei opens a store in Shenzhen'],
      ['-', 'BYD opens a battery factory in Shenzhen'],
    ],
  },
];
