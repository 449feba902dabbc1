/**
 * `/metrics` in the Prometheus text format: counts and ages, never a claim's words, an address or a secret.
 *
 *   claimwire_claims{topic="deepseek",status="confirmed"} 2
 */
import type { StatusView } from '../core/view.ts';
import type { HealthReport } from './reader.ts';
import { STATUS_ORDER } from '../core/wording.ts';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export function metricsText(health: HealthReport, topics: readonly StatusView[], residentBytes: number): string {
  const seconds = (time: number) => time / 1000;
  const one = (value: number): Sample[] => [{ labels: {}, value }];
  const byState = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
  const polls = health.feeds.flatMap((feed) => feed.checked ?? []);
  const families: [name: string, type: 'gauge' | 'counter', help: string, samples: Sample[]][] = [
    ['claimwire_info', 'gauge', 'Version in use.', [{ labels: { version: health.version }, value: 1 }]],
    ['claimwire_ready', 'gauge', '1 when this process can do its work.', one(health.ready ? 1 : 0)],
    [
      'claimwire_part_up',
      'gauge',
      '1 ok, 0.5 degraded, 0 down.',
      health.parts.map((part) => ({
        labels: { part: part.name },
        value: { ok: 1, degraded: 0.5, down: 0 }[part.state],
      })),
    ],
    [
      'claimwire_claims',
      'gauge',
      'Tracked claims by topic and status.',
      topics.flatMap((topic) =>
        STATUS_ORDER.map((status) => ({
          labels: { topic: topic.topic, status },
          value: topic.claims.filter((claim) => claim.status === status).length,
        })),
      ),
    ],
    [
      'claimwire_feeds',
      'gauge',
      'Feeds by state.',
      (['answering', 'failing', 'untried', 'paused'] as const).map((state) => ({
        labels: { state },
        value: health.feeds.filter((feed) => feed.state === state).length,
      })),
    ],
    [
      'claimwire_last_poll_timestamp_seconds',
      'gauge',
      'When any feed last answered or failed.',
      polls.length === 0 ? [] : one(seconds(Math.max(...polls))),
    ],
    ['claimwire_queue_jobs', 'gauge', 'Jobs in the queue by state.', byState(health.queue)],
    ['claimwire_outbox_alerts', 'gauge', 'Alerts in the outbox by state.', byState(health.outbox)],
    [
      'claimwire_outbox_oldest_seconds',
      'gauge',
      'Age of the oldest alert that still waits; 0 when none does.',
      one(health.oldestWaiting === null ? 0 : Math.max(0, seconds(health.now - health.oldestWaiting))),
    ],
    ...Object.entries(health.totals).map(([name, value]): [string, 'counter', string, Sample[]] => [
      `claimwire_${name.replaceAll(/[^a-z0-9_]/g, '_')}_total`,
      'counter',
      'Since the ledger began.',
      one(value),
    ]),
    ['process_start_time_seconds', 'gauge', 'When this process started.', one(seconds(health.startedAt))],
    ['process_resident_memory_bytes', 'gauge', 'Memory of this process.', one(residentBytes)],
  ];
  return families
    .filter(([, , , samples]) => samples.length > 0)
    .map(
      ([name, type, help, samples]) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map((sample) => `${name}${labelsOf(sample)} ${sample.value}\n`).join('')}`,
    )
    .join('');
}

function labelsOf(sample: Sample): string {
  const labels = Object.entries(sample.labels).map(([name, value]) => `${name}="${labelValue(value)}"`);
  return labels.length === 0 ? '' : `{${labels.join(',')}}`;
}

function labelValue(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
