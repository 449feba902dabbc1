-- A mute belongs to its workspace, also in a channel that follows nothing: it is exported and forgotten with it.
alter table mutes add column workspace text not null default '';

update mutes set workspace = subscriptions.workspace from subscriptions
where subscriptions.platform = mutes.platform and subscriptions.channel = mutes.channel;
