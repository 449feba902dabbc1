-- What platforms handed in, so that a second delivery, to whichever process, changes nothing again. Kept for an hour; not in the
-- write-ahead log, because after a crash of the database it is worth nothing.
create unlogged table heard (
  id text primary key,
  at timestamptz not null default now()
);
create index heard_at on heard (at);
