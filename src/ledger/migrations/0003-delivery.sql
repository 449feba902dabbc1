-- Alerts of more kinds than a change of status, living cards, mutes, and what a subscriber may choose.

alter table subscriptions
  -- What the channel chose beside the level (core/options.ts); missing keys mean the defaults.
  add column options jsonb not null default '{}',
  -- When level or options were last chosen: a digest covers what came after.
  add column chosen_at timestamptz not null default now();

create table mutes (
  platform text not null,
  channel text not null,
  claim text not null,
  until_at timestamptz not null,
  muted_by text not null,
  at timestamptz not null default now(),
  primary key (platform, channel, claim)
);

alter table alerts alter column decision drop not null;
alter table alerts
  add column kind text not null default 'status' check (kind in ('status', 'origin', 'story', 'digest', 'catch-up', 'notice')),
  add column topic text,
  -- The channel's Slack team or Discord server: what it sees of a claim may differ (core/scope.ts).
  add column workspace text not null default '',
  -- What is said, for the kinds without a decision.
  add column view jsonb,
  -- Lower goes first within a channel, where the order of a claim allows: 0 settled and corrections, 1 other changes, 2 new
  -- origins, 3 digests, 4 stories.
  add column priority smallint not null default 1,
  add column approval text check (approval in ('waiting', 'approved', 'dropped')),
  -- Who waits for an approval goes out by itself then.
  add column approve_by_at timestamptz,
  -- Since when it could have been sent; its age counts from here.
  add column due_at timestamptz not null default now(),
  -- Waited for the end of the channel's quiet hours.
  add column quiet boolean not null default false,
  -- Why a row is held: the outcome of a send cannot be known, or the channel is paused.
  add column held_for text check (held_for in ('outcome', 'pause')),
  -- The thread an attempt went to, for the look-up.
  add column thread text;
update alerts set due_at = created_at;
update alerts set held_for = case when sending_at is null then 'pause' else 'outcome' end where state = 'held';
update alerts set workspace = subscriptions.workspace from subscriptions where subscriptions.id = alerts.subscription;
update alerts set topic = claims.topic from claims where claims.id = alerts.claim;
create index alerts_told on alerts (claim, platform, channel) where state = 'sent';

-- One card per claim (or 'story:ID') and channel, edited in place.
create table cards (
  platform text not null,
  channel text not null,
  claim text not null,
  workspace text not null default '',
  lane text not null,
  -- The alert that posted it.
  alert bigint references alerts(id) on delete set null,
  -- Null when somebody deleted it: the next change posts one anew.
  message_id text,
  thread_id text,
  -- Hash of what it shows, and what it showed when it was posted.
  shown text not null default '',
  posted_view jsonb,
  posted_at timestamptz not null default now(),
  edited_at timestamptz,
  -- Whoever changes what it should show raises `wanted`; editing catches `edited` up with it.
  wanted bigint not null default 0,
  edited bigint not null default 0,
  next_edit_at timestamptz not null default now(),
  attempts integer not null default 0,
  reason text,
  lease_token uuid,
  lease_owner integer,
  lease_until timestamptz,
  primary key (platform, channel, claim)
);
create index cards_wanted on cards (next_edit_at) where wanted > edited and message_id is not null;
create index cards_of_claim on cards (claim);
create index cards_leased on cards (lane) where lease_token is not null;

-- Channels ('slack:C1') and whole platforms ('slack:') that asked to be left alone.
create table pauses (
  lane text primary key,
  until_at timestamptz not null,
  reason text not null,
  changed_at timestamptz not null default now()
);

-- Stories that were told to the subscribers of a topic, once.
create table told_stories (
  story bigint not null references stories(id) on delete cascade,
  topic text not null,
  at timestamptz not null default now(),
  -- How many publishers carried it when it was last told or edited.
  publishers integer not null default 0,
  primary key (story, topic)
);
