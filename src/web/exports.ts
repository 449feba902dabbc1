/**
 * The same facts for machines: the API's JSON, an Atom feed and a JSON Feed of status changes. Times are ISO 8601 in UTC.
 */
import type { ClaimView, EvidenceView, OriginView, StatusView, WhyView } from '../core/view.ts';
import { escaped, shown } from '../picture/markup.ts';
import { DAY } from '../core/time.ts';
import { recordInWords, type TrackRecord } from '../core/track-record.ts';
import type { ChangeView } from './reader.ts';
import { statusWord } from '../core/wording.ts';

function stamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function originJson(origin: OriginView) {
  return { ...origin, first: stamp(origin.first) };
}

function claimJson(claim: ClaimView) {
  return {
    ...claim,
    deadline: stamp(claim.deadline),
    since: stamp(claim.since),
    supporting: claim.supporting.map(originJson),
    refuting: claim.refuting.map(originJson),
    freshest: claim.freshest === null ? null : { ...claim.freshest, published: stamp(claim.freshest.published) },
  };
}

function evidenceJson(item: EvidenceView) {
  return { ...item, published: stamp(item.published) };
}

/** `/api/claims` */
export function claimsJson(topics: readonly StatusView[]) {
  return {
    topics: topics.map((topic) => ({
      topic: topic.topic,
      title: topic.title,
      checked: stamp(topic.checked),
      feedsAnswering: topic.feedsAnswering,
      feeds: topic.feeds,
      demo: topic.demo,
      now: stamp(topic.now),
      claims: topic.claims.map(claimJson),
    })),
  };
}

/** `/api/claims/ID` */
export function whyJson(why: WhyView) {
  return {
    ...why,
    claim: claimJson(why.claim),
    evidence: why.evidence.map(evidenceJson),
    transitions: why.transitions.map((change) => ({ ...change, at: stamp(change.at) })),
    asOf: stamp(why.asOf),
  };
}

/** `/api/origins`. Counts, and the median lead in days over those claims on which somebody followed. */
export function originsJson(records: readonly TrackRecord[]) {
  return {
    origins: records.map(({ lead, ...record }) => ({
      ...record,
      medianLeadDays: lead === null ? null : Math.round((10 * lead) / DAY) / 10,
      words: recordInWords({ ...record, lead }),
    })),
  };
}

/** "DEMO · Confirmed: DeepSeek V4 runs on Huawei Ascend chips" */
function titleOf(change: ChangeView, demo: boolean): string {
  return `${demo ? 'DEMO · ' : ''}${statusWord(change.to, change.kind)}: ${shown(change.statement)}`;
}

function entryId(change: ChangeView): string {
  return `urn:claimwire:change:${encodeURIComponent(change.id)}`;
}

function sentence(change: ChangeView): string {
  return `Was ${statusWord(change.from, change.kind).toLowerCase()}. ${shown(change.because)}`;
}

/** `/claims.atom`. `base` is the address people use for the board, without a slash at its end. */
export function atomFeed(changes: readonly ChangeView[], base: string, now: number, demo: boolean): string {
  const entries = changes.map(
    (change) => `<entry>
<id>${escaped(entryId(change))}</id>
<title>${escaped(titleOf(change, demo))}</title>
<updated>${new Date(change.at).toISOString()}</updated>
<link rel="alternate" type="text/html" href="${escaped(`${base}/claims/${encodeURIComponent(change.claim)}`)}"/>
<category term="${escaped(change.topic)}" label="${escaped(shown(change.topicTitle))}"/>
<summary>${escaped(sentence(change))}</summary>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${escaped(`${base}/claims.atom`)}</id>
<title>claimwire${demo ? ' (DEMO)' : ''}: status changes</title>
<updated>${new Date(changes[0]?.at ?? now).toISOString()}</updated>
<author><name>claimwire</name></author>
<link rel="self" type="application/atom+xml" href="${escaped(`${base}/claims.atom`)}"/>
<link rel="alternate" type="text/html" href="${escaped(`${base}/`)}"/>
${entries.join('\n')}
</feed>
`;
}

/** `/claims.json`, a JSON Feed 1.1. */
export function jsonFeed(changes: readonly ChangeView[], base: string, demo: boolean) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: `claimwire${demo ? ' (DEMO)' : ''}: status changes`,
    home_page_url: `${base}/`,
    feed_url: `${base}/claims.json`,
    language: 'en',
    items: changes.map((change) => ({
      id: entryId(change),
      url: `${base}/claims/${encodeURIComponent(change.claim)}`,
      ...(change.link === null ? {} : { external_url: change.link }),
      title: titleOf(change, demo),
      content_text: sentence(change),
      date_published: new Date(change.at).toISOString(),
      tags: [change.topic, change.to],
    })),
  };
}
