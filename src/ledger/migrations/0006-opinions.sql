-- What a language model read in an article, kept by article revision, claim and the key of model, question and claim.

create table llm_opinions (
  article bigint not null references articles(id) on delete cascade,
  revision integer not null,
  claim text not null references claims(id) on delete cascade,
  key text not null,
  model text not null,
  -- The Opinion (core/second-opinion.ts), grounded; null when the answer could not be used.
  opinion jsonb,
  -- Why not, in the fixed words of judge/llm-ground.ts.
  refused text,
  -- Whether the configuration in force would give this key: another model's opinions stay, and count for nothing.
  in_force boolean not null default true,
  read_at timestamptz not null default now(),
  primary key (article, revision, claim, key),
  check ((opinion is null) <> (refused is null))
);
create index llm_opinions_in_force on llm_opinions (claim) where in_force and opinion is not null;

-- What a model cost, a row a UTC day: the daily budget is held against it.
create table llm_usage (
  day date not null,
  model text not null,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  -- Set aside for calls under way.
  reserved_tokens bigint not null default 0,
  calls integer not null default 0,
  failed integer not null default 0,
  -- Opinions on claims: used, or refused because something in them stands nowhere in the article.
  used integer not null default 0,
  refused integer not null default 0,
  primary key (day, model)
);

-- Who is asking a language model about an article right now, so that a sweep meanwhile does not ask again.
create table llm_readings (
  article bigint not null references articles(id) on delete cascade,
  revision integer not null,
  leased_until timestamptz not null,
  primary key (article, revision)
);
