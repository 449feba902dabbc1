/**
 * What a card says, whatever the platform: read here as the terminal shows it.
 */
import { describe, expect, test } from 'vitest';
import { newsTime, wallTime } from '../../src/core/time.ts';
import type { Card } from '../../src/chat/card.ts';
import { LOOKS } from '../../src/chat/card.ts';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../src/chat/cards.ts';
import { renderCard, renderLine } from '../../src/chat/console/render.ts';
import { catchUpCard } from '../../src/chat/digest.ts';
import { fitted } from '../../src/chat/fit.ts';
import { timelineCard } from '../../src/chat/timeline.ts';
import { abridged } from '../../src/core/wording.ts';
import { alertView, claimView, hostileCard, origin, statusView, whyView } from './examples.ts';

const plain = { ansi: false };
const ESC = '\u001B';
const text = (card: Card): string => renderCard(card, plain);

describe('an alert', () => {
  test('says claim, change, because, summary, origins, chain, quote, link, what it does not mean, and when', () => {
    const seen = text(alertCard(alertView()));
    for (const part of [
      'Confirmed: DeepSeek V4 runs on Huawei Ascend chips',
      'Previously Corroborated, since 2026-04-03',
      'DeepSeek (24 Apr, own page) said so; that settles it.',
      'The company says that support was there from day one.',
      '56 publishers, 3 independent origins',
      'Reuters citing The Information',
      '“V4 runs on Huawei Ascend chips from day one.”',
      '<https://api-docs.deepseek.com/news/v4>',
      'NOT confirmed by this',
      'DeepSeek V4 was trained entirely on Huawei chips (unverified)',
      'reported: The Information only',
      'Published 2026-04-24 11:10 UTC · seen 11:14 · posted 11:14',
    ]) {
      expect(seen).toContain(part);
    }
  });

  test('of the demo says DEMO and calls every quote a paraphrase; a real one does neither', () => {
    const demo = text(alertCard(alertView()));
    expect(demo).toContain('DEMO · Confirmed');
    expect(demo).toContain('(paraphrase, not a quotation)');
    const quote = { text: 'Verbatim.', url: null, publisher: 'Reuters', paraphrase: false };
    const real = text(alertCard(alertView({ demo: false, quote })));
    expect(real).not.toMatch(/demo|paraphrase/iu);
  });

  test('marks a possible repeat first', () => {
    expect(text(alertCard(alertView({ possibleRepeat: true }))).split('\n')[1]).toContain('Possible repeat');
  });

  test('shows the full time where seen and posted are not of the same day as published', () => {
    const late = alertView({ postedAt: wallTime(Date.parse('2026-04-26T09:00:00Z')) });
    expect(text(alertCard(late))).toContain('seen 11:14 · posted 2026-04-26 09:00 UTC');
  });

  test('of a first report has no old status to speak of', () => {
    expect(text(alertCard(alertView({ from: 'unverified', fromSince: null })))).not.toContain('Was ');
  });

  test('of a refuted standing claim says "not so far": it may still become true', () => {
    const standing = alertView({ to: 'refuted', claim: { kind: 'standing', status: 'refuted' } });
    expect(text(alertCard(standing))).toContain('❌ DEMO · Not so far: DeepSeek V4');
  });

  test('names who speaks against it', () => {
    const disputed = alertView({ to: 'disputed', claim: { refuting: [origin('Nvidia', '2026-04-20')] } });
    expect(text(alertCard(disputed))).toContain('Against: Nvidia, 2026-04-20');
  });

  test('says when a status is recorded or decided by a person, not seen', () => {
    const by = (decidedBy: 'configuration' | 'override'): string =>
      text(alertCard(alertView({ claim: { decidedBy } })));
    expect(by('configuration')).toContain('Recorded in the configuration');
    expect(by('override')).toContain('Decided by a person, for this workspace only');
  });

  test('that lives on says what grew since', () => {
    const updated = { at: wallTime(Date.parse('2026-04-24T15:00:00Z')), changes: ['12 more publishers', '+ Huawei'] };
    expect(text(alertCard(alertView({ updated })))).toContain(
      'Updated 2026-04-24 15:00 UTC: 12 more publishers · + Huawei',
    );
  });

  test('says the same words once when the summary holds the quote', () => {
    const quote = { text: 'V4 will run on Huawei chips.', url: null, publisher: 'Reuters', paraphrase: false };
    const seen = text(alertCard(alertView({ quote, summary: `The Information reported it. ${quote.text}` })));
    expect(seen.split(quote.text)).toHaveLength(2);
    expect(seen).toContain('“The Information reported it. V4 will run on Huawei chips.” Reuters');
  });

  test('shows no more neighbours than a reader takes in', () => {
    const neighbour = { statement: 'Another claim', status: 'reported', origins: [] } as const;
    const seen = text(alertCard(alertView({ notConfirmed: Array.from({ length: 7 }, () => neighbour) })));
    expect(seen.split('Another claim')).toHaveLength(4);
    expect(seen).toContain('… and 4 more');
  });

  test('has under it what people want next: why, how it came, who knew, quiet, and doubt', () => {
    const actions = (alertCard(alertView()).actions ?? []).map((one) => one.action);
    expect(actions).toEqual(['why', 'timeline', 'sources', 'mute', 'wrong']);
  });

  test('never makes a link of an unfit address', () => {
    const seen = alertCard(alertView({ link: { url: 'http://user@evil.test/', host: 'evil.test' }, quote: null }));
    expect(text(seen)).not.toContain('http://');
    expect(text(seen)).not.toContain('→');
    expect(text(seen)).not.toContain('evil.test');
  });
});

