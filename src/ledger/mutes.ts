/**
 * Mutes: one claim kept out of one channel until a time. Asked when alerts are written and again before they are sent.
 */
import type { Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import { one, rows, type Db } from './sql.ts';

export interface Mute {
  readonly platform: Platform;
  /** The channel's Slack team or Discord server: what it muted is exported and forgotten with it. */
  readonly workspace: string;
  readonly channel: string;
  readonly claim: ClaimId;
  readonly until: WallTime;
  readonly by: string;
}

interface Row {
  platform: Platform;
  workspace: string;
  channel: string;
  claim: string;
  until_at: Date;
  muted_by: string;
}

const COLUMNS = 'platform, workspace, channel, claim, until_at, muted_by';
const fromRow = ({ until_at: until, muted_by: by, ...row }: Row): Mute => ({
  ...row,
  until: wallTime(until.getTime()),
  by,
});

/** Mutes for `forMs` from now; a longer mute that is in force stays. */
export async function muteClaim(db: Db, mute: Omit<Mute, 'until'>, forMs: number): Promise<WallTime> {
  const row = await one<{ until_at: Date }>(
    db,
    `insert into mutes (platform, channel, claim, until_at, muted_by, workspace) values ($1, $2, $3, now() + make_interval(secs => $4), $5, $6)
     on conflict (platform, channel, claim) do update set until_at = greatest(mutes.until_at, excluded.until_at), muted_by = excluded.muted_by,
       workspace = excluded.workspace, at = now()
     returning until_at`,
    [mute.platform, mute.channel, mute.claim, forMs / 1000, mute.by, mute.workspace],
  );
  if (row === undefined) throw new Error('insert returned no mute');
  return wallTime(row.until_at.getTime());
}

export async function unmuteClaim(db: Db, platform: Platform, channel: string, claim: ClaimId): Promise<boolean> {
  const gone = await rows(
    db,
    'delete from mutes where platform = $1 and channel = $2 and claim = $3 and until_at > now() returning claim',
    [platform, channel, claim],
  );
  return gone.length > 0;
}

/** Until when the claim is muted in the channel; null when it is not. */
export async function isMuted(db: Db, platform: Platform, channel: string, claim: ClaimId): Promise<WallTime | null> {
  const row = await one<{ until_at: Date }>(
    db,
    'select until_at from mutes where platform = $1 and channel = $2 and claim = $3 and until_at > now()',
    [platform, channel, claim],
  );
  return row === undefined ? null : wallTime(row.until_at.getTime());
}

/** Mutes of a claim that are in force, in all channels. */
export async function mutesOf(db: Db, claim: ClaimId): Promise<Mute[]> {
  const found = await rows<Row>(db, `select ${COLUMNS} from mutes where claim = $1 and until_at > now()`, [claim]);
  return found.map(fromRow);
}

/** What is muted in a channel now, the first to end first. */
export async function mutesIn(db: Db, platform: Platform, channel: string): Promise<Mute[]> {
  const found = await rows<Row>(
    db,
    `select ${COLUMNS} from mutes where platform = $1 and channel = $2 and until_at > now() order by until_at, claim`,
    [platform, channel],
  );
  return found.map(fromRow);
}
