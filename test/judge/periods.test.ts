/**
 * Quarters, halves and years in two languages, as a page of 20 November 2026 means them.
 */
import { describe, expect, it } from 'vitest';
import { iso, newsTime } from '../../src/core/time.ts';
import { indexed } from '../../src/judge/phrase.ts';
import { read } from '../../src/judge/text.ts';
import { timesIn } from '../../src/judge/when.ts';

function times(text: string): string[] {
  const reading = indexed(read({ title: '', summary: text, body: '' }));
  const range = { first: 0, last: reading.tokens.length };
  return timesIn(reading, range, newsTime('2026-11-20')).map(
    (time) => `${iso(time.from).slice(0, 10)} ${iso(time.to).slice(0, 10)}`,
  );
}

describe('a longer time', () => {
  it.each([
    ['Huawei will launch it in the fourth quarter of 2027.', '2027-10-01 2028-01-01'],
    ['It is due in Q1 2027.', '2027-01-01 2027-04-01'],
    ['It arrives in the first quarter.', '2027-01-01 2027-04-01'],
    ['It arrives in the second half of next year.', '2027-07-01 2028-01-01'],
    ['It comes by the end of 2027.', '2027-10-01 2028-01-01'],
    ['It comes by year-end.', '2026-10-01 2027-01-01'],
    ['It comes in late 2027.', '2027-09-01 2028-01-01'],
    ['It comes in 2028.', '2028-01-01 2029-01-01'],
    ['It comes later this year.', '2026-01-01 2027-01-01'],
    ['华为将于明年第四季度推出。', '2027-10-01 2028-01-01'],
    ['华为将于2027年四季度推出。', '2027-10-01 2028-01-01'],
    ['华为将于2027年4季度推出。', '2027-10-01 2028-01-01'],
    ['华为将在年底前推出。', '2026-10-01 2027-01-01'],
    ['華為將於2027年下半年推出。', '2027-07-01 2028-01-01'],
    ['华为将在2028年推出。', '2028-01-01 2029-01-01'],
  ])('%s', (text, span) => {
    expect(times(text)).toEqual([span]);
  });

  it.each([
    ['a month with its year stays a month', 'It comes in April 2027.', ['2027-04-01 2027-05-01']],
    ['also in Chinese', '将于2027年4月推出。', ['2027-04-01 2027-05-01']],
    ['a number alone is no year', 'The 2027 model has 2026 parts.', []],
    ['a half of something else is no half-year', 'The second half of the chips came.', []],
    ['nor is a year ago', '成立两年以来。', []],
  ])('%s', (_what, text, expected) => {
    expect(times(text)).toEqual(expected);
  });
});
