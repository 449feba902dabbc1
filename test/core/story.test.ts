import { describe, expect, it } from 'vitest';
import { headlineOf, signatureOf, similarity } from '../../src/core/copies.ts';
import type { Judgement } from '../../src/core/evidence.ts';
import { gistOf, leadOf } from '../../src/core/gist.ts';
import type { Placed, ShelfOptions } from '../../src/core/story.ts';
import { storyShelf } from '../../src/core/story.ts';
import { newsTime } from '../../src/core/time.ts';

const names = [
  ['Reuters', '路透', '路透社'],
  ['Nvidia', '英伟达', '英偉達', '輝達'],
];

const WIRE = `DeepSeek has spent several months with engineers of Huawei to move its coming V4 model to Ascend processors, three
  people with knowledge of the work said on Friday. The company wants to show that a leading model can be served without
  American hardware. A spokesperson did not answer questions. Huawei declined to comment. The launch is expected this month.`;

let count = 0;
function item(date: string, title: string, summary: string, body = '') {
  return { id: `a${String((count += 1)).padStart(4, '0')}`, published: newsTime(date), title, summary, body };
}

/** What an article says of a claim, as a judge puts it; `at` is where its words stand. */
function says(
  claim: string,
  stance: Judgement['stance'],
  origin: string | null,
  { event = 'none', at = 80 }: { event?: Judgement['event']; at?: number } = {},
): Judgement {
  return {
    claim,
    stance,
    strength: 'attributed',
    event,
    chain: [],
    origin: origin === null ? 'unattributed' : { name: origin, source: origin },
    quotes: [{ text: 'words', start: at, end: at + 5, role: 'stance' }],
    main: true,
    summary: '',
    warnings: [],
  };
}

function placeAll(
  articles: readonly (ReturnType<typeof item> & { readonly judgements?: readonly Judgement[] })[],
  options: ShelfOptions = { names },
): Placed[] {
  const shelf = storyShelf(options);
  return articles.map((article) => shelf.place(article));
}

describe('a story', () => {
  it('takes in reports of one event in other words, and leaves near misses out', () => {
    const [first, second, phone, outage] = placeAll([
      item(
        '2026-01-14',
        'China bars Nvidia H200 imports, Reuters sources say',
        'Customs agents were told this week that H200 chips are not permitted, three people said.',
      ),
      item(
        '2026-01-14',
        'H200 chips stopped at Chinese customs',
        'Nvidia H200 processors may not enter the country, customs officials told agents, Reuters reported.',
      ),
      item(
        '2026-01-14',
        'Huawei Pura phone gets a flat screen',
        'The next Pura series drops the curved display, a leaker wrote.',
      ),
      item(
        '2026-01-15',
        'DeepSeek is down for two hours',
        'Users of the chat service saw errors on Thursday; the status page spoke of an outage.',
      ),
    ]);
    expect(second?.story).toBe(first?.story);
    expect(new Set([first?.story, phone?.story, outage?.story]).size).toBe(3);
  });

  it('is one story in English and in Chinese when names and numbers meet', () => {
    const [english, chinese, other] = placeAll([
      item(
        '2026-01-14',
        'China customs bars Nvidia H200 chip imports, Reuters says',
        'Chinese customs told agents that Nvidia H200 chips may not be imported.',
      ),
      item(
        '2026-01-14',
        '路透：中國海關不允許輝達 H200 晶片入境',
        '路透社報導，中國海關告知代理，輝達 H200 晶片不允許進口。',
      ),
      item('2026-01-14', '小米新车价格公布', '小米公布新车价格，将于下月交付。'),
    ]);
    expect(chinese?.story).toBe(english?.story);
    expect(other?.story).not.toBe(english?.story);
  });

  it('is over when nothing came for the window', () => {
    const text = [
      'DeepSeek V4 runs on Huawei Ascend chips',
      'DeepSeek V4 will run on Huawei Ascend chips, a report says.',
    ] as const;
    const [first, soon, late] = placeAll([
      item('2026-04-03', ...text),
      item('2026-04-10', ...text),
      item('2026-05-10', ...text),
    ]);
    expect(soon?.story).toBe(first?.story);
    expect(late?.story).not.toBe(first?.story);
  });
});

