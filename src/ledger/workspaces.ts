/**
 * Workspaces: Slack teams and Discord servers, what they chose for themselves, and how they go.
 */
import type { Platform } from '../core/alert.ts';
import type { Scope } from '../core/scope.ts';
import { one, rows, type Db } from './sql.ts';

/** Why its channels hear nothing meanwhile. */
const APP_REMOVED = 'the app was removed';

export interface WorkspaceSettings {
  /** Where approvals, "Wrong?" and notices of this workspace go. */
  readonly moderators: string | null;
  /** Confirmed and refuted wait this long for a person; null: they do not wait. */
  readonly approveMinutes: number | null;
}

/**
 * Says that the workspace is there. `first` once in its life, for the hello, and not before we may speak somewhere in it
 * (`mayGreet`); a removal under way is called off.
 */
export async function workspaceJoined(
  db: Db,
  platform: Platform,
  workspace: string,
  name: string,
  mayGreet = true,
): Promise<{ first: boolean }> {
  const row = await one<{ first: boolean }>(
    db,
    `with before as (select greeted_at, left_at from workspaces where platform = $1 and workspace = $2)
     insert into workspaces (platform, workspace, name, greeted_at) values ($1, $2, $3, case when $4 then now() end)
     on conflict (platform, workspace) do update set name = excluded.name, left_at = null,
       greeted_at = coalesce(workspaces.greeted_at, excluded.greeted_at)
     returning $4 and not exists (select 1 from before where greeted_at is not null) as first`,
    [platform, workspace, name, mayGreet],
  );
  await db.query(
    'update subscriptions set paused = null, paused_at = null where platform = $1 and workspace = $2 and paused = $3',
    [platform, workspace, APP_REMOVED],
  );
  return { first: row?.first ?? false };
}

/** The hello could not be said: `workspaceJoined` will answer `first` once more. */
export async function notGreeted(db: Db, platform: Platform, workspace: string): Promise<void> {
  await db.query('update workspaces set greeted_at = null where platform = $1 and workspace = $2', [
    platform,
    workspace,
  ]);
}

export async function workspaceLeft(db: Db, platform: Platform, workspace: string): Promise<void> {
  await db.query(
    `insert into workspaces (platform, workspace, left_at) values ($1, $2, now())
     on conflict (platform, workspace) do update set left_at = coalesce(workspaces.left_at, now())`,
    [platform, workspace],
  );
  await db.query(
    'update subscriptions set paused = $3, paused_at = now() where platform = $1 and workspace = $2 and paused is null',
    [platform, workspace, APP_REMOVED],
  );
}

export async function settingsOf(db: Db, platform: Platform, workspace: string): Promise<WorkspaceSettings> {
  const row = await one<{ moderators: string | null; approve_minutes: number | null }>(
    db,
    'select moderators, approve_minutes from workspaces where platform = $1 and workspace = $2',
    [platform, workspace],
  );
  return { moderators: row?.moderators ?? null, approveMinutes: row?.approve_minutes ?? null };
}

/** What `chosen` names is set; the rest stays as it is. */
export async function chooseSettings(
  db: Db,
  platform: Platform,
  workspace: string,
  chosen: Partial<WorkspaceSettings>,
): Promise<void> {
  await db.query(
    `insert into workspaces (platform, workspace, moderators, approve_minutes) values ($1, $2, $3, $4)
     on conflict (platform, workspace) do update set
       moderators = case when $5 then excluded.moderators else workspaces.moderators end,
       approve_minutes = case when $6 then excluded.approve_minutes else workspaces.approve_minutes end`,
    [
      platform,
      workspace,
      chosen.moderators ?? null,
      chosen.approveMinutes ?? null,
      chosen.moderators !== undefined,
      chosen.approveMinutes !== undefined,
    ],
  );
}

/** Every workspace that this ledger has heard of, "slack:T0123", by name. */
export async function workspaceScopes(db: Db): Promise<Scope[]> {
  const found = await rows<{ scope: Scope }>(
    db,
    `select platform || ':' || workspace as scope from workspaces
     union select platform || ':' || workspace from subscriptions where workspace <> ''
     union select scope from feeds where scope <> '' union select scope from claims where scope <> ''
     order by scope`,
  );
  return found.map((row) => row.scope);
}

/** Workspaces with approvals on and a channel to ask in, by scope. */
export async function approvingWorkspaces(
  db: Db,
): Promise<
  Map<
    Scope,
    { readonly platform: Platform; readonly workspace: string; readonly channel: string; readonly minutes: number }
  >
