/**
 * The board: every claim by topic, what is settled first, each with who knew, how many only repeat, and its small timeline.
 */
import { DAY } from '../core/time.ts';
import { day as dayWords, STATUS_ORDER, statusWord, agoWords, counted, abridged } from '../core/wording.ts';
import type { ClaimView, StatusView } from '../core/view.ts';
import type { Status } from '../core/status.ts';
import type { Html } from '../picture/markup.ts';
import { html, shown } from '../picture/markup.ts';
import { symbol } from '../picture/symbol.ts';
import { hostTag, outsideLink } from './links.ts';
import { page } from './page.ts';
import type { ChangeView, HealthReport } from './reader.ts';
import type { Span, TimelineFacts } from '../picture/timeline.ts';
import { factsOf, sparkline, spanOf } from '../picture/timeline.ts';
import { badge, day, deadlineDay, MEANINGS } from './words.ts';

export interface BoardInput {
  readonly topics: readonly StatusView[];
  /** Newest first. */
  readonly changes: readonly ChangeView[];
  readonly health: HealthReport | null;
  readonly demo: boolean;
}

const NEWEST = 6;

export function boardPage({ topics, changes, health, demo }: BoardInput): string {
  const claims = topics.flatMap((topic) => topic.claims);
  const now = Math.max(0, ...topics.map((topic) => topic.now));
  return page({
    title: 'What is known',
    demo,
    refreshSeconds: demo ? 2 : 20,
    main: html`<h1>
        What is known${demo && now > 0 ? html` <span class="story">on ${day(now, 0)} in the story</span>` : null}
      </h1>
      ${tally(claims)}
      ${topics.length > 1 ? html`<nav class="topics" aria-label="Topics">${topics.map((topic) => html`<a href="#topic-${topic.topic}">${shown(topic.title, 80)}</a>`)}</nav>` : null}
      ${latest(changes, now)} ${topics.map((topic) => topicSection(topic, changes))} ${legend()}
      ${health === null ? null : healthSection(health)}`,
  });
}

/** "5 confirmed, 2 corroborated": the whole board in one line. */
function tally(claims: readonly ClaimView[]): Html {
  const counts = STATUS_ORDER.map((status) => ({
    status,
    count: claims.filter((claim) => claim.status === status).length,
  }));
  return html`<ul class="tally" aria-label="Claims by status">
    ${counts
      .filter(({ count }) => count > 0)
      .map(
        ({ status, count }) =>
          html`<li class="s-${status}">
            ${symbol(status)}<b>${count}</b> ${statusWord(status, 'event').toLowerCase()}
          </li>`,
      )}
  </ul>`;
}

function latest(changes: readonly ChangeView[], now: number): Html | null {
  if (changes.length === 0) return null;
  return html`<section class="latest" aria-labelledby="latest">
    <h2 id="latest">Latest changes</h2>
    <ol>
      ${changes.slice(0, NEWEST).map(
        (change) =>
          html`<li>
            ${day(change.at, now)} ${badge(change.to, change.kind)}
            <a href="/claims/${change.claim}"><bdi>${shown(change.statement)}</bdi></a
            ><span class="because">${shown(change.because)}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}

function topicSection(topic: StatusView, changes: readonly ChangeView[]): Html {
  const claims = [...topic.claims].sort((a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status));
  const facts = new Map(claims.map((claim) => [claim.id, factsOf(claim, changes)]));
  const span = sharedSpan([...facts.values()], topic.now);
  return html`<section class="topic" aria-labelledby="topic-${topic.topic}">
    <h2 id="topic-${topic.topic}">${shown(topic.title, 80)}</h2>
    <p class="checked">
      <span>${checkedWords(topic)}</span
      ><span class="axis-words">timelines: ${dayWords(span.from, topic.now)} to ${dayWords(span.to, topic.now)}</span>
    </p>
    ${
      claims.length === 0
        ? html`<p>No claim is tracked here yet.</p>`
        : html`<ul class="claims">
            ${claims.map((claim) => claimRow(claim, facts.get(claim.id), span, topic.now))}
          </ul>`
    }
  </section>`;
}

function checkedWords(topic: StatusView): string {
  const feeds = `${topic.feedsAnswering} of ${counted(topic.feeds, 'feed')} ${topic.feeds === 1 ? 'answers' : 'answer'}`;
  return topic.checked === null
    ? `not checked yet · ${feeds}`
    : `checked ${agoWords(topic.checked, topic.now)} · ${feeds}`;
}

