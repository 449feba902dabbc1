/**
 * What the four kinds of files may say: claimwire.yaml, feeds.yaml, sources.yaml and topics/*.yaml.
 *
 *   - { id: v4-on-huawei, statement: DeepSeek V4 runs on Huawei Ascend chips, kind: event, ... }
 *
 * Every object is strict: an unknown key is a typing error. A user's file is laid over the shipped one, so there an
 * entry needs its `id` alone ("patch" schemas); what is still missing after that is reported by the full schemas.
 * A new key of a claim's frame is added here, in `frame`, and in core/claim.ts.
 */
import { z } from 'zod';
import { LEVELS } from '../core/alert.ts';
import { CLAIM_KINDS, EVIDENCE_EVENTS, SLOT_KINDS } from '../core/claim.ts';
import { STRENGTHS } from '../core/evidence.ts';
import { CREDIBILITIES, SOURCE_KINDS } from '../core/source.ts';
import { isoTime } from './isoTime.ts';

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.trim() !== '', 'is empty');

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, at most 64');
const note = text(2000).optional().describe('For people only.');
const time = z
  .string('not a date')
  .refine((value) => isoTime(value) !== null, 'not a date: write 2026-05-15, or 2026-05-15T18:00Z with its zone')
  .describe('2026-05-15, or 2026-05-15T18:00Z');
const webAddress = text(2000).refine(isWebAddress, 'must be an http or https address without a password in it');
const ids = z.array(id).max(200);
const phrases = z.array(text(1000)).max(500);

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

// ---- claimwire.yaml

const hostPort = z
  .string()
  .regex(
    /^(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?):\d{1,5}$/i,
    'must be host:port, such as "127.0.0.1:9000"',
  );

const freshness = z
  .number()
  .min(1)
  .max(7 * 24 * 60);

const settingsShape = {
  shipped: z.boolean().describe('false: this directory stands alone; nothing of the shipped configuration is used.'),
  feeds: z
    .strictObject({
      allowHosts: z.array(hostPort).max(200).describe('host:port of loopback or private hosts that may be polled.'),
      allowHostsConnections: z
        .number()
        .int()
        .min(1)
        .max(64)
        .describe('Requests at once to one of allowHosts. Default 1.'),
      allowHostsPauseSeconds: z
        .number()
        .min(0)
        .max(3600)
        .describe('Between two requests to one of allowHosts. Default 1.'),
      defaultIntervalMinutes: z
        .number()
        .min(1 / 60)
        .max(7 * 24 * 60),
      minIntervalSeconds: z.number().min(1).max(86_400).describe('Below 300 it holds only for feeds on allowed hosts.'),
    })
    .partial(),
  delivery: z
    .strictObject({
      onUnknownOutcome: z.enum(['repost', 'hold']),
      freshnessMinutes: z
        .union([
          freshness,
          z.strictObject({ confirmed: freshness, changes: freshness, updates: freshness, all: freshness }).partial(),
        ])
        .describe('One number for all levels, or one for each; levels left out keep 30.'),
      operators: z
        .strictObject({ platform: z.enum(['discord', 'slack', 'console']), channel: text(64) })
        .describe('Where words to those who run the bot go. Unset: the terminal.'),
    })
    .partial(),
  judge: z
    .strictObject({
      engine: z.enum(['offline', 'llm']),
      provider: z.enum(['anthropic', 'openai-compatible', 'ollama']),
      model: text(200).describe('As the provider names it.'),
      baseUrl: webAddress.describe('Where the provider answers, when not at its usual address.'),
      dailyTokens: z
        .number()
        .int()
        .min(20_000)
        .max(1e12)
        .describe(
          'Tokens a day (UTC), question and answer. When they are spent, judging stays offline until the next day.',
        ),
      timeoutSeconds: z
        .number()
        .min(1)
        .max(300)
        .describe('How long an answer may take. Default 30. No alert waits for it.'),
    })
    .partial(),
  web: z
    .strictObject({
      port: z.number().int().min(0).max(65_535),
      host: text(253).describe('Address to listen on. Default 127.0.0.1: this machine only.'),
      allowedHosts: z.array(text(253)).max(50).describe('Further host names the board may be asked for by.'),
    })
    .partial(),
  limits: z
    .strictObject({
      feeds: z.number().int().min(0).max(10_000).describe('Feeds one server or workspace may add. Default 20.'),
      claims: z.number().int().min(0).max(10_000).describe('Claims it may track. Default 20.'),
      subscriptions: z.number().int().min(1).max(100_000).describe('Subscriptions it may have. Default 200.'),
      graceDays: z
        .number()
        .min(0)
        .max(3650)
        .describe('Days its data is kept after the app was removed from it. Default 30.'),
    })
    .partial(),
  slack: z
    .strictObject({
      port: z.number().int().min(0).max(65_535).describe('HTTP mode: where Slack sends its requests. Default 3000.'),
      host: text(253).describe('HTTP mode: address to listen on. Default 127.0.0.1: behind a reverse proxy.'),
      anyoneMayManage: z.boolean().describe('true: every member may subscribe a channel, not only its managers.'),
    })
    .partial(),
  subscriptions: z
    .array(
      z.strictObject({
        platform: z.enum(['discord', 'slack', 'console']),
        workspace: text(64).optional(),
        channel: text(64),
        topic: id,
        level: z.enum(LEVELS).default('changes'),
      }),
    )
    .max(10_000),
};
export const settingsSchema = z.strictObject(settingsShape).partial();

