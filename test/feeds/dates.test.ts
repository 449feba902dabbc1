import { describe, expect, it } from 'vitest';
import { parseDate } from '../../src/feeds/dates.ts';

/** All are 3 June 2025, 09:39:21 UTC unless they say less. */
const AT = Date.UTC(2025, 5, 3, 9, 39, 21);
const MINUTE = Date.UTC(2025, 5, 3, 9, 39);
const DAY = Date.UTC(2025, 5, 3);

describe('a date as feeds write it', () => {
  it.each([
    ['Tue, 03 Jun 2025 09:39:21 GMT', AT],
    ['Tue, 3 Jun 25 05:39:21 EDT', AT],
    ['Tue, 03 Jun 2025 10:39:21 BST', AT],
    ['Tue, 03 Jun 2025 17:39:21 +0800', AT],
    ['Tue, 03 Jun 2025 17:39:21 +08', AT],
    ['Tue, 03 Jun 2025 05:39:21 -0400 (EDT)', AT],
    ['Tue, 3 Jun 2025 04:39:21 Central Daylight Time', AT],
    ['Tuesday, 03-Jun-25 09:39:21 GMT', AT],
    ['Tue Jun  3 09:39:21 2025', AT],
    ['Tue Jun 3 05:39:21 EDT 2025', AT],
    ['2025-06-03T09:39:21Z', AT],
    ['2025-06-03T17:39:21.000+08:00', AT],
    ['2025-06-03T05:39:21-0400', AT],
    ['2025-06-03T17:39:21+08:00[Asia/Shanghai]', AT],
    ['2025-06-03T09:39:21,000Z', AT],
    ['20250603T093921Z', AT],
    ['2025-06-03 09:39:21', AT],
    ['2025-06-03 09:39:21 +0000 UTC', AT],
    ['2025/06/03 09:39:21', AT],
    ['1748943561', AT],
    ['1748943561000', AT],
    ['2025年6月3日 09:39:21', AT],
    ['2025년 06월 03일 오전 9:39:21', AT],
    ['ср, 03 июн 2025 12:39:21 +0300', AT],
    ['mar., 03 juin 2025 11:39:21 +0200', AT],
    ['周二, 03 6月 2025 17:39:21 +0800', AT],
    ['星期二, 03 六月 2025 17:39:21 +0800', AT],
    ['Tue, 03 Jun 2025 02:39:21 America/Los_Angeles', AT],
    ['2025-06-03 17:39:21 Asia/Shanghai', AT],
    ['2025-06-03 12:39:21 Europe/Kyiv', AT],
    ['Sun, 30 Mar 2025 03:30:00 Europe/Berlin', Date.UTC(2025, 2, 30, 1, 30)],
    ['Tue, 03 Jun 2025 09:39:21 Europe/Nowhere', AT],
    ['Tue Jun 03 05:39:21 -0400 2025', AT],
    ['Tue, 03 Jun 2025 05:39:21 --0400', AT],
    ['2025-06-02T23:39:21-010:00', AT],
    ['20250603093921', AT],
    ['Tue, 03 Jun 2025 09.39.21', AT],
    ['3 Jun 125 09:39:21 GMT', AT],
    ['Tue, 03 06 2025 09:39', MINUTE],
    ['Tue, 06 03 2025 09:39', MINUTE],
    ['mardi 3 juin 2025 09:39', MINUTE],
    ['Tuesday, June 3, 2025 - 09:39', MINUTE],
    ['Jun 3, 2025 9:39 AM', MINUTE],
    ['03.06.2025 09:39', MINUTE],
    ['06/03/2025 09:39', MINUTE],
    ['2025年06月03日 上午9时39分', MINUTE],
    ['3 June 2025', DAY],
    ['June 3rd, 2025', DAY],
    ['20250603', DAY],
    ['2025 June 3', DAY],
    ['3-6-2025', DAY],
    ['2025-154', DAY],
    ['25-06-03', DAY],
    ['2025-06', Date.UTC(2025, 5, 1)],
    ['2025', Date.UTC(2025, 0, 1)],
    ['Tue, 03 Jun 2025 24:00:00 GMT', DAY + 86_400_000],
    ['Tue, 03 Jun 2025 09:39:60 GMT', MINUTE + 60_000],
  ])('%s is understood', (written, ms) => {
    expect(parseDate(written)).toBe(ms);
  });

  it.each([
    '',
    'yesterday',
    'Mon, 99 Foo',
    '31 Feb 2025',
    'Tue, 03 Jun 2025 25:39:21 GMT',
    '2025-13-01',
    '0000-00-00',
    '12',
    'Jun 2025',
    '2025-06-03T09:39:21+25:00',
    '2025-366',
  ])('%j is none', (written) => {
    expect(parseDate(written)).toBeNull();
  });
});