function claimRow(claim: ClaimView, facts: TimelineFacts | undefined, span: Span, now: number): Html {
  return html`<li class="claim s-${claim.status}">
    <div class="what">
      ${badge(claim.status, claim.kind)}${claim.since === null ? null : html`<span class="since">since ${day(claim.since, now)}</span>`}
      <h3>
        <a href="/claims/${claim.id}"><bdi>${shown(claim.statement)}</bdi></a>
      </h3>
      <p class="who">${whoWords(claim)}</p>
      <p class="fine">${fineWords(claim, now)}</p>
    </div>
    ${facts === undefined ? null : sparkline(facts, span, now)}
  </li>`;
}

/** "3 independent origins: DeepSeek, The Information and Financial Times · 56 publishers" */
function whoWords(claim: ClaimView): Html {
  const names = claim.supporting.map((origin) => shown(origin.name, 80));
  const against = claim.refuting.map((origin) => shown(origin.name, 80));
  const publishers =
    claim.publishers === 0 ? null : html` · <span class="count">${counted(claim.publishers, 'publisher')}</span>`;
  const forIt =
    names.length === 0
      ? html`<bdi>${claim.status === 'unverified' ? 'no origin counts for it' : shown(claim.because)}</bdi>`
      : html`<b>${counted(names.length, 'independent origin')}</b>: <bdi>${abridged(names, 4)}</bdi>`;
  return html`${forIt}${against.length === 0 ? null : html` · <span class="contra">against: <bdi>${abridged(against)}</bdi></span>`}${publishers}`;
}

function fineWords(claim: ClaimView, now: number): Html[] {
  const open: readonly Status[] = ['reported', 'corroborated', 'unverified', 'disputed'];
  const parts = [
    ...(claim.decidedBy === 'configuration' ? [html`recorded in the configuration`] : []),
    ...(claim.decidedBy === 'override' ? [html`decided by a person`] : []),
    ...(claim.deadline !== null && open.includes(claim.status)
      ? [html`deadline ${deadlineDay(claim.deadline, now)}`]
      : []),
    ...(claim.freshest === null
      ? []
      : [
          html`latest: ${outsideLink(claim.freshest.url, claim.freshest.title)}, ${shown(claim.freshest.publisher, 80)},
          ${day(claim.freshest.published, now)}${hostTag(claim.freshest.url)}`,
        ]),
  ];
  return parts.map((part, index) => html`${index === 0 ? null : ' · '}${part}`);
}

/** One scale for a topic, so that rows can be compared; nothing older than a year before now. */
function sharedSpan(facts: readonly TimelineFacts[], now: number): Span {
  const spans = facts
    .filter((fact) => fact.origins.length > 0 || fact.changes.length > 0)
    .map((fact) => spanOf(fact, now));
  const from = Math.max(Math.min(now - 30 * DAY, ...spans.map((span) => span.from)), now - 366 * DAY);
  return { from, to: Math.max(now, ...spans.map((span) => Math.min(span.to, now + 45 * DAY))) };
}

function legend(): Html {
  return html`<details class="legend">
    <summary>What the words mean</summary>
    <dl>
      ${STATUS_ORDER.map(
        (status) =>
          html`<div>
            <dt>${badge(status, 'event')}</dt>
            <dd>${MEANINGS[status]}</dd>
          </div>`,
      )}
    </dl>
    <p>
      An origin is who knew first-hand. Pages that say “according to a report by …” add publishers, never origins.
      Rumours never move a status.
    </p>
  </details>`;
}

function healthSection(health: HealthReport): Html {
  const trouble = health.feeds.filter((feed) => feed.state === 'failing' || feed.state === 'paused');
  const answering = health.feeds.filter((feed) => feed.state === 'answering').length;
  const untried = health.feeds.filter((feed) => feed.state === 'untried').length;
  const bad = health.parts.some((part) => part.state !== 'ok');
  return html`<details class="health" ${bad ? html` open` : null}>
    <summary>
      Health: ${health.ready ? 'ready' : 'not ready'} · ${counted(answering, 'feed')} of ${health.feeds.length}
      ${answering === 1 ? 'answers' : 'answer'}${untried > 0 ? `, ${untried} not tried yet` : null}
    </summary>
    <ul class="parts">
      ${health.parts.map((part) => html`<li class="p-${part.state}"><b>${part.name}</b> ${part.state}: ${shown(part.note, 200)}</li>`)}
    </ul>
    ${
      trouble.length === 0
        ? null
        : html`<h3>Feeds that do not answer</h3>
            <ul class="feeds">
              ${trouble.map((feed) => html`<li><b>${feed.id}</b> ${feed.state}: ${shown(feed.trouble ?? 'no reason known', 200)}</li>`)}
            </ul>`
    }
  </details>`;
}
