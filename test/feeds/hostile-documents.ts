/**
 * Documents that are made to hurt: for the tests, which allow each a second of processor time, and for the bench, which
 * reads each in a process of its own and tells its memory too.
 */
import { rss } from './documents.ts';

export const item = (inside: string): string => rss(`<item><title>Scoop</title>${inside}</item>`);

export const HOSTILE: readonly (readonly [name: string, document: () => string | Buffer])[] = [
  ['400 kB of unclosed &lt;p', () => item(`<description>${'&lt;p'.repeat(100_000)}</description>`)],
  ['400 kB of a<div in CDATA', () => item(`<description><![CDATA[${'a<div'.repeat(80_000)}]]></description>`)],
  ['100,000 nested elements', () => item('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
  ['100,000 nested tags in a text', () => item(`<description>${'<a>'.repeat(100_000)}</description>`)],
  [
    '100,000 nested tags in escaped HTML',
    () => item(`<description><![CDATA[${'<div>'.repeat(100_000)}]]></description>`),
  ],
  ['100,000 attributes', () => item(`<x ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)],
  ['a 20 MB attribute', () => item(`<enclosure url="${'x'.repeat(20_000_000)}"/>`)],
  [
    '50 MB of items',
    () =>
      rss(
        `<item><title>Item</title><link>https://wire.test/1</link><description>${'word '.repeat(200)}</description></item>`.repeat(
          46_000,
        ),
      ),
  ],
  ['7 million empty items', () => rss('<item/>'.repeat(7_000_000))],
  [
    'a billion laughs',
    () =>
      `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 10 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]>${item('<description>&a9;</description>')}`,
  ],
  [
    'one long entity a million times',
    () =>
      `<!DOCTYPE l [<!ENTITY a "${'x'.repeat(190)}">]>${item(`<description>${'&a;'.repeat(2_000_000)}</description>`)}`,
  ],
  [
    'an external entity',
    () => `<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>${item('<description>&a;</description>')}`,
  ],
  ['2 million end tags of nothing', () => item('</b>'.repeat(2_000_000))],
  ['8 million angle brackets', () => item(`<description>${'<'.repeat(8_000_000)}</description>`)],
  ['500,000 titles', () => item('<title></title>'.repeat(500_000))],
  ['300,000 categories', () => item(Array.from({ length: 300_000 }, (_, n) => `<category>a${n}</category>`).join(''))],
  [
    'namespaces on every element',
    () => rss('<item xmlns:a="b" xmlns:c="d"><title xmlns:e="f">x</title></item>'.repeat(100_000)),
  ],
  [
    'a long base on every item',
    () => rss(`<item xml:base="/${'a/'.repeat(1_000)}"><title>x</title><link>c</link></item>`.repeat(3_000)),
  ],
  ['300,000 XML declarations', () => '<?xml version="1.0"?>'.repeat(300_000) + item('')],
  [
    '900,000 JSON objects',
    () => `{"version":"https://jsonfeed.org/version/1.1","items":[${'{"id":1},'.repeat(900_000)}{"id":2}]}`,
  ],
  ['a million nested JSON objects', () => `{"version":"jsonfeed","items":${'{"a":'.repeat(1_000_000)}`],
  ['dates without end', () => rss(`<item><title>x</title><pubDate>${'1:'.repeat(60)}</pubDate></item>`.repeat(15_000))],
  [
    'time zones without end',
    () =>
      rss(
        Array.from({ length: 100_000 }, (_, n) => {
          const zone = n % 2 === 0 ? `Asia/X${n}` : ['Asia/Shanghai', 'Europe/Kyiv', 'America/New_York'][n % 3];
          return `<item><title>x</title><pubDate>1 Jan 2025 1:00 ${zone}</pubDate></item>`;
        }).join(''),
      ),
  ],
  ['8 MB of NUL', () => Buffer.alloc(8_000_000)],
  ['8 MB of é in latin1', () => Buffer.alloc(8_000_000, 0xe9)],
];