describe('answers', () => {
  test('status shows every claim, settled before contested before open', () => {
    const words = text(statusCard(statusView())).match(/(Confirmed|Corroborated|Reported|Unverified|Expired) /gu);
    expect(words).toEqual(['Confirmed ', 'Corroborated ', 'Reported ', 'Unverified ', 'Expired ']);
  });

  test('status of a topic without claims, or never checked, is not an empty card', () => {
    const empty = statusView({ claims: [], checked: null });
    expect(text(statusCard(empty))).toContain('No claim is tracked yet');
    expect(text(statusCard(empty))).toContain('not checked yet');
    expect(text(statusCard(statusView(), 'refuted'))).toContain('No claim is refuted right now');
  });

  test('why groups what did not count by reason', () => {
    const seen = text(whyCard(whyView()));
    expect(seen).toContain('relays The Information, already counted: Yahoo and Engadget');
    expect(seen).toContain('low credibility: Albis');
  });

  test('sources puts the one who knew first at the top and names the relays', () => {
    const seen = text(sourcesCard(whyView()));
    expect(seen.indexOf('1. Financial Times')).toBeGreaterThan(0);
    expect(seen.indexOf('3. DeepSeek')).toBeGreaterThan(seen.indexOf('2. The Information'));
    expect(seen).toContain('relayed by 6 publishers: Reuters, Yahoo');
    const nobody = whyView({ claim: claimView({ supporting: [], refuting: [] }) });
    expect(text(sourcesCard(nobody))).toContain('Nobody whose word counts');
  });

  test('why and sources say how an origin did on the claims it was first on, when there are several', () => {
    const [first, ...rest] = claimView().supporting;
    const record = 'first on 4 claims: 2 confirmed, 2 open; 6 days ahead on median';
    const supporting = first === undefined ? rest : [{ ...first, record }, ...rest];
    for (const card of [whyCard, sourcesCard]) {
      expect(text(card(whyView({ claim: claimView({ supporting }) })))).toContain(`Track record: ${record}`);
      expect(text(card(whyView()))).not.toContain('Track record');
    }
  });

  test('claim shows a deadline as its last day', () => {
    const view = whyView({ claim: claimView({ deadline: newsTime('2026-05-16T00:00:00Z') }) });
    expect(text(claimCard(view))).toContain('deadline 2026-05-15');
  });

  test.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
    [['A', 'B', 'C', 'D'], 'A, B and 2 others'],
  ])('%j is listed as %s', (names, expected) => {
    expect(abridged(names)).toBe(expected);
  });

  test('no status is told by colour alone: symbols and words all differ', () => {
    const looks = Object.values(LOOKS);
    expect(new Set(looks.map((look) => look.symbol)).size).toBe(looks.length);
    expect(new Set(looks.map((look) => look.word)).size).toBe(looks.length);
  });
});