describe('a story that articles speak to tracked claims in', () => {
  const pact = (id: string, origin: string | null) => [
    says('runs-on', 'supports', id),
    says('orders', 'supports', origin),
  ];
  // Hardly a word in common, and two languages.
  const scoop = {
    ...item('2026-04-04', 'The next flagship will call Norvik home', 'Rewritten over the winter, five people said.'),
    judgements: pact('ledger', 'ledger'),
  };
  const retold = {
    ...item('2026-04-06', 'Farewell, CUDA', 'Big buyers lined up for hundreds of thousands of accelerators.'),
    judgements: pact('ledger', null),
  };
  const chinese = {
    ...item('2026-04-05', '外媒：新模型改用国产芯片', '据报道，三家互联网公司已大量订购。'),
    judgements: pact('ledger', 'ledger'),
  };

  it('is one story by what they say and whom they credit, however each puts it', () => {
    const [first, second, third] = placeAll([scoop, chinese, retold]);
    expect(second?.story).toBe(first?.story);
    expect(third?.story).toBe(first?.story);
    const mute = placeAll([scoop, chinese, retold].map((article) => ({ ...article, judgements: [] })));
    expect(new Set(mute.map((placed) => placed.story)).size).toBe(3);
  });

  it('is not one that says something else of the same companies', () => {
    const scene = (title: string, summary: string, judgements: readonly Judgement[]) => ({
      ...item('2026-04-04', title, summary),
      judgements,
    });
    const articles = [
      scene('Brightwell moves V5 to Norvik chips', 'Norvik spent months on the port of V5, Brightwell engineers say.', [
        says('runs-on', 'supports', 'ledger'),
      ]),
      scene(
        'Norvik denies a training story',
        'Other machines did that job for V5, managers told reporters at a briefing in Shenzhen, and questions stay open.',
        [says('trained-on', 'refutes', 'norvik')],
      ),
    ];
    const stories = (placed: readonly Placed[]): number => new Set(placed.map((one) => one.story)).size;
    expect(stories(placeAll(articles))).toBe(2);
    // Without a word on any claim the words alone decide.
    expect(stories(placeAll(articles.map((article) => ({ ...article, judgements: [] }))))).toBe(1);
  });

  it('takes the report of a launch and the launch for two events', () => {
    const report = {
      ...item('2026-04-10', 'V5 in two weeks', 'Brightwell plans V5.'),
      judgements: [says('launch', 'supports', 'ledger', { event: 'planned' })],
    };
    const launch = (day: string, title: string) => ({
      ...item(day, title, 'It is out.'),
      judgements: [says('launch', 'supports', 'brightwell', { event: 'happened' })],
    });
    const [told, done, again] = placeAll([
      report,
      launch('2026-04-18', 'Here it is'),
      launch('2026-04-18', 'Brightwell delivers'),
    ]);
    expect(done?.story).not.toBe(told?.story);
    expect(again?.story).toBe(done?.story);
  });

  it('is not the word of another party on the same day', () => {
    const scene = (title: string, summary: string, judgements: readonly Judgement[]) => ({
      ...item('2026-04-24', title, summary),
      judgements,
    });
    const launch = scene(
      'Brightwell releases V5',
      'Brightwell put its V5 model up for download, and it runs on Norvik chips.',
      [
        says('launch', 'supports', 'brightwell', { event: 'happened', at: 0 }),
        says('runs-on', 'supports', 'brightwell', { at: 60 }),
      ],
    );
    const again = scene(
      'V5 by Brightwell is out',
      'The V5 model of Brightwell can be downloaded and works on Norvik chips.',
      [
        says('launch', 'supports', 'brightwell', { event: 'happened', at: 0 }),
        says('runs-on', 'supports', 'brightwell', { at: 60 }),
      ],
    );
    const support = scene(
      'Castor on board from day one',
      'Its driver team worked through the night, Castor said, and customers can serve V5.',
      [says('rewritten', 'discusses', 'castor', { at: 10 })],
    );
    const [first, second, third] = placeAll([launch, again, support]);
    expect(second?.story).toBe(first?.story);
    expect(third?.story).not.toBe(first?.story);
  });

  it('is known by what comes first, not by what is mentioned further down', () => {
    const [early, late] = [says('first', 'supports', 'ledger', { at: 5 }), says('second', 'refutes', null, { at: 90 })];
    expect(leadOf([late, early])).toEqual({ claim: 'first', stance: 'supports', by: 'ledger' });
    expect(leadOf([{ ...early, main: false }, late])).toEqual({ claim: 'second', stance: 'refutes', by: null });
    expect(leadOf([])).toBeNull();
  });

  it('is over after a while, whatever is said again', () => {
    const [first, late] = placeAll([scoop, { ...chinese, published: newsTime('2026-04-30') }]);
    expect(late?.story).not.toBe(first?.story);
  });

  it('hears the headline more than what stands at the end, and only what an article mainly says of a claim', () => {
    const title = 'A headline';
    const gist = gistOf(title, [
      says('headline', 'supports', 'ledger', { at: 2 }),
      says('lead', 'refutes', 'norvik', { at: title.length + 10 }),
      says('end', 'discusses', null, { at: title.length + 900 }),
      { ...says('aside', 'supports', 'ledger', { at: 3 }), main: false },
    ]);
    expect(gist).toEqual({
      'headline supports': 2,
      'headline is none': 2,
      'headline by ledger': 2,
      'lead refutes': 1.3,
      'lead is none': 1.3,
      'lead by norvik': 1.3,
      'end discusses': 1,
      'end is none': 1,
    });
  });
});

