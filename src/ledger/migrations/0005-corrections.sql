-- A correction goes also to channels that heard the thing corrected and have unsubscribed since.
alter table alerts
  add column correction boolean not null default false,
  -- The card that told this alert together with others, instead of a message of its own.
  add column told_in bigint references alerts(id) on delete set null;
create index alerts_of_channel on alerts (platform, channel, id);
