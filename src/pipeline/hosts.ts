/**
 * How many requests a host gets: one connection and a second between requests, because publishers ban readers that hammer
 * them. Hosts that the configuration allows are somebody's own, and how much they take is the configuration's to say. The
 * ledger counts (ledger/feeds.ts, leaseFeed), so that many processes together keep to it.
 */
import type { Config } from '../config/config.ts';
import { HOST_SPACING } from '../feeds/schedule.ts';
import type { HostRules } from '../ledger/feeds.ts';

export function hostRules(feeds: Config['feeds'], host: string): HostRules {
  return feeds.allowHosts.some((allowed) => allowed.toLowerCase() === host)
    ? { connections: feeds.allowHostsConnections, pauseMs: feeds.allowHostsPauseSeconds * 1000 }
    : { connections: 1, pauseMs: HOST_SPACING };
}
