/**
 * The configuration of `claimwire demo`: the shipped sources and frames, the archive's feeds, and only the demo's claims.
 *
 *   const loaded = loadConfig({ shippedDir, userDir: join(shippedDir, 'demo'), env });
 *   demoConfig(loaded.config, { archive, claims: demoClaims(join(shippedDir, 'demo')) })
 *
 * config/demo/ laid over the shipped directory takes away recorded outcomes and known evidence. What remains to be done here
 * is to leave out everything else that is shipped, since no real feed may be polled in a demo, and to put the archive's
 * port in the place of the written one.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ClaimId } from '../core/claim.ts';
import type { Config } from '../config/config.ts';
import { shippedConfigDir } from '../config/home.ts';
import { loadConfig } from '../config/load.ts';
import { readYaml } from '../config/yamlFile.ts';
import type { Archive } from './archive.ts';
import { demoFolder } from './demo.ts';
import { Explained, type Io } from './io.ts';

const topicFile = z.object({ claims: z.array(z.object({ id: z.string() })) });

/** The claims that config/demo/topics/*.yaml name. Throws an Error with the file's name for a file that names none. */
export function demoClaims(demoDir: string): ReadonlySet<ClaimId> {
  const dir = join(demoDir, 'topics');
  const files = readdirSync(dir).filter((name) => name.endsWith('.yaml'));
  return new Set(
    files.flatMap((name) => {
      const read = readYaml(join(dir, name), name);
      const named = topicFile.safeParse(read.read === 'yes' ? read.yaml.content : null);
      if (!named.success) throw new Error(`${join(dir, name)}: names no claims`);
      return named.data.claims.map(({ id }) => id);
    }),
  );
}

export function demoConfig(
  config: Config,
  demo: { readonly archive: Pick<Archive, 'feeds' | 'hostPort' | 'url'>; readonly claims: ReadonlySet<ClaimId> },
): Config {
  const { archive, claims } = demo;
  const served = new Set(archive.feeds.map(({ id }) => id));
  return {
    ...config,
    feeds: { ...config.feeds, allowHosts: [archive.hostPort] },
    feedList: config.feedList
      .filter(({ id }) => served.has(id))
      .map((feed) => ({ ...feed, url: archive.url(feed.id) })),
    topics: config.topics
      .map((topic) => ({
        ...topic,
        claims: topic.claims
          .filter(({ id }) => claims.has(id))
          .map((claim) => ({ ...claim, neighbours: claim.neighbours.filter((id) => claims.has(id)) })),
      }))
      .filter((topic) => topic.claims.length > 0),
  };
}

/** config/demo over the shipped directory. The environment's tokens count, its CLAIMWIRE_CONFIG does not. */
export function loadDemo(io: Io): { readonly config: Config; readonly dir: string } {
  const dir = join(shippedConfigDir(), 'demo');
  const loaded = loadConfig({ shippedDir: shippedConfigDir(), userDir: dir, env: io.env });
  if (!loaded.ok) throw new Explained(loaded.problems.join('\n'));
  return { config: { ...loaded.config, dataDir: demoFolder(loaded.config.dataDir) }, dir };
}

/** The demo's claims without its archive, to look into its ledger. */
export function demoTopics(io: Io): Config {
  const { config, dir } = loadDemo(io);
  return demoConfig(config, {
    archive: { feeds: [], hostPort: '127.0.0.1:1', url: (id) => id },
    claims: demoClaims(dir),
  });
}
