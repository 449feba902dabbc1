-- Workspaces: a Slack team or Discord server, and what belongs to one of them only.
--
-- A scope is '' (everybody) or 'platform:workspace'. A claim of scope '' is decided once for everybody, from what public
-- feeds brought; a workspace that overrode it, or has evidence of its own on it, has a row in claim_scopes and is
-- decided for by itself, so that nothing it does can alter or ping another.

create table workspaces (
  platform text not null,
  workspace text not null,
  name text not null default '',
  joined_at timestamptz not null default now(),
  -- Removed from the platform: its data goes when the grace period has passed.
  left_at timestamptz,
  -- Where approvals, "Wrong?" and notices go.
  moderators text,
  -- Confirmed and refuted wait this long for a person; null: they do not wait.
  approve_minutes integer,
  greeted_at timestamptz,
  primary key (platform, workspace)
);

alter table feeds add column scope text not null default '';
alter table articles add column scope text not null default '';
alter table claims add column scope text not null default '';
alter table decisions add column scope text not null default '';
alter table decisions drop constraint decisions_claim_seq_key;
alter table decisions add constraint decisions_claim_scope_seq_key unique (claim, scope, seq);

-- Judged again because the claims or the engine changed: old words read with new rules are not news.
alter table evidence add column rejudged boolean not null default false;

create table claim_scopes (
  claim text not null references claims(id) on delete cascade,
  scope text not null,
  status text not null,
  since timestamptz,
  current jsonb,
  primary key (claim, scope)
);
create index overrides_claim on overrides (claim) where reverted is null;

-- A statement somebody tried and may still confirm.
create table track_drafts (
  id uuid primary key default gen_random_uuid(),
  scope text not null,
  topic text not null,
  definition jsonb not null,
  made_by text not null,
  made_at timestamptz not null default now()
);

-- "Wrong?": what somebody doubted, and what the moderators answered.
create table reports (
  id bigint generated always as identity primary key,
  scope text not null,
  channel text not null,
  claim text not null references claims(id) on delete cascade,
  status text not null,
  note text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  answer text,
  answered_by text,
  answered_at timestamptz
);
create index reports_open on reports (scope, claim) where answer is null;

-- The audit log of one workspace is asked for by it.
alter table audit add column scope text not null default '';
create index audit_scope on audit (scope, id);
