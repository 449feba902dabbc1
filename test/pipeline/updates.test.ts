/**
 * What those hear who asked for more than changes: new origins, and stories. From the page to the platform, in one
 * newsroom; each test goes on where the last one ended.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../src/chat/platform.ts';
import { testNewsroom, type Page, type TestNewsroom } from '../support/newsroom.ts';

let news: TestNewsroom;
beforeAll(async () => {
  news = await testNewsroom({
    ft: 'financial-times',
    ti: 'the-information',
    re: 'reuters',
    st: 'straits-times',
    th: 'toms-hardware',
  });
  for (const level of ['changes', 'updates', 'all'] as const) await news.subscribe(level, level);
  await news.sweep();
  await news.drain();
  await news.turn();
});
afterAll(() => news.close());

/** A page appears in a feed; whatever follows from it is done, and only what it caused is remembered as sent. */
async function publish(time: string, feed: string, page: Omit<Page, 'published' | 'guid'>): Promise<void> {
  news.poster.sent.length = 0;
  news.pages.get(feed)?.push({ ...page, guid: `${feed} ${time}`, published: time });
  news.at(time);
  await news.turn();
  await settle();
}
async function settle(): Promise<void> {
  await news.sweep();
  await news.drain();
}
const inChannel = (channel: string): OutgoingMessage[] =>
  news.poster.sent.filter((message) => message.channel === channel);
const posts = (channel: string): string[] =>
  inChannel(channel)
    .filter((message) => message.edit === undefined)
    .map((message) => message.card.title);
const edits = (channel: string): OutgoingMessage[] =>
  inChannel(channel).filter((message) => message.edit !== undefined);

const SCOOP =
  'DeepSeek has optimised its V4 model to run on Huawei chips, two people with knowledge of the matter told the Financial Times.';
const THIRD = 'DeepSeek V4 will run on Huawei chips, three people familiar with the matter told Reuters.';
const LOOK_BACK = "DeepSeek's V4 runs on Huawei chips, the Financial Times reported in February.";
const SHIFT = 'What the shift of Chinese labs to domestic accelerators means';

it('a change is told to all of them, and to those who follow everything not as a story besides', async () => {
  await publish('2026-02-28T00:10:00Z', 'ft', { title: 'DeepSeek readies V4 tuned for Huawei chips', summary: SCOOP });
  expect(posts('all')).toEqual(['Reported: DeepSeek V4 runs on Huawei Ascend chips']);
  await publish('2026-03-10T15:00:00Z', 'ti', {
    title: 'DeepSeek V4 to run on Huawei chips',
    summary: 'DeepSeek V4 will run on chips made by Huawei, according to two people with direct knowledge.',
  });
  for (const channel of ['changes', 'updates', 'all'])
    expect(posts(channel)).toContain('Corroborated: DeepSeek V4 runs on Huawei Ascend chips');
  expect(posts('all')).toEqual(posts('changes'));
});

describe('a new origin where the status stands', () => {
  it('is told to those who asked for updates, once, under the card of the claim; the others see that card edited', async () => {
    await publish('2026-03-20T09:00:00Z', 're', { title: 'Exclusive: a Chinese lab picks processors', summary: THIRD });
    const told = ['Corroborated, new origin Reuters: DeepSeek V4 runs on Huawei Ascend chips'];
    expect([posts('changes'), posts('updates'), posts('all')]).toEqual([[], told, told]);
    expect(inChannel('updates')[0]?.under?.messageId).toBeDefined();
    await news.room.pool.query('update cards set next_edit_at = now()');
    await settle();
    for (const channel of ['changes', 'updates', 'all'])
      expect(edits(channel).map((message) => JSON.stringify(message.card.sections))).toEqual([
        expect.stringContaining('+ Reuters'),
      ]);
  });

  it('is no news when it speaks again, nor when others repeat it', async () => {
    await publish('2026-03-20T10:00:00Z', 're', { title: 'More on a Chinese lab’s processors', summary: THIRD });
    expect([posts('changes'), posts('updates'), posts('all')]).toEqual([[], [], []]);
    await publish('2026-03-20T12:00:00Z', 'st', {
      title: 'A Chinese lab picks processors: Reuters',
      summary: 'DeepSeek V4 will run on Huawei chips, Reuters reported, citing three people familiar with the matter.',
    });
    expect([posts('changes'), posts('updates'), posts('all')]).toEqual([[], [], []]);
  });
});

describe('a story', () => {
  const followers = (): string[][] => [posts('changes'), posts('updates'), posts('all')];

  it('is told to those who follow everything, once a second publisher carries it', async () => {
    await publish('2026-07-20T09:00:00Z', 'th', { title: `${SHIFT} for gamers`, summary: LOOK_BACK });
    expect(posts('all').filter((title) => title.startsWith('Story'))).toEqual([]);
    await publish('2026-07-20T10:00:00Z', 'st', { title: SHIFT, summary: LOOK_BACK });
    expect(followers()).toEqual([[], [], [`Story: ${SHIFT} for gamers`]]);
    expect(news.poster.sent[0]?.card.footer).toEqual(['DeepSeek']);
  });

  it('is edited in place as it grows, and not posted again', async () => {
    await publish('2026-07-20T11:00:00Z', 'ti', { title: `${SHIFT} for gamers`, summary: LOOK_BACK });
    await settle();
    // Not within a minute of the post.
    expect(news.poster.sent).toEqual([]);
    await news.room.pool.query('update cards set next_edit_at = now()');
    await settle();
    expect(followers()).toEqual([[], [], []]);
    const [edit, ...more] = edits('all').filter((message) => message.card.title.startsWith('Story'));
    expect(more).toEqual([]);
    expect(edit?.card).toMatchObject({ title: `Story: ${SHIFT} for gamers`, footer: ['DeepSeek'] });
    const words = JSON.stringify(edit?.card.sections);
    expect(words).toContain('3 publishers');
    expect(words).toContain('1 more publisher');
    await news.room.pool.query('update cards set next_edit_at = now()');
    await settle();
    expect(edits('all').filter((message) => message.card.title.startsWith('Story'))).toHaveLength(1);
  });
});
