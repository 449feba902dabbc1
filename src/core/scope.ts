/**
 * Scope: for whom something counts. Everybody's is ''; a Slack team or Discord server has its own.
 *
 * A feed, a tracked statement, handed-in evidence or an override of one workspace is seen, counted and announced there
 * and nowhere else.
 */
export type Scope = string;

/** What public feeds and the configuration bring. */
export const EVERYBODY: Scope = '';

/** The console has no workspaces: what is said there is said to everybody who runs it. */
export function scopeOf(party: { readonly platform: string; readonly workspace: string }): Scope {
  return party.workspace === '' ? `${party.platform}:` : `${party.platform}:${party.workspace}`;
}

/** Whether what belongs to `owner` is seen in `viewer`. */
export function seenIn(owner: Scope, viewer: Scope): boolean {
  return owner === EVERYBODY || owner === viewer;
}
