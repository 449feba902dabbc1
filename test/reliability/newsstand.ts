/**
 * The news of a run: claims about made-up models, and three feeds on loopback that report, corroborate and confirm them,
 * one step when the run asks for it. Everything else is the product's own doing: it polls, judges and decides.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const NAMES =
  'Altair Bellatrix Capella Deneb Electra Fomalhaut Gienah Hadar Izar Kochab Lesath Mizar Naos Okab Polaris Regulus Sirius Thuban Vega Zaurak'.split(
    ' ',
  );

/** What makes a claim move on, in order; each is another publisher's page. */
export const STEPS = ['reported', 'corroborated', 'confirmed'] as const;

interface Page {
  readonly guid: string;
  readonly title: string;
  readonly summary: string;
  readonly at: Date;
}

const PAGES: Readonly<
  Record<(typeof STEPS)[number], { readonly site: string; words(name: string): [string, string] }>
> = {
  reported: {
    site: 'alpha-news.example.com',
    words: (name) => [
      `${name} adapted to run on Kestrel chips`,
      `${name} has been adapted to run on Kestrel chips, two people with knowledge of the matter told Alpha News.`,
    ],
  },
  corroborated: {
    site: 'beta-wire.example.org',
    words: (name) => [
      `Engineers got ${name} to run on Kestrel chips`,
      `Three engineers who worked on the port told Beta Wire that ${name} runs on chips made by Kestrel.`,
    ],
  },
  confirmed: {
    site: 'kestrel.example.net',
    words: (name) => [
      `${name} now runs on Kestrel chips`,
      `Today we announce that ${name} runs on Kestrel chips. Support ships to all customers.`,
    ],
  },
};

const PUBLISHERS = { reported: 'alpha', corroborated: 'beta', confirmed: 'kestrel' } as const;

export interface Newsstand {
  readonly claims: readonly string[];
  /** Publishes the page that moves this claim to its `step`th status. */
  publish(claim: string, step: number): void;
  /** Writes the configuration directory of a product that reads these feeds and posts to these channels. */
  configure(folder: string, channels: { readonly slack: readonly string[]; readonly discord: readonly string[] }): void;
  close(): Promise<void>;
}

export async function newsstand(claims: number): Promise<Newsstand> {
  const names = NAMES.slice(0, claims);
  if (names.length < claims) throw new RangeError(`there are names for ${NAMES.length} claims`);
  const shelves = await Promise.all(STEPS.map(async (step) => ({ step, ...(await shelf(PAGES[step].site)) })));
  // Old pages, so that no poll is ever all new.
  for (const { step, pages } of shelves) {
    for (let at = 0; at < 12; at += 1) {
      const title = `${step} archive page ${at}: weather over the bay`;
      pages.push({ guid: `old-${at}`, title, summary: title, at: new Date(Date.now() - 86_400_000 - at) });
    }
  }
  return {
    claims: names.map((name) => name.toLowerCase()),
    publish(claim, step) {
      const name = names.find((one) => one.toLowerCase() === claim) ?? '';
      const found = shelves[step];
      if (found === undefined) throw new RangeError(`no step ${step}`);
      const [title, summary] = PAGES[found.step].words(name);
      found.pages.push({ guid: `${found.step}-${claim}`, title, summary, at: new Date() });
    },
    configure(folder, channels) {
      mkdirSync(join(folder, 'topics'), { recursive: true });
      const file = (name: string, content: unknown): void =>
        // JSON is YAML.
        writeFileSync(join(folder, name), JSON.stringify(content, null, 1));
      const subscription = (platform: string) => (channel: string) => ({
        platform,
        channel,
        topic: 'chaos',
        level: 'changes',
      });
      file('claimwire.yaml', {
        shipped: false,
        feeds: {
          allowHosts: shelves.map((one) => `127.0.0.1:${one.port}`),
          minIntervalSeconds: 1,
          defaultIntervalMinutes: 1 / 60,
        },
        subscriptions: [...channels.slack.map(subscription('slack')), ...channels.discord.map(subscription('discord'))],
      });
      file('sources.yaml', {
        sources: [
          source('alpha', 'Alpha News', 'newsroom', PAGES.reported.site),
          source('beta', 'Beta Wire', 'newsroom', PAGES.corroborated.site),
          source('kestrel', 'Kestrel', 'official', PAGES.confirmed.site),
        ],
      });
      file('feeds.yaml', {
        feeds: shelves.map((one) => ({
          id: one.step,
          url: `http://127.0.0.1:${one.port}/`,
          publisher: PUBLISHERS[one.step],
          lang: 'en',
          topics: ['chaos'],
          intervalMinutes: 1 / 60,
        })),
      });
      file('topics/chaos.yaml', { topic: 'chaos', title: 'Chaos', claims: names.map(claimOf) });
    },
    async close() {
      await Promise.all(shelves.map((one) => new Promise((resolve) => one.server.close(resolve))));
    },
  };
}

function source(id: string, name: string, kind: string, domain: string): object {
  return { id, name, kind, owner: id, domains: [domain], names: [name], credibility: 'high' };
}

function claimOf(name: string): object {
  return {
    id: name.toLowerCase(),
    statement: `${name} runs on Kestrel chips`,
    kind: 'event',
    resolution: 'Kestrel says so.',
    authorities: ['kestrel'],
    frame: {
      slots: [
        { name: 'model', aliases: [name] },
        { name: 'chip', aliases: ['Kestrel'] },
      ],
      predicate: ['run', 'adapt', 'support'],
      inverse: [],
    },
  };
}

async function shelf(
  site: string,
): Promise<{ readonly port: number; readonly server: Server; readonly pages: Page[] }> {
  const pages: Page[] = [];
  const server = createServer((_request, response) => {
    const items = pages.map(
      (page) =>
        `<item><guid isPermaLink="false">${page.guid}</guid><title>${page.title}</title><link>https://${site}/${page.guid}</link>` +
        `<description>${page.summary}</description><pubDate>${page.at.toUTCString()}</pubDate></item>`,
    );
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>${site}</title>${items.join('')}</channel></rss>`,
    );
  });
  server.keepAliveTimeout = 100;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server, pages };
}