describe('a timeline', () => {
  test('is newest first: changes above the origins that caused them, echoes as a count a day', () => {
    const seen = text(timelineCard(whyView()));
    const at = (part: string): number => {
      expect(seen).toContain(part);
      return seen.indexOf(part);
    };
    expect(at('2026-04-24 + DeepSeek')).toBeLessThan(at('2026-04-04 3 pages add no origin'));
    expect(at('2026-04-03 ◐ Corroborated')).toBeLessThan(
      at('2026-04-03 + The Information (Reuters citing The Information)'),
    );
    expect(at('2026-02-28 ○ Reported')).toBeLessThan(at('2026-02-28 + Financial Times'));
  });

  test('of a claim nobody has written about says so', () => {
    const empty = whyView({ claim: claimView({ supporting: [] }), transitions: [], evidence: [] });
    expect(text(timelineCard(empty))).toContain('Nothing has been seen yet');
  });
});

describe('a catch-up', () => {
  test('tells each claim once, where it stands now and what it was before', () => {
    const at = (since: string, from: 'unverified' | 'reported', to: 'reported' | 'corroborated') =>
      alertView({ from, to, claim: { status: to, since: newsTime(since), because: `It is ${to}.` } });
    const other = alertView({ claim: { id: 'other', statement: 'Another claim' } });
    const alerts = [at('2026-04-03', 'reported', 'corroborated'), at('2026-02-28', 'unverified', 'reported'), other];
    const seen = text(catchUpCard(alerts, Date.parse('2026-02-27T08:00:00Z')));
    expect(seen).toContain('While I was away: 2 claims changed');
    expect(seen).toContain('Since 2026-02-27 08:00 UTC');
    expect(seen).toContain('◐ Corroborated DeepSeek V4 runs on Huawei Ascend chips (was Unverified)');
    expect(seen).not.toContain('It is reported.');
    expect(seen).toContain('✅ Confirmed Another claim (was Corroborated)');
  });
});

describe('the terminal', () => {
  test.each([
    ['alert', alertCard(alertView())],
    ['status', statusCard(statusView())],
    ['why', whyCard(whyView())],
    ['sources', sourcesCard(whyView())],
  ])('shows %s as reviewed (test/golden/console)', async (name, card) => {
    await expect(text(card)).toMatchFileSnapshot(`../golden/console/${name}.txt`);
  });

  test('shows an alert in one row of a log', () => {
    expect(renderLine(alertCard(alertView()), plain)).toBe(
      '24 Apr  CONFIRMED      DeepSeek V4 runs on Huawei Ascend chips       DeepSeek (24 Apr, own page) said so; that settles it.\n',
    );
    const supporting = [origin('Financial Times', '2026-02-28')];
    const reported = alertView({ to: 'reported', claim: { status: 'reported', supporting, publishers: 3 } });
    expect(renderLine(alertCard(reported), plain)).toContain('1 independent origin: Financial Times · 3 publishers');
  });

  test('adds its own colours and links, and lets none through from outside', () => {
    const ours = new RegExp(String.raw`${ESC}\[[\d;]*m|${ESC}\]8;;[^${ESC}]*${ESC}\\`, 'gu');
    for (const seen of [renderCard(hostileCard(), { ansi: true }).replace(ours, ''), text(hostileCard())]) {
      expect(seen).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });
});

describe('fitting a card', () => {
  test('gives up warnings before summary, summary before origins, and keeps title and main link to the last', () => {
    const whole = alertCard(alertView());
    const kept = (budget: number): string => fitted(whole, text, (seen) => seen.length <= budget);
    const full = text(whole).length;
    expect(kept(full)).toContain('one headline says');
    const tight = kept(Math.floor(full * 0.6));
    expect(tight).not.toContain('one headline says');
    expect(tight).toContain('Who knew: 56 publishers, 3 independent origins');
    const last = kept(1);
    expect(last).toContain('Confirmed: DeepSeek V4 runs on Huawei Ascend chips');
    expect(last).toContain('https://api-docs.deepseek.com/news/v4');
  });

  test('a cut quotation is closed again', () => {
    const quote = { text: 'word '.repeat(300).trim(), url: null, publisher: 'Reuters', paraphrase: false };
    const seen = fitted(alertCard(alertView({ quote })), text, (rendered) => rendered.length <= 1500);
    expect(seen).toMatch(/“word [^”]*…”/u);
  });
});