> {
  const found = await rows<{ platform: Platform; workspace: string; channel: string; minutes: number }>(
    db,
    `select platform, workspace, moderators as channel, approve_minutes as minutes from workspaces
     where approve_minutes is not null and moderators is not null and left_at is null`,
  );
  return new Map(found.map((row) => [`${row.platform}:${row.workspace}`, row]));
}

/** Everything a workspace left with us, a row a line, tables in this order. Secrets and other workspaces' rows are not in it. */
export async function exportOf(
  db: Db,
  platform: Platform,
  workspace: string,
  scope: Scope,
): Promise<Record<string, unknown>[]> {
  const parts: readonly (readonly [string, string])[] = [
    [
      'workspace',
      'select name, joined_at, left_at, moderators, approve_minutes from workspaces where platform = $1 and workspace = $2',
    ],
    [
      'subscription',
      'select channel, topic, level, options, paused, added_by, added_at from subscriptions where platform = $1 and workspace = $2 order by id',
    ],
    [
      'mute',
      'select channel, claim, until_at as until, muted_by, at from mutes where platform = $1 and workspace = $2 order by channel, claim',
    ],
    ['feed', 'select id, url, lang, added_by, active from feeds where scope = $3 order by id'],
    ['claim', 'select id, topic, definition, status, since, added_by, active from claims where scope = $3 order by id'],
    [
      'override',
      'select claim, status, because, made_by, at, reverted from overrides where workspace = $3 order by id',
    ],
    ['article', 'select url, title, summary, published, via from articles where scope = $3 order by id'],
    [
      'report',
      'select channel, claim, status, note, made_by, made_at, answer, answered_by, answered_at from reports where scope = $3 order by id',
    ],
    ['audit', 'select at, who, what, detail from audit where scope = $3 order by id'],
    [
      'delivery',
      `select a.changed_at as at, a.channel, a.kind, a.claim, d.to_status as to, a.state, a.attempts, a.reason, a.approval
       from alerts a left join decisions d on d.id = a.decision where a.platform = $1 and a.workspace = $2 order by a.id`,
    ],
  ];
  const lines: Record<string, unknown>[] = [];
  for (const [type, text] of parts) {
    // Each statement names only some of the three: Postgres wants those it does not name left out.
    const used = [platform, workspace, scope];
    const numbers = [...new Set(text.match(/\$\d/g))].sort();
    const renumbered = numbers.reduce((sql, name, at) => sql.replaceAll(name, `$${at + 1}`), text);
    const values = numbers.map((name) => used[Number(name.slice(1)) - 1]);
    for (const row of await rows<Record<string, unknown>>(db, renumbered, values)) lines.push({ type, ...row });
  }
  return lines;
}

/**
 * Removes what workspaces left that went more than `graceDays` ago: all that belongs to them alone. Returns how many went.
 * Decisions and alerts on everybody's claims stay, without the channel they went to.
 */
export async function forgetWorkspaces(tx: Db, graceDays: number): Promise<number> {
  const gone = await rows<{ platform: Platform; workspace: string; scope: Scope }>(
    tx,
    `select platform, workspace, platform || ':' || workspace as scope from workspaces
     where left_at < now() - make_interval(days => $1) for update skip locked`,
    [graceDays],
  );
  for (const { platform, workspace, scope } of gone) {
    const channels = `select channel from subscriptions where platform = $1 and workspace = $2
      union select moderators from workspaces where platform = $1 and workspace = $2 and moderators is not null`;
    for (const table of ['alerts', 'cards'])
      await tx.query(`delete from ${table} where platform = $1 and (workspace = $2 or channel in (${channels}))`, [
        platform,
        workspace,
      ]);
    await tx.query(`delete from mutes where platform = $1 and (workspace = $2 or channel in (${channels}))`, [
      platform,
      workspace,
    ]);
    await tx.query('delete from subscriptions where platform = $1 and workspace = $2', [platform, workspace]);
    for (const table of [
      'reports',
      'audit',
      'articles',
      'feeds',
      'claims',
      'claim_scopes',
      'track_drafts',
      'decisions',
    ])
      await tx.query(`delete from ${table} where scope = $1`, [scope]);
    await tx.query('delete from overrides where workspace = $1', [scope]);
    await tx.query('delete from workspaces where platform = $1 and workspace = $2', [platform, workspace]);
  }
  return gone.length;
}
