/**
 * What one file says of another: a claim's authorities are sources, a feed's publisher is one, a subscription's topic
 * exists. Also what only the whole can tell: intervals against the floor, a floor against the feeds' hosts.
 */
import ipaddr from 'ipaddr.js';
import { frameProblems, itemsAt } from './frameChecks.ts';
import type { Entry, Overlaid } from './overlay.ts';
import { problemIn, textAt, textsAt, valueAt } from './overlay.ts';
import type { Path, Problem } from './problem.ts';
import { didYouMean, quoted } from './problem.ts';

/** The ids of one noun, also of entries that are themselves in error: those were already reported. */
export interface Names {
  readonly noun: string;
  readonly ids: readonly string[];
  readonly removed: Overlaid['removed'];
}

/** Why `id` is nobody, or null when it is known. */
export function unknownId(names: Names, id: string): string | null {
  if (names.ids.includes(id)) return null;
  const removedBy = names.removed.get(id);
  if (removedBy !== undefined) return `${names.noun} ${quoted(id)} was removed by ${removedBy}`;
  return `there is no ${names.noun} ${quoted(id)}${didYouMean(id, names.ids)}`;
}

/** Looks at each entry as written, also one that lacks something else, so that all problems show at once. */
export function checkClaims(claims: readonly Entry[], sources: Names, claimIds: Names): Problem[] {
  return claims.flatMap((entry) => [
    ...referred(entry, ['authorities'], sources),
    ...referred(entry, ['deniers'], sources),
    ...referred(entry, ['neighbours'], claimIds),
    ...itemsAt(entry, ['known']).flatMap((at) => referredOnce(entry, [...at, 'origin'], sources)),
    ...referredOnce(entry, ['outcome', 'by'], sources),
    ...contradictions(entry),
    ...frameProblems(entry),
    ...referredOnce(entry, ['frame', 'actor'], sources),
  ]);
}

function referred(entry: Entry, list: Path, names: Names): Problem[] {
  const seen = new Set<string>();
  return textsAt(entry.merged, list).flatMap(({ text, at }) => {
    if (seen.has(text)) return [problemIn(entry, at, `${quoted(text)} is listed twice`)];
    seen.add(text);
    return referredOnce(entry, at, names);
  });
}

function referredOnce(entry: Entry, at: Path, names: Names): Problem[] {
  const id = textAt(entry.merged, at);
  const wrong = id === null ? null : unknownId(names, id);
  return wrong === null ? [] : [problemIn(entry, at, wrong)];
}

function contradictions(entry: Entry): Problem[] {
  const problems: Problem[] = [];
  for (const { text, at } of textsAt(entry.merged, ['neighbours']))
    if (text === entry.id) problems.push(problemIn(entry, at, 'a claim is not its own neighbour'));
  const deadline = textAt(entry.merged, ['deadline']);
  if (textAt(entry.merged, ['outcome', 'status']) === 'expired' && deadline === null)
    problems.push(problemIn(entry, ['outcome', 'status'], 'a claim without a deadline cannot have expired'));
  return problems;
}

export interface FeedRules {
  readonly allowHosts: readonly string[];
  readonly defaultIntervalMinutes: number;
  readonly minIntervalSeconds: number;
  /** Reports a problem of `feeds` in claimwire.yaml. */
  readonly complain: (field: Path, what: string) => Problem;
}

export function checkFeeds(
  feeds: readonly Entry[],
  sources: Names,
  topics: Names,
  rules: FeedRules,
): { problems: Problem[]; warnings: string[] } {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const byAddress = new Map<string, string>();
  for (const entry of feeds) {
    problems.push(...referredOnce(entry, ['publisher'], sources), ...referred(entry, ['topics'], topics));
    const address = textAt(entry.merged, ['url']);
    if (address === null || !URL.canParse(address)) continue;
    const { href } = new URL(address);
    const interval = valueAt(entry.merged, ['intervalMinutes']);
    const floor = floorSeconds(href, rules);
    if (typeof interval === 'number' && interval * 60 < floor)
      problems.push(problemIn(entry, ['intervalMinutes'], belowFloor(floor)));
    const twin = byAddress.get(href);
    // Not an error: an upgrade may ship what a user had added long ago.
    if (twin !== undefined)
      warnings.push(`feeds ${quoted(twin)} and ${quoted(entry.id)} have the same address: remove one`);
    byAddress.set(href, entry.id);
    if (isAllowed(href, rules.allowHosts) || !isInside(href)) continue;
    warnings.push(
      `feed ${quoted(entry.id)} will be refused: ${hostPort(href)} is on this machine or a private network; add it to feeds.allowHosts if you mean it`,
    );
  }
  if (rules.defaultIntervalMinutes * 60 < rules.minIntervalSeconds)
    problems.push(rules.complain(['defaultIntervalMinutes'], belowFloor(rules.minIntervalSeconds)));
  return { problems, warnings };
}

function belowFloor(seconds: number): string {
  return `is shorter than this feed may be polled (${seconds} s)`;
}

/** The floor towards other people's servers. The default of 15 min is politer still: 96 polls a day. */
const POLITE_SECONDS = 300;

/** The shortest interval of a feed: minIntervalSeconds, which only `feeds.allowHosts` may take below 300 s. */
export function floorSeconds(
  address: string,
  policy: { readonly allowHosts: readonly string[]; readonly minIntervalSeconds: number },
): number {
  return isAllowed(address, policy.allowHosts)
    ? policy.minIntervalSeconds
    : Math.max(policy.minIntervalSeconds, POLITE_SECONDS);
}

/** `host:port` with the port written out, as feeds.allowHosts names it. */
function hostPort(address: string): string {
  const url = new URL(address);
  return `${url.hostname}:${url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port}`;
}

function isAllowed(address: string, allowHosts: readonly string[]): boolean {
  const wanted = hostPort(address);
  return allowHosts.some((host) => host.toLowerCase() === wanted);
}

/** A literal loopback or private address, or a name for this machine. Names are resolved only when polling. */
function isInside(address: string): boolean {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  if (/(?:^|\.)localhost\.?$/.test(host)) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast';
}
