-- What we know and what we said. News time and wall time are both timestamptz; the column name says which clock it is:
-- published, seen, since, at = news time; everything that ends in _at or _until = wall time of this database.

create table meta (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);

create table feeds (
  id text primary key,
  url text not null,
  -- Source id of the publisher, or null when the feed's own name must do.
  publisher text,
  lang text,
  topics text[] not null default '{}',
  added_by text not null default 'config',
  active boolean not null default true,
  interval_minutes double precision,
  -- Nothing of a feed's first good answer is announced.
  baseline_done boolean not null default false,
  etag text,
  last_modified text,
  body_hash text,
  next_poll_at timestamptz not null default now(),
  leased_until timestamptz,
  leased_by integer,
  last_poll_at timestamptz,
  last_ok_at timestamptz,
  last_new_item_at timestamptz,
  failures integer not null default 0,
  -- In words, for people: "200, 3 new", "not a feed: a login page".
  last_result text,
  -- What schedule.ts remembers between polls.
  schedule jsonb not null default '{}'
);
create index feeds_due on feeds (next_poll_at) where active;

create table stories (
  id bigint generated always as identity primary key,
  title text not null,
  first timestamptz not null,
  last timestamptz not null
);

create table articles (
  id bigint generated always as identity primary key,
  feed text references feeds(id) on delete set null,
  url text not null,
  publisher_source text,
  publisher_domain text not null,
  publisher_name text not null,
  published timestamptz not null,
  seen timestamptz not null,
  lang text not null,
  revision integer not null default 1,
  title text not null,
  summary text not null,
  body text not null,
  authors jsonb not null default '[]',
  -- Part of a first poll or of a re-served archive: judged, never announced.
  quiet boolean not null default false,
  via text not null default 'feed',
  retracted boolean not null default false,
  text_group bigint,
  story bigint references stories(id),
  -- What placing later articles needs to know of this one (core/story.ts, Imprint).
  grouping jsonb,
  judged_revision integer not null default 0,
  judged_by text,
  stored_at timestamptz not null default now()
);
create index articles_unjudged on articles (id) where judged_revision < revision;
create index articles_published on articles (published);

-- One article may be met under several keys: its GUID in a feed, its canonical link, its fingerprint.
create table article_keys (
  key text primary key,
  article bigint not null references articles(id) on delete cascade
);

create table article_revisions (
  article bigint not null references articles(id) on delete cascade,
  revision integer not null,
  title text not null,
  summary text not null,
  body text not null,
  seen timestamptz not null,
  primary key (article, revision)
);

create table claims (
  id text primary key,
  topic text not null,
  active boolean not null default true,
  added_by text not null default 'config',
  version integer not null,
  definition jsonb not null,
  version_at timestamptz not null default now(),
  status text not null default 'unverified',
  since timestamptz,
  -- The latest StatusDecision in full; null until first decided.
  current jsonb,
  -- A new or edited claim is decided once in silence.
  fresh boolean not null default true,
  -- Evidence writers raise `dirty`; deciding catches `decided` up with it.
  dirty bigint not null default 1,
  decided bigint not null default 0,
  deadline timestamptz,
  decided_as_of timestamptz
);
create index claims_dirty on claims (id) where active and decided < dirty;

create table claim_versions (
  claim text not null references claims(id) on delete cascade,
  version integer not null,
  definition jsonb not null,
  at timestamptz not null default now(),
  primary key (claim, version)
);

create table evidence (
  id bigint generated always as identity primary key,
  claim text not null references claims(id) on delete cascade,
  article bigint not null references articles(id) on delete cascade,
  revision integer not null,
  -- Source id, or 'name:...', 'publisher', 'unattributed'.
  origin text not null,
  stance text not null,
  strength text not null,
  main boolean not null,
  judgement jsonb not null,
  engine text not null,
  stored_at timestamptz not null default now(),
  -- Whether a decision has already taken it in; what is new decides if a change is announced.
  considered boolean not null default false,
  unique (claim, article, revision, origin, stance)
);
create index evidence_article on evidence (article);

create table overrides (
  id bigint generated always as identity primary key,
  claim text not null references claims(id) on delete cascade,
  workspace text not null,
  status text not null,
  because text not null,
  made_by text not null,
  at timestamptz not null,
  reverted timestamptz
);

create table decisions (
  id bigint generated always as identity primary key,
  claim text not null references claims(id) on delete cascade,
  seq integer not null,
  from_status text not null,
  to_status text not null,
  rule text not null,
  because text not null,
  at timestamptz not null,
  decided_at timestamptz not null default now(),
  announced boolean not null,
  decision jsonb not null,
  -- The AlertView as decided: a re-post after a crash says the same words.
  view jsonb not null,
  unique (claim, seq)
);

create table subscriptions (
  id bigint generated always as identity primary key,
  platform text not null,
  workspace text not null,
  channel text not null,
  topic text not null,
  level text not null,
  added_by text not null,
  added_at timestamptz not null default now(),
  paused text,
  paused_at timestamptz,
  unique (platform, channel, topic)
);

create table alerts (
  id bigint generated always as identity primary key,
  key text not null unique,
  marker text not null,
  decision bigint not null references decisions(id) on delete cascade,
  subscription bigint references subscriptions(id) on delete set null,
  claim text not null,
  platform text not null,
  channel text not null,
  lane text not null,
  state text not null default 'pending' check (state in ('pending', 'leased', 'sent', 'unknown', 'held', 'dropped')),
  reason text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_token uuid,
  lease_owner integer,
  lease_until timestamptz,
  -- Set just before a request leaves and cleared when its outcome is certain.
  sending_at timestamptz,
  message_id text,
  possible_repeat boolean not null default false,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  sent_at timestamptz,
  unique (decision, subscription)
);
create index alerts_open on alerts (lane, id) where state in ('pending', 'leased', 'unknown');

create table deliveries (
  id bigint generated always as identity primary key,
  alert bigint not null references alerts(id) on delete cascade,
  attempt integer not null,
  at timestamptz not null default now(),
  outcome text not null,
  reason text,
  message_id text
);
create index deliveries_alert on deliveries (alert);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  who text not null,
  what text not null,
  detail jsonb not null
);
