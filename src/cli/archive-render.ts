/**
 * An archive feed as bytes: RSS 2.0, Atom or JSON Feed, as it stood at one news time.
 *
 *   renderFeed(feed, newsTime('2026-02-28T01:00Z'), 'http://127.0.0.1:9000')
 *   -> { body: <rss version="2.0">..., contentType: 'application/rss+xml; charset=gb18030', updated: 2026-02-28T00:20Z }
 *
 * Pure: the same feed and time give the same bytes, so that an ETag means something.
 */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { iso } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';
import type { ArchiveFeed, ArchiveItem, Wording } from './archive-files.ts';

/** The newest entries alone, as news sites serve them; enough that a poller which was held up for a while misses none. */
const NEWEST = 40;

export interface RenderedFeed {
  readonly body: Buffer;
  readonly contentType: string;
  /** When its newest text came out; null for a feed that is still empty. */
  readonly updated: NewsTime | null;
}

interface Served {
  readonly item: ArchiveItem;
  readonly wording: Wording;
  readonly link: string | null;
}

/** `origin` is the archive's own address, without a slash at its end. */
export function renderFeed(feed: ArchiveFeed, now: NewsTime, origin: string): RenderedFeed {
  const entries = feed.items
    .flatMap((item) => {
      const wording = item.wordings.findLast(({ since }) => since <= now);
      return wording === undefined ? [] : [{ item, wording, link: linkOf(feed, item, origin) }];
    })
    .sort((a, b) => b.item.published - a.item.published || (a.item.guid < b.item.guid ? -1 : 1))
    .slice(0, NEWEST);
  const updated = entries.reduce<NewsTime | null>(
    (latest, { wording }) => (latest === null || wording.since > latest ? wording.since : latest),
    null,
  );
  const self = `${origin}/feeds/${feed.id}`;
  const { text, type } = {
    rss: () => ({ text: rss(feed, entries, updated, self), type: 'application/rss+xml' }),
    atom: () => ({ text: atom(feed, entries, updated, self), type: 'application/atom+xml' }),
    json: () => ({ text: jsonFeed(feed, entries, self), type: 'application/feed+json' }),
  }[feed.dialect]();
  const body = feed.charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, feed.charset);
  return { body, contentType: `${type}; charset=${feed.charset}`, updated };
}

/** The name under which a redirecting feed hides an item's address: opaque, as aggregators' are. */
export function redirectName(item: ArchiveItem): string {
  return createHash('sha256').update(item.guid).digest('base64url').slice(0, 16);
}

function linkOf(feed: ArchiveFeed, item: ArchiveItem, origin: string): string | null {
  if (item.url === null) return null;
  return feed.redirects ? `${origin}/go/${redirectName(item)}` : item.url;
}

function rss(feed: ArchiveFeed, entries: readonly Served[], updated: NewsTime | null, self: string): string {
  return [
    `<?xml version="1.0" encoding="${feed.charset.toUpperCase()}"?>`,
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    '<channel>',
    element('title', feed.title),
    element('link', feed.home),
    element('description', `${feed.title}. Demo archive: paraphrases, not the publisher's words.`),
    `<atom:link rel="self" type="application/rss+xml" href="${escaped(self)}"/>`,
    ...(updated === null ? [] : [element('lastBuildDate', new Date(updated).toUTCString())]),
    ...entries.map(({ item, wording, link }) =>
      [
        '<item>',
        element('title', wording.title),
        ...(link === null ? [] : [element('link', link)]),
        `<guid isPermaLink="false">${escaped(item.guid)}</guid>`,
        element('pubDate', new Date(item.published).toUTCString()),
        ...(item.author === null ? [] : [element('dc:creator', item.author)]),
        element('description', wording.summary),
        ...(feed.bodies && wording.body !== '' ? [`<content:encoded>${cdata(html(wording))}</content:encoded>`] : []),
        ...(item.source === null
          ? []
          : [`<source url="${escaped(item.source.url)}">${escaped(item.source.name)}</source>`]),
        '</item>',
      ].join('\n'),
    ),
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function atom(feed: ArchiveFeed, entries: readonly Served[], updated: NewsTime | null, self: string): string {
  return [
    `<?xml version="1.0" encoding="${feed.charset.toUpperCase()}"?>`,
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', `tag:claimwire,2026:${feed.id}`),
    element('title', feed.title),
    element('subtitle', "Demo archive: paraphrases, not the publisher's words."),
    `<link rel="self" href="${escaped(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(feed.home)}"/>`,
    // Atom demands a date even of an empty feed; the epoch never looks like news.
    element('updated', updated === null ? '1970-01-01T00:00:00Z' : iso(updated)),
    ...entries.map(({ item, wording, link }) =>
      [
        '<entry>',
        element('id', `tag:claimwire,2026:${item.guid}`),
        element('title', wording.title),
        ...(link === null ? [] : [`<link rel="alternate" type="text/html" href="${escaped(link)}"/>`]),
        element('published', iso(item.published)),
        element('updated', iso(wording.since)),
        `<author>${element('name', item.author ?? feed.title)}</author>`,
        element('summary', wording.summary),
        ...(feed.bodies && wording.body !== '' ? [`<content type="html">${escaped(html(wording))}</content>`] : []),
        ...(item.source === null
          ? []
          : [
              `<source>${element('id', item.source.url)}${element('title', item.source.name)}<link href="${escaped(item.source.url)}"/></source>`,
            ]),
        '</entry>',
      ].join('\n'),
    ),
    '</feed>',
    '',
  ].join('\n');
}

function jsonFeed(feed: ArchiveFeed, entries: readonly Served[], self: string): string {
  const content = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: self,
    description: "Demo archive: paraphrases, not the publisher's words.",
    items: entries.map(({ item, wording, link }) => ({
      id: item.guid,
      ...(link === null ? {} : { url: link }),
      title: wording.title,
      summary: wording.summary,
      ...(feed.bodies && wording.body !== '' ? { content_html: html(wording) } : { content_text: wording.summary }),
      date_published: iso(item.published),
      ...(wording.since > item.published ? { date_modified: iso(wording.since) } : {}),
      ...(item.author === null ? {} : { authors: [{ name: item.author }] }),
    })),
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** Summary and body as the paragraphs of a page. */
function html(wording: Wording): string {
  return [wording.summary, ...wording.body.split(/\n+/)].map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n');
}

function element(name: string, content: string): string {
  return `<${name}>${escaped(content)}</${name}>`;
}

function cdata(content: string): string {
  return `<![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
