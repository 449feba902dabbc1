/**
 * The longest imaginable card of every kind: many claims, origins, pages and warnings, each text as long as an outsider
 * can make it, in Latin, Chinese, emoji families and characters that markup escapes (each becomes two).
 */
import { newsTime, wallTime } from '../../src/core/time.ts';
import type { Card } from '../../src/chat/card.ts';
import { catchUpCard } from '../../src/chat/digest.ts';
import { timelineCard } from '../../src/chat/timeline.ts';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../src/chat/cards.ts';
import {
  claimsCard,
  healthCard,
  helloCard,
  helpCard,
  problemCard,
  subscribedCard,
  subscriptionsCard,
  unknownCard,
  unmutedCard,
} from '../../src/chat/notices.ts';
import { HOSTILE, alertView, claimView, evidenceView, origin, statusView, whyView } from './examples.ts';

/** Texts that cost a renderer most. */
export const LONG_TEXTS: Readonly<Record<string, string>> = {
  latin: 'DeepSeek runs on Huawei chips and so on. '.repeat(120),
  oneWord: 'a'.repeat(5000),
  escaped: '*_~`|<>[]'.repeat(600),
  chinese: '据路透社援引知情人士报道，深度求索新模型将运行于华为昇腾芯片。'.repeat(160),
  families: '👩‍👩‍👧‍👦'.repeat(500),
  hostile: HOSTILE.repeat(12),
};

/** Every card the product can make, filled with `text` to the brim. */
export function longestCards(text: string): Readonly<Record<string, Card>> {
  const origins = Array.from({ length: 40 }, (_, at) =>
    origin(`${at} ${text}`, '2026-04-03T15:00:00Z', {
      url: `https://example.com/${'x'.repeat(1900)}`,
      chain: [text, text, text],
      relayedBy: Array.from({ length: 30 }, (_unused, place) => `${place} ${text}`),
      quote: { text, url: `https://example.com/${'y'.repeat(400)}`, publisher: text, paraphrase: true },
    }),
  );
  const claim = claimView({
    statement: text,
    because: text,
    supporting: origins,
    refuting: origins,
    publishers: 999_999,
    wouldChange: Array.from({ length: 30 }, () => text),
    deadline: newsTime('2026-05-16T00:00:00Z'),
    status: 'disputed',
    decidedBy: 'override',
  });
  const evidence = Array.from({ length: 60 }, (_, at) =>
    evidenceView({
      id: String(at),
      publisher: `${at} ${text}`,
      title: text,
      note: `${at} ${text}`,
      chain: [text, text],
    }),
  );
  const why = whyView({ claim, evidence, resolution: text });
  const status = statusView({
    title: text,
    claims: Array.from({ length: 60 }, (_, at) => ({ ...claim, id: `claim-number-${at}` })),
  });
  const names = Array.from({ length: 80 }, (_, at) => ({ id: `claim-${at}`, statement: text, title: text }));
  return {
    alert: alertCard(
      alertView({
        claim,
        to: 'disputed',
        topicTitle: text,
        summary: text,
        quote: origins[0]?.quote ?? null,
        link: { url: `https://example.com/${'z'.repeat(480)}`, host: 'example.com' },
        notConfirmed: Array.from({ length: 30 }, () => ({
          statement: text,
          status: 'reported',
          origins: [text, text],
        })),
        warnings: Array.from({ length: 30 }, () => text),
        possibleRepeat: true,
      }),
    ),
    status: statusCard(status),
    why: whyCard(why),
    claim: claimCard(why),
    timeline: timelineCard(why),
    catchUp: catchUpCard(
      Array.from({ length: 60 }, (_, at) => alertView({ claim: { ...claim, id: `claim-${at}` } })),
      0,
    ),
    sources: sourcesCard(why),
    subscribed: subscribedCard({
      topic: 'deepseek',
      title: text,
      level: 'all',
      options: undefined,
      created: true,
      status,
    }),
    claims: claimsCard({ id: 'deepseek', title: text }, names),
    help: helpCard(
      names,
      Array.from({ length: 40 }, (_, at) => ({ brief: text, description: `${at} ${text}`, needsManage: at % 2 === 0 })),
    ),
    hello: helloCard(names),
    subscriptions: subscriptionsCard(
      names.slice(0, 30).map((topic) => ({ topic: topic.id, level: 'all', paused: text })),
      names,
      names.map((one) => ({ topic: 'deepseek', claim: one.id, statement: text, until: wallTime(0) })),
    ),
    unmuted: unmutedCard(text, true, why),
    unknown: unknownCard('claim', text, [text, text, text], [{ text }]),
    problem: problemCard(text),
    health: healthCard({
      version: text,
      parts: Array.from({ length: 60 }, () => ({ name: text, state: 'down', note: text })),
    }),
  };
}
