/**
 * A thousand tracked statements and long articles, made from lists: for measuring what judging costs and for holding the claim index
 * to what a plain loop finds.
 */
import type { Article } from '../../src/core/article.ts';
import type { Claim } from '../../src/core/claim.ts';
import type { SourceRegistry } from '../../src/core/source.ts';
import { newsTime } from '../../src/core/time.ts';
import { claimOfStatement } from '../../src/judge/statement.ts';

const NOW = newsTime('2026-04-05');
const KNOWN = [
  'Huawei',
  'Nvidia',
  'DeepSeek',
  'SMIC',
  'TSMC',
  'AMD',
  'Alibaba',
  'ByteDance',
  'Tencent',
  'Cambricon',
  'Micron',
  'ASML',
];
const OTHERS =
  'Arlen Brightwave Corvane Dunmore Eastmark Fenwick Galdor Harrowgate Ilmari Juniperus Kestrel Lumenor Marlow Northreach Ostrava Pellucid Quillon Ridgeway Solvane Tidewater Umbra Verdane Westholm Xandor Yarrow Zephyrine'.split(
    ' ',
  );
const PRODUCTS = [
  'H20',
  'H200',
  '950PR',
  'MI308',
  'V4',
  'R2',
  'Atlas 350',
  'HBM3E',
  'B30A',
  '910C',
  'Ascend 960',
  'MLU590',
];
const PLACES = ['China', 'Malaysia', 'Japan', 'Shanghai', 'Texas', 'Dresden', 'Penang', 'Hefei', 'Arizona', 'Kumamoto'];
const SHAPES: readonly ((who: string, what: string, whom: string, where: string) => string)[] = [
  (who, what, whom) => `${who} ships ${what} to ${whom} by July`,
  (who, what) => `${who} launches ${what} this year`,
  (who, what, whom) => `${whom} has ordered ${what} from ${who}`,
  (who, _what, _whom, where) => `${who} opens a chip factory in ${where}`,
  (who, what, _whom, where) => `${who} stops selling ${what} in ${where}`,
  (who, _what, whom) => `${who} acquires ${whom}`,
  (who, _what, whom) => `${who} and ${whom} sign a supply agreement`,
  (_who, what, whom) => `The US approves ${what} sales to ${whom}`,
  (who, what) => `${who} has delayed ${what}`,
  (who, _what, whom) => `${who} sues ${whom}`,
  (who, _what, _whom, where) => `${who} is banned in ${where}`,
  (who, what) => `${who} makes more than 200,000 ${what} chips in 2026`,
];

/** The n-th of a list, round and round. */
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Distinct statements, about a third of them on the dozen names that the news is full of. */
export function manyStatements(count: number): string[] {
  const found = new Set<string>();
  for (let n = 0; found.size < count; n += 1) {
    const who = n % 3 === 0 ? pick(KNOWN, Math.floor(n / 3)) : pick(OTHERS, n * 7);
    const whom = n % 5 === 0 ? pick(KNOWN, Math.floor(n / 5) + 4) : pick(OTHERS, n * 11 + 5);
    if (who === whom) continue;
    found.add(
      pick(SHAPES, n + Math.floor(n / 12))(
        who,
        pick(PRODUCTS, n * 5 + Math.floor(n / 60)),
        whom,
        pick(PLACES, n * 3 + Math.floor(n / 30)),
      ),
    );
  }
  return [...found];
}

export function manyClaims(count: number, registry: SourceRegistry): Claim[] {
  const taken = new Set<string>();
  return manyStatements(count).map((statement) => {
    const claim = claimOfStatement(statement, { registry, now: NOW, topic: 'many', taken });
    if (typeof claim === 'string') throw new Error(`${statement}: ${claim}`);
    taken.add(claim.id);
    return claim;
  });
}

const SENTENCES: readonly ((who: string, what: string, whom: string, where: string) => string)[] = [
  (who, what, whom) =>
    `${who} has begun to ship its ${what} to ${whom}, according to two people familiar with the matter.`,
  (who, _what, _whom, where) =>
    `Analysts said that ${who} had little choice after officials in ${where} asked for more local supply.`,
  (who, what) => `“We will not comment on rumours,” a spokesperson for ${who} said when asked about the ${what}.`,
  (_who, what, whom) =>
    `Orders for the ${what} have been larger than planned, and ${whom} may have to wait until the third quarter.`,
  (who, _what, whom, where) =>
    `In ${where}, ${who} and ${whom} run a joint laboratory whose budget was raised last year.`,
  () => 'The market for memory remains tight, and prices of older parts have risen for five months in a row.',
  () =>
    'Export rules have changed four times in eighteen months, which lawyers say has made planning close to impossible.',
  (who, what) =>
    `It is not clear whether the ${what} that ${who} showed at a trade fair in March is the version that customers will receive.`,
  (_who, what, whom) =>
    `A filing seen by Reuters shows that ${whom} has paid in advance for servers built around the ${what}.`,
  (who) => `Shares of ${who} rose 2.4% in the morning and gave up most of the gain by the close.`,
  (who, _what, _whom, where) =>
    `${who} denied that it plans to open a second plant in ${where} and called the report inaccurate.`,
  () => 'People who have used the new tools describe them as faster and less forgiving than those they replace.',
];

/** An article of 600 to 900 words that names a handful of parties, as long reports do. */
export function longArticle(n: number, registry: SourceRegistry): Article {
  const cast = [pick(KNOWN, n), pick(OTHERS, n * 3), pick(KNOWN, n + 5), pick(OTHERS, n * 5 + 1)];
  const wanted = 600 + ((n * 37) % 300);
  const said: string[] = [];
  let words = 0;
  for (let at = 0; words < wanted; at += 1) {
    const sentence = pick(SENTENCES, n + at)(
      pick(cast, at),
      pick(PRODUCTS, n + (at % 3)),
      pick(cast, at + 1),
      pick(PLACES, n + (at % 2)),
    );
    said.push(sentence);
    words += sentence.split(' ').length;
  }
  const url = `https://news.example/${n}`;
  return {
    id: `long-${n}`,
    revision: 1,
    url,
    publisher: registry.publisherOf(url),
    published: NOW,
    lang: 'en',
    title: `${pick(cast, 0)} said to ship ${pick(PRODUCTS, n)} to ${pick(cast, 1)}`,
    summary: said.slice(0, 2).join(' '),
    body: said.slice(2).join(' '),
    authors: [],
  };
}