// ---- feeds.yaml

const feedShape = {
  id,
  url: webAddress,
  publisher: id
    .optional()
    .describe(
      'Source id. For an aggregator, the aggregator. Left out: nobody on the list; its pages speak for their address.',
    ),
  lang: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag such as en or zh-Hans')
    .optional(),
  topics: ids.default([]),
  tested: z.union([time, z.literal(false)], 'must be a date, or false').optional(),
  seen: webAddress.optional().describe('The page on which the address was found.'),
  intervalMinutes: z
    .number()
    .min(1 / 60)
    .max(7 * 24 * 60)
    .optional(),
  note,
};
export const feedSchema = z.strictObject(feedShape);

// ---- sources.yaml

const sourceShape = {
  id,
  name: text(120),
  kind: z.enum(SOURCE_KINDS),
  owner: id.describe('Two sources of one owner are not independent.'),
  domains: z.array(text(253)).max(50).default([]).describe('Registrable domains, or sub-domains of somebody else.'),
  paths: z.array(text(253)).max(50).default([]).describe('host/owner on shared hosts: github.com/deepseek-ai'),
  names: z.array(text(120)).max(100).default([]).describe('How articles name it, in every language.'),
  spokespeople: z.array(text(120)).max(100).default([]),
  credibility: z.enum(CREDIBILITIES),
  note,
};
export const sourceSchema = z.strictObject(sourceShape);

// ---- topics/*.yaml

const slot = z.strictObject({
  name: text(60),
  aliases: z.array(text(400)).min(1).max(300),
  required: z.boolean().default(true),
  rivals: z
    .array(text(120))
    .max(300)
    .exactOptional()
    .describe("Names that take this slot's place: another model, another chip."),
  lesser: z
    .array(text(400))
    .max(300)
    .exactOptional()
    .describe('Names that address the claim without asserting it: a successor, "domestic chips".'),
  atLeast: z
    .number()
    .int()
    .min(1)
    .max(50)
    .exactOptional()
    .describe('How many different aliases assert the claim; fewer discuss it.'),
  collective: z
    .array(text(400))
    .max(100)
    .exactOptional()
    .describe('Aliases that stand for all at once: the three tech groups.'),
  kind: z
    .enum(SLOT_KINDS)
    .exactOptional()
    .describe('What sort of thing it is: later sentences may take it up as "the model", "its chips", "it".'),
});