describe('a copy', () => {
  it('is the same text under another headline and with another last line', () => {
    const [original, copy, retold] = placeAll([
      item('2026-04-03', 'DeepSeek moves to Huawei', WIRE),
      item('2026-04-04', 'Shift at DeepSeek', `${WIRE} Reporting by our staff.`),
      item(
        '2026-04-04',
        'V4 and Ascend',
        'People familiar with the matter say that V4 was rewritten for Ascend over many months, and that Huawei lent engineers to DeepSeek for the task ahead of a launch in the coming weeks.',
      ),
    ]);
    expect(copy?.textGroup).toBe(original?.id);
    expect(retold?.textGroup).toBe(retold?.id);
  });

  it('is found in Chinese too', () => {
    const text =
      '路透社引述三名知情人士称，中国海关本周告知报关代理，英伟达芯片不允许进口，官员要求企业除非确有必要不得采购。';
    const [original, copy] = placeAll([
      item('2026-01-14', '海关', text),
      item('2026-01-14', '芯片', `（综合报道）${text}`),
    ]);
    expect(copy?.textGroup).toBe(original?.textGroup);
  });

  it('is known by a long headline even where one feed shows less of it', () => {
    const title = 'DeepSeek’s V4 model will run on Huawei chips within weeks';
    const [original, excerpt, later] = placeAll([
      item('2026-04-03', title, WIRE),
      item('2026-04-04', `${title} - Yahoo News`, 'DeepSeek has spent several months with engineers.'),
      item('2026-04-09', title, 'An entirely different text.'),
    ]);
    expect(excerpt?.textGroup).toBe(original?.textGroup);
    expect(later?.textGroup).not.toBe(original?.textGroup);
  });

  it('is never said of texts too short to tell apart', () => {
    const [first, second] = placeAll([
      item('2026-04-24', 'DeepSeek releases V4', ''),
      item('2026-04-24', 'DeepSeek releases V4', ''),
    ]);
    expect(second?.textGroup).not.toBe(first?.textGroup);
    expect(second?.story).toBe(first?.story);
  });

  it('estimates the share of word pairs in common', () => {
    const words = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, n) => `w${from + n}`).join(' ');
    const estimate = similarity(signatureOf(words(0, 300)), signatureOf(words(100, 400)));
    // 199 of 399 pairs are shared.
    expect(estimate).toBeGreaterThan(0.38);
    expect(estimate).toBeLessThan(0.62);
    expect(similarity(signatureOf(words(0, 300)), signatureOf(words(500, 800)))).toBeLessThan(0.05);
    expect(headlineOf('Too short a line')).toBe('');
  });
});

describe('a shelf', () => {
  const stream = Array.from({ length: 60 }, (_, n) => ({
    ...item(
      new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 4))).toISOString(),
      `Event ${n % 7} of company K${n % 7} with product P${n % 7}`,
      `Company K${n % 7} said that product P${n % 7} will ship after event ${n % 7}, report ${n} says.`,
    ),
    judgements: n % 3 === 0 ? [] : [says(`c${n % 5}`, 'supports', `origin ${n % 4}`)],
  }));

  it('put together again from stored rows, in any order, places the next article the same', () => {
    const shelf = storyShelf({ names });
    const placed = stream.map((article) => shelf.place(article));
    const again = storyShelf({ names });
    for (const row of [...placed].reverse()) again.remember(JSON.parse(JSON.stringify(row)) as Placed);
    expect(again.size()).toBe(shelf.size());
    for (const article of stream) expect(again.find(article)).toEqual(shelf.find(article));
  });

  it('takes rows that were stored before it was kept what an article says', () => {
    const shelf = storyShelf({ names });
    for (const article of stream) {
      const { says: _says, ...old } = shelf.find(article).imprint;
      shelf.remember({
        id: article.id,
        published: article.published,
        story: 'one',
        textGroup: article.id,
        imprint: old,
      });
    }
    expect(stream.map((article) => shelf.find(article).story)).toContain('one');
  });

  it('forgets what is older than its window, and everything above its capacity', () => {
    const shelf = storyShelf({ windowDays: 5 });
    for (const article of stream) shelf.place(article);
    expect(shelf.size()).toBeLessThan(30);
    const small = storyShelf({ capacity: 20 });
    for (const article of stream) small.place(article);
    expect(small.size()).toBeLessThanOrEqual(20);
  });

  it('remembers an article once, however often it is told', () => {
    const shelf = storyShelf();
    const [first] = stream.map((article) => shelf.place(article));
    if (first === undefined) throw new Error('no article was placed');
    const before = shelf.find(stream[1] ?? item('2026-01-01', '', ''));
    shelf.remember(first);
    expect(shelf.size()).toBe(60);
    expect(shelf.find(stream[1] ?? item('2026-01-01', '', ''))).toEqual(before);
  });

  it('takes any text', () => {
    const shelf = storyShelf();
    for (const text of [
      '',
      ' ',
      '__proto__ constructor',
      '\u202E\u200B',
      '🙂🙂',
      'x'.repeat(1_000_000),
      '华'.repeat(100_000),
    ]) {
      expect(shelf.place(item('2026-01-01', text, text, text)).story).not.toBe('');
    }
  });
});
