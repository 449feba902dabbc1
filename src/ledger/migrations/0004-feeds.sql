-- Feeds: how each is doing, where it moved, and whose turn it is at a host.

alter table feeds
  -- host:port, where polls are counted.
  add column host text not null generated always as (coalesce(
    lower((regexp_match(url, '^https?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]+)', 'i'))[1]) || ':' ||
    coalesce((regexp_match(url, '^https?://(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/:?#]+):(\d+)', 'i'))[1], case when url ~* '^https' then '443' else '80' end),
  '')) stored,
  -- As feeds.yaml has it; url is what is polled, which differs once a feed has moved for good. Null: added by hand.
  add column configured_url text,
  -- feeds/health.ts, FeedHealth.
  add column state text not null default 'new' check (state in ('new', 'healthy', 'failing', 'dark', 'gone')),
  add column failing_since timestamptz,
  add column last_error text,
  -- Answers, and has had nothing new for long by its own measure.
  add column silent boolean not null default false,
  -- A permanent redirect that is being watched: feeds/health.ts, Move.
  add column moving jsonb,
  -- The last changes of its state, oldest first: [{"at", "words"}].
  add column history jsonb not null default '[]';
update feeds set configured_url = url where added_by = 'config';
update feeds set state = case when last_poll_at is null then 'new' when failures = 0 then 'healthy' else 'failing' end,
  failing_since = case when failures > 0 then coalesce(last_ok_at, last_poll_at) end,
  last_error = case when failures > 0 then last_result end;
create index feeds_leased on feeds (host) where leased_until is not null;

create table feed_hosts (
  host text primary key,
  -- No request before: the pause after the last one, or what a 429 asked for.
  ready_at timestamptz not null default now(),
  -- The next free place in the line of feeds that wait for this host.
  place_at timestamptz not null default now()
);
