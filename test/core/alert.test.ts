import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/core/alert.ts';
import { LEVELS, hears, hearsUpdate, mainLink, neighboursNotConfirmed, newOrigins } from '../../src/core/alert.ts';
import { bestLink } from '../../src/core/link.ts';
import type { Status } from '../../src/core/status.ts';
import { claim, decided, official, on, registry, says, v4OnHuawei } from '../stories.ts';

describe('who hears of a change', () => {
  it.each<[from: Status, to: Status, levels: readonly Level[]]>([
    ['unverified', 'reported', ['changes', 'updates', 'all']],
    ['reported', 'corroborated', ['changes', 'updates', 'all']],
    ['corroborated', 'confirmed', LEVELS],
    ['reported', 'refuted', LEVELS],
    ['confirmed', 'disputed', LEVELS],
    ['reported', 'expired', ['changes', 'updates', 'all']],
    ['reported', 'reported', []],
  ])('%s -> %s', (from, to, levels) => {
    expect(LEVELS.filter((level) => hears(level, { from, to }))).toEqual(levels);
  });

  it('new origins are for those who asked for updates, stories for those who want all', () => {
    expect(LEVELS.filter((level) => hearsUpdate(level, 'new origin'))).toEqual(['updates', 'all']);
    expect(LEVELS.filter((level) => hearsUpdate(level, 'story'))).toEqual(['all']);
  });

  it('an origin is new once', () => {
    const before = decided(v4OnHuawei, [says('supports', 'financial-times')]);
    const after = decided(v4OnHuawei, [says('supports', 'financial-times'), says('refutes', 'bloomberg')]);
    expect(newOrigins(null, before).map(({ name }) => name)).toEqual(['Financial Times']);
    expect(newOrigins(before, after).map(({ name }) => name)).toEqual(['Bloomberg']);
    expect(newOrigins(after, after)).toEqual([]);
  });
});

describe('where the main link goes', () => {
  const page = (publisher: string, day: string) => on(day, says('supports', publisher, 'the-information'));
  const own = on('2026-04-09', says('supports', 'the-information'));

  it.each([
    ['the origin, however late its page was seen', ['blog.example', 'hk01', 'reuters'], true, 'theinformation.com'],
    ['else the wire', ['blog.example', 'hk01', 'reuters'], false, 'reuters.com'],
    ['else a listed newsroom', ['yahoo', 'blog.example', 'hk01'], false, 'hk01.com'],
    ['else whoever is listed', ['blog.example', 'yahoo'], false, 'yahoo.com'],
    [
      'never to an unlisted page, a press wire or one of low credibility',
      ['blog.example', 'pr-newswire', 'albis'],
      false,
      null,
    ],
  ])('%s', (_, publishers, seen, host) => {
    const rows = publishers.map((publisher, day) => page(publisher, `2026-04-0${day + 1}`));
    expect(bestLink(seen ? [...rows, own] : rows, 'the-information', registry)?.host ?? null).toBe(host);
  });

  it('never to an address that is not its publisher’s, whatever the feed said', () => {
    const forged = { ...says('supports', 'reuters'), url: 'https://reuters.com.co/x' };
    expect(bestLink([forged], 'reuters', registry)).toBeNull();
    expect(bestLink([{ ...forged, url: 'javascript:alert(1)' }], 'reuters', registry)).toBeNull();
  });

  it('to a page that the configuration names, when there is no listed one', () => {
    const known = { ...says('supports', 'blog.example', 'the-information'), via: 'config' as const };
    expect(bestLink([known], 'the-information', registry)?.url).toBe(known.url);
    expect(bestLink([known, page('yahoo', '2026-04-05')], 'the-information', registry)?.host).toBe('yahoo.com');
    expect(bestLink([{ ...known, url: 'javascript:alert(1)' }], 'the-information', registry)).toBeNull();
  });

  it('to the origin that decided', () => {
    const ft = on('2026-02-28', says('supports', 'financial-times'));
    const release = on('2026-04-24', official(says('supports', 'deepseek')));
    expect(mainLink(decided(v4OnHuawei, [ft]))?.host).toBe('ft.com');
    expect(mainLink(decided(v4OnHuawei, [ft, release]))).toEqual({ url: release.url, host: 'deepseek.com' });
    expect(mainLink(decided(v4OnHuawei, [ft, on('2026-05-01', official(says('refutes', 'huawei')))]))?.host).toBe(
      'huawei.com',
    );
    expect(mainLink(decided(v4OnHuawei, []))).toBeNull();
  });
});

it('names the neighbours it does not confirm, and leaves out those confirmed on their own', () => {
  const trained = claim({ id: 'trained', statement: 'V4 was trained on Huawei chips' });
  const orders = claim({ id: 'orders', statement: 'Alibaba ordered Huawei chips' });
  const launched = claim({ id: 'launched', statement: 'V4 is out' });
  const main = claim({ neighbours: ['trained', 'orders', 'launched', 'gone'] });
  const claims = new Map([main, trained, orders, launched].map((one) => [one.id, one]));
  const decisions = new Map([
    ['orders', decided(orders, [says('supports', 'the-information')])],
    ['launched', decided(launched, [official(says('supports', 'deepseek'))])],
  ]);
  expect(neighboursNotConfirmed(main, claims, decisions)).toEqual([
    { statement: 'V4 was trained on Huawei chips', status: 'unverified', origins: [] },
    { statement: 'Alibaba ordered Huawei chips', status: 'reported', origins: ['The Information'] },
  ]);
});