const frame = z.strictObject({
  slots: z.array(slot).min(1).max(12),
  predicate: phrases
    .default([])
    .describe(
      'Words in order; (run|work) is a choice, * a short gap, {chip} a mention of that slot, @release any word of that class.',
    ),
  deeds: phrases
    .exactOptional()
    .describe(
      'Words of the deed that assert it anywhere in a sentence that means every slot, when no predicate matched.',
    ),
  inverse: phrases.default([]).describe('Phrases that assert the opposite.'),
  exclude: phrases.default([]).describe('Phrases that mean a near miss.'),
  partial: phrases.default([]).describe('Phrases that address the claim without asserting it.'),
  compiled: z.boolean().exactOptional().describe('Made from a plain statement, not by hand.'),
  needs: phrases
    .exactOptional()
    .describe('Of these one must stand in the sentence: without it the claim is only addressed.'),
  tense: z.enum(['so', 'done']).exactOptional().describe('done: only what has happened asserts it.'),
  absence: z
    .boolean()
    .exactOptional()
    .describe('A delivery, sale or release: "still empty-handed" or "the date went by without it" refutes it.'),
  actor: id.exactOptional().describe('The claim is a public act of this source.'),
  quantity: z
    .strictObject({ low: z.number(), high: z.number(), units: z.array(text(120)).min(1).max(100) })
    .exactOptional()
    .describe('A number with its unit asserts the claim inside low to high and refutes it outside.'),
  window: z
    .strictObject({ from: time, to: time })
    .exactOptional()
    .describe('Asserts the claim for times in it. A date alone as `to` includes that day.'),
});

const outcome = z.strictObject({
  status: z.enum(['confirmed', 'refuted', 'expired']),
  at: time,
  by: id.nullable().default(null),
  url: webAddress,
  note,
});

const known = z.strictObject({
  origin: id,
  stance: z.enum(['supports', 'refutes']).default('supports'),
  strength: z.enum(STRENGTHS).default('attributed'),
  event: z.enum(EVIDENCE_EVENTS).default('none'),
  at: time,
  url: webAddress,
  note: text(2000).optional(),
});

const claimShape = {
  id,
  statement: text(400),
  kind: z.enum(CLAIM_KINDS),
  deadline: time.nullable().default(null).describe('A date alone runs to 24:00 UTC.'),
  resolution: text(2000),
  authorities: ids.default([]).describe('Whose word confirms. Empty: nobody settles it.'),
  deniers: ids.optional().describe('Whose word refutes. Default: the authorities.'),
  neighbours: ids.default([]).describe('Claims people mistake for this one.'),
  frame,
  outcome: outcome.nullable().default(null).describe('When it is already known: a decision of the configuration.'),
  known: z.array(known).max(100).default([]).describe('Evidence known before the first poll.'),
  note,
};
export const claimSchema = z.strictObject(claimShape);
export const topicSchema = z.strictObject({ topic: id, title: text(120) });

// ---- what one file may hold: entries by id, each possibly a change to a shipped one

const remove = z.boolean().optional().describe('true drops the shipped entry of this id.');
const feedPatch = z.strictObject(feedShape).partial().extend({ id, remove });
const sourcePatch = z.strictObject(sourceShape).partial().extend({ id, remove });
const claimPatch = z
  .strictObject({ ...claimShape, frame: frame.partial(), outcome: outcome.partial().nullable() })
  .partial()
  .extend({ id, remove });

export const FILE_SCHEMAS = {
  claimwire: settingsSchema,
  feeds: z.strictObject({ feeds: z.array(feedPatch).max(20_000).optional() }),
  sources: z.strictObject({ sources: z.array(sourcePatch).max(20_000).optional() }),
  topic: z.strictObject({
    topic: id,
    title: text(120).optional(),
    remove,
    claims: z.array(claimPatch).max(5_000).optional(),
  }),
} as const;

export type FileKind = keyof typeof FILE_SCHEMAS;
export type SettingsWritten = z.output<typeof settingsSchema>;
export type FeedWritten = z.output<typeof feedSchema>;
export type SourceWritten = z.output<typeof sourceSchema>;
export type ClaimWritten = z.output<typeof claimSchema>;
