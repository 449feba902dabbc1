/**
 * What an alert says, as a card: from the words stored with it, and where it tells of many things from the ledger.
 */
import { createHash } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import { alertCard } from '../chat/cards.ts';
import { catchUpCard } from '../chat/digest.ts';
import { noticeCard } from '../chat/notices.ts';
import { digestCard, storyCard } from '../chat/told.ts';
import type { Platform } from '../core/alert.ts';
import { EVERYBODY, scopeOf, type Scope } from '../core/scope.ts';
import type { SourceRegistry } from '../core/source.ts';
import { wallTime } from '../core/time.ts';
import type { AlertView, StoryView } from '../core/view.ts';
import { storySummary } from '../judge/story-summary.ts';
import { articlesOfStory, pagesOfStory } from '../ledger/articles.ts';
import { viewsDecidedBetween } from '../ledger/decisions.ts';
import type { LeasedAlert } from '../ledger/lanes.ts';
import { lastSent, saidBy } from '../ledger/outbox-views.ts';
import { topicsSeenBy } from './desk-views.ts';
import type { Newsroom } from './newsroom.ts';

export interface Built {
  readonly card: Card;
  /** What a living card of it is compared with later; null: it becomes none. */
  readonly view: object | null;
}

/** Null when there is nothing to say any more. */
export async function cardOf(room: Newsroom, alert: LeasedAlert, possibleRepeat: boolean): Promise<Built | null> {
  const postedAt = room.clock.wall();
  switch (alert.kind) {
    case 'status':
    case 'origin': {
      const view: AlertView = { ...alert.view, key: alert.key, postedAt, possibleRepeat };
      return { card: alertCard(view), view };
    }
    case 'notice':
      return { card: noticeCard(alert.view, possibleRepeat), view: null };
    case 'story': {
      const view = await storyOf(room, alert.view.story, viewerOf(alert));
      return (
        view && { card: storyCard(view, { topic: titleOf(room, alert.topic), demo: room.demo, possibleRepeat }), view }
      );
    }
    case 'catch-up': {
      const said = await saidBy(room.pool, alert.view.alerts);
      if (said.length === 0) return null;
      const views = said.map((view) => ({ ...view, postedAt, possibleRepeat }));
      const since = await lastSent(room.pool, alert.platform, alert.channel);
      return { card: catchUpCard(views, since, { because: alert.view.because, possibleRepeat }), view: null };
    }
    case 'digest':
      return { card: await digestOf(room, alert, possibleRepeat), view: null };
  }
}

/**
 * Hash of what people read on a card: when it was edited plays no part, so that an edit which would change nothing else is
 * not sent.
 */
export function shownOf(card: Card): string {
  const sections = card.sections.filter((section) => section.muted !== true);
  return createHash('sha256')
    .update(JSON.stringify([card.tone, card.title, card.link ?? '', sections]))
    .digest('hex');
}

/** The story as its articles tell it now; null when none is left. */
export async function storyOf(room: Newsroom, story: string, viewer: Scope): Promise<StoryView | null> {
  const pages = await pagesOfStory(room.pool, story, viewer);
  const { registry } = room.beat();
  const key = `${room.ledger} ${story} ${viewer}`;
  const before = summed.get(key);
  // By its pages and not by the clock: a card that is edited because the story grew must not show it as it was.
  if (before?.pages === pages && before.registry === registry) return before.view;
  const view = storySummary(await articlesOfStory(room.pool, story, viewer), registry);
  if (summed.size > 100) summed.clear();
  summed.set(key, { pages, registry, view });
  return view;
}

/** One story goes to many channels within a moment, and summing it up takes the longest of all. */
const summed = new Map<
  string,
  { readonly pages: string; readonly registry: SourceRegistry; readonly view: StoryView | null }
>();

/** As whom a channel sees things. */
export function viewerOf(channel: { readonly platform: Platform; readonly workspace: string }): Scope {
  return channel.workspace === '' ? EVERYBODY : scopeOf(channel);
}

/** What a topic is called; its id when it is followed no more. */
export function titleOf(room: Newsroom, topic: string | null): string {
  return room.beat().topics.find((one) => one.id === topic)?.title ?? topic ?? '';
}

async function digestOf(
  room: Newsroom,
  alert: Extract<LeasedAlert, { kind: 'digest' }>,
  possibleRepeat: boolean,
): Promise<Card> {
  const { from, until, rhythm } = alert.view;
  const viewer = viewerOf(alert);
  const topic = topicsSeenBy(room, viewer).find((one) => one.id === alert.topic);
  const claims = (topic?.claims ?? []).map((claim) => claim.id);
  const views = await viewsDecidedBetween(room.pool, claims, viewer, from, until);
  const changes = views.map((view) => ({ ...view, key: alert.key, postedAt: room.clock.wall(), possibleRepeat }));
  return digestCard({
    topic: { id: alert.topic ?? '', title: topic?.title ?? alert.topic ?? '' },
    rhythm,
    from: wallTime(from),
    until: wallTime(until),
    changes,
    tracked: claims.length,
    demo: room.demo,
    possibleRepeat,
  });
}
