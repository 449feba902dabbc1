import { describe, expect, test } from 'vitest';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../../src/chat/cards.ts';
import { renderCard, renderPages } from '../../../src/chat/slack/render.ts';
import { slackText, slackTime } from '../../../src/chat/slack/escape.ts';
import { refuseBlocks } from '../../doubles/slack-rules.ts';
import { alertView, hostileCard, statusView, whyView } from '../examples.ts';
import { LONG_TEXTS, longestCards } from '../limits.ts';

const GOLDEN = {
  'alert-confirmed': () => renderCard(alertCard(alertView())),
  'alert-possible-repeat': () => renderCard(alertCard(alertView({ possibleRepeat: true }))),
  status: () => renderCard(statusCard(statusView())),
  why: () => renderCard(whyCard(whyView())),
  claim: () => renderCard(claimCard(whyView())),
  sources: () => renderCard(sourcesCard(whyView())),
  hostile: () => renderCard(hostileCard()),
};

describe('a card on Slack', () => {
  test.each(Object.entries(GOLDEN))('%s reads as in the golden file', async (name, message) => {
    const rendered = message();
    expect(refuseBlocks(rendered.blocks)).toEqual([]);
    await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(`../../golden/slack/${name}.json`);
  });

  test.each(Object.entries(LONG_TEXTS))('keeps every limit when all texts are as long as can be: %s', (_name, text) => {
    for (const [kind, card] of Object.entries(longestCards(text))) {
      const pages = renderPages(card);
      for (const page of [renderCard(card), ...pages]) {
        expect(refuseBlocks(page.blocks), kind).toEqual([]);
        expect(page.text.length, kind).toBeLessThanOrEqual(4000);
      }
      expect(pages.length, kind).toBeLessThanOrEqual(4);
    }
  });

  test('keeps status, origins and link of the longest alert', () => {
    const card = longestCards(LONG_TEXTS['escaped'] ?? '')['alert'];
    if (card === undefined) throw new Error('no card');
    const said = JSON.stringify(renderCard(card).blocks);
    expect(said).toContain('Disputed');
    expect(said).toContain('Who knew');
    expect(said).toContain('https://example.com/zzz');
  });

  test('shows outside text as it is and lets none of it act', () => {
    expect(slackText('<!channel> & *b* _i_ snake_case ~s~ `c` :x: @here')).toBe(
      '&lt;!channel&gt; &amp; ∗b∗ ˍiˍ snake_case ∼s∼ ˋcˋ :\u200Bx: @\u200Bhere',
    );
  });

  test('lets the reader’s own zone decide about times, with UTC where that cannot be', () => {
    const at = Date.parse('2026-04-24T11:10:00Z');
    expect(slackTime(at, 'moment')).toBe('<!date^1777029000^{date_short} {time}|24 Apr 11:10 UTC>');
    expect(slackTime(at, 'day')).toBe('<!date^1777029000^{date_short}|24 Apr>');
  });
});
