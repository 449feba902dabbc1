/**
 * Track record: how often was somebody first, and were they right?
 *
 * The Information had "V4 runs on Huawei chips" on 3 April and DeepSeek said so itself on the 24th: first on one claim, which was
 * confirmed, 21 days ahead. People read it to know whom they are dealing with. It is shown and never counted: `decide` has no way to
 * ask for it, so that nobody is believed because they were right before.
 */
import type { SourceId } from './source.ts';
import type { CountedOrigin, Status } from './status.ts';
import { DAY, HOUR } from './time.ts';

export interface TrackRecord {
  readonly source: SourceId;
  readonly name: string;
  /** Claims on which it was the first independent origin to say so; what follows is how they stand now. */
  readonly first: number;
  readonly confirmed: number;
  readonly refuted: number;
  readonly expired: number;
  /** Neither settled nor over. */
  readonly open: number;
  /** Claims of these on which somebody else followed by themselves. */
  readonly followed: number;
  /** Median time to the next independent origin, in ms; null when none followed. */
  readonly lead: number | null;
}

/** How one claim stands: what the ledger holds as its latest decision. */
export interface Standing {
  readonly status: Status;
  readonly supporting: readonly Pick<CountedOrigin, 'source' | 'name' | 'strength' | 'first'>[];
}

/**
 * One record per origin that was first on any of these claims, those with most firsts first. A party that says so itself before
 * anybody reported it was not first: its word is what the others are measured by. Claims nobody supports tell nothing.
 */
export function trackRecords(claims: Iterable<Standing>): TrackRecord[] {
  const records = new Map<SourceId, { name: string; ended: Status[]; leads: number[] }>();
  for (const { status, supporting } of claims) {
    const [first, next] = [...supporting].sort((a, b) => a.first - b.first || (a.source < b.source ? -1 : 1));
    if (first === undefined || first.strength === 'official') continue;
    const record = records.get(first.source) ?? { name: first.name, ended: [], leads: [] };
    record.ended.push(status);
    if (next !== undefined) record.leads.push(next.first - first.first);
    records.set(first.source, record);
  }
  return [...records]
    .map(([source, { name, ended, leads }]): TrackRecord => {
      const count = (status: Status): number => ended.filter((one) => one === status).length;
      const [confirmed, refuted, expired] = [count('confirmed'), count('refuted'), count('expired')];
      return {
        source,
        name,
        first: ended.length,
        confirmed,
        refuted,
        expired,
        open: ended.length - confirmed - refuted - expired,
        followed: leads.length,
        lead: median(leads),
      };
    })
    .sort((a, b) => b.first - a.first || (a.source < b.source ? -1 : 1));
}

/** Below so many settled claims a share says more about luck than about the origin: only counts are given. */
const FEWEST_FOR_A_SHARE = 20;

/** "first on 4 claims: 2 confirmed, 1 refuted, 1 open; 6 days ahead on median". */
export function recordInWords(record: TrackRecord): string {
  const { first, confirmed, refuted, expired, open } = record;
  const parts = [
    ...(confirmed > 0 ? [`${confirmed} confirmed`] : []),
    ...(refuted > 0 ? [`${refuted} refuted`] : []),
    ...(expired > 0 ? [`${expired} expired`] : []),
    ...(open > 0 ? [`${open} open`] : []),
  ];
  const settled = confirmed + refuted;
  const share =
    settled < FEWEST_FOR_A_SHARE
      ? ''
      : ` (${Math.round((100 * confirmed) / settled)} % of ${settled} settled were confirmed)`;
  return `first on ${first} ${first === 1 ? 'claim' : 'claims'}: ${parts.join(', ')}${share}${leadInWords(record)}`;
}

function leadInWords({ followed, lead }: TrackRecord): string {
  if (lead === null) return '';
  const how = followed === 1 ? 'of the next origin' : 'on median';
  if (lead < HOUR) return '; others had it within the hour';
  const [amount, unit] = lead < DAY ? [Math.round(lead / HOUR), 'hour'] : [Math.round(lead / DAY), 'day'];
  return `; ${amount} ${unit}${amount === 1 ? '' : 's'} ahead ${how}`;
}

/** Of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}
