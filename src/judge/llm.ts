/**
 * The second reader: a language model that reads again what the offline judge has judged.
 *
 * It is asked once per article about the claims the article speaks to, and what it answers is an opinion (core/second-opinion.ts)
 * when every quote, outlet and number in it stands in the article, and nothing otherwise. It decides no status and holds nothing
 * up: whoever asks has the offline judgement already.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Article } from '../core/article.ts';
import type { Claim } from '../core/claim.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { Grounded, Ungrounded } from './llm-ground.ts';
import { groundAnswer } from './llm-ground.ts';
import type { Answer, Question } from './llm-prompt.ts';
import { answerSchema, PROMPT_VERSION, questionOn, withinLimits } from './llm-prompt.ts';
import type { ModelAddress } from './llm-provider.ts';
import { cappedFetch, openModel, troubleWith } from './llm-provider.ts';

export interface ReaderOptions extends ModelAddress {
  readonly timeoutSeconds: number;
}

interface Used {
  /** Tokens as the provider counted them, else our estimate. */
  readonly tokens: { readonly input: number; readonly output: number };
  readonly ms: number;
}

export type ReadOutcome =
  /** One entry for each claim asked about: its opinion, or why it was not used. */
  | (Used & { readonly outcome: 'read'; readonly grounded: readonly Grounded[] })
  /** An answer that nothing can be made of. */
  | (Used & { readonly outcome: 'unusable'; readonly refused: Ungrounded })
  | { readonly outcome: 'failed'; readonly reason: string; readonly retryAfterMs: number | null; readonly ms: number };

export interface SecondReader {
  /** "ollama/qwen3:8b": for logs and people. */
  readonly id: string;
  /** An opinion given under another key is none any more: another model, question or wording of the claim. */
  opinionKey(claim: Claim): string;
  /** Tokens a reading may take at most, roughly, answer included: what a budget sets aside. */
  estimate(article: Article, claims: readonly Claim[]): number;
  /** How long a reading may take. */
  readonly longestSeconds: number;
  /** Never throws; ends within the time limit or when `signal` aborts. At most MOST_CLAIMS claims are asked about. */
  read(
    article: Article,
    claims: readonly Claim[],
    registry: SourceRegistry,
    signal?: AbortSignal,
  ): Promise<ReadOutcome>;
}

const ANSWER_TOKENS = { base: 1_000, each: 400 } as const;
/** An answer text longer than this is not looked at. */
const LONGEST_ANSWER = 64 * 1024;

export function openSecondReader(options: ReaderOptions): SecondReader {
  const id = `${options.provider}/${options.model}`;
  // A server that refuses schema or temperature is asked plainly from then on.
  let plain = false;
  return {
    id,
    longestSeconds: options.timeoutSeconds,
    opinionKey: (claim) =>
      createHash('sha256')
        .update(JSON.stringify([id, PROMPT_VERSION, claim.statement, claim.kind, claim.frame]))
        .digest('hex')
        .slice(0, 16),
    estimate(article, claims) {
      const question = questionOn(article, claims, '');
      return tokensIn(question.system) + tokensIn(question.prompt) + answerTokens(question);
    },
    async read(article, claims, registry, stop) {
      const began = performance.now();
      const ms = (): number => Math.round(performance.now() - began);
      const question = questionOn(article, claims, randomBytes(9).toString('hex'));
      const limit = AbortSignal.timeout(options.timeoutSeconds * 1000);
      const signal = stop === undefined ? limit : AbortSignal.any([limit, stop]);
      const before = plain;
      let asked = await ask(options, question, plain, signal);
      if (asked.outcome === 'failed' && asked.refusesShape && !plain) {
        plain = true;
        asked = await ask(options, question, true, signal);
        // It was not the shape after all.
        if (asked.outcome === 'failed' && asked.refusesShape) plain = before;
      }
      if (asked.outcome === 'failed')
        return { outcome: 'failed', reason: asked.reason, retryAfterMs: asked.retryAfterMs, ms: ms() };
      const { answer, tokens } = asked;
      if (answer === null || !withinLimits(answer))
        return { outcome: 'unusable', refused: 'not the asked shape', tokens, ms: ms() };
      return {
        outcome: 'read',
        grounded: groundAnswer(answer, { article, claims, question, registry }),
        tokens,
        ms: ms(),
      };
    },
  };
}

type Asked =
  | { readonly outcome: 'answered'; readonly answer: Answer | null; readonly tokens: Used['tokens'] }
  | {
      readonly outcome: 'failed';
      readonly reason: string;
      readonly retryAfterMs: number | null;
      readonly refusesShape: boolean;
    };

async function ask(options: ReaderOptions, question: Question, plain: boolean, signal: AbortSignal): Promise<Asked> {
  const { APICallError, generateText, NoObjectGeneratedError, Output } = await import('ai');
  // The SDK would print its remarks to standard output, which belongs to --json.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  const { system, prompt } = question;
  const spent = (
    usage: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined,
    text: string,
  ) => ({
    input: count(usage?.inputTokens) ?? tokensIn(system) + tokensIn(prompt),
    output: count(usage?.outputTokens) ?? tokensIn(text),
  });
  let arrived = false;
  const fetching: typeof cappedFetch = async (input, init) => {
    const response = await cappedFetch(input, init);
    arrived = response.ok;
    return response;
  };
  try {
    const model = await openModel(options, plain, fetching);
    const call = { model, system, prompt, maxRetries: 0, abortSignal: signal };
    const result = plain
      ? await generateText(call)
      : await generateText({
          ...call,
          temperature: 0,
          maxOutputTokens: answerTokens(question),
          output: Output.object({ schema: answerSchema }),
        });
    return { outcome: 'answered', answer: answerIn(result.text), tokens: spent(result.usage, result.text) };
  } catch (error) {
    if (NoObjectGeneratedError.isInstance(error))
      return { outcome: 'answered', answer: answerIn(error.text ?? ''), tokens: spent(error.usage, error.text ?? '') };
    // Something came that is no answer of the API's: nothing can be made of it, however often it is asked for.
    if (arrived) return { outcome: 'answered', answer: null, tokens: spent(undefined, '') };
    if (!APICallError.isInstance(error) || error.statusCode === undefined)
      return { outcome: 'failed', reason: troubleWith(error), retryAfterMs: null, refusesShape: false };
    const { statusCode: status } = error;
    const why =
      status === 401 || status === 403 ? 'refused the key' : status === 429 ? 'asked us to slow down' : 'answered';
    return {
      outcome: 'failed',
      reason: `${why} (${status})`,
      retryAfterMs: retryAfter(error.responseHeaders),
      refusesShape: status === 400 || status === 422,
    };
  }
}

/** The JSON of an answer, also from between a code fence. Prose around it is no JSON. */
function answerIn(text: string): Answer | null {
  if (text.length > LONGEST_ANSWER) return null;
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n/, '')
    .replace(/\n\s*```$/, '');
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    return null;
  }
  const parsed = answerSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Seconds or a date; at most an hour is believed. */
function retryAfter(headers: Record<string, string> | undefined): number | null {
  const said = headers?.['retry-after'];
  if (said === undefined) return null;
  const ms = /^\d{1,6}$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null;
}

const answerTokens = ({ keys }: Question): number => ANSWER_TOKENS.base + ANSWER_TOKENS.each * keys.size;

/** Three letters or one Han character a token: rather too many than too few. */
function tokensIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han + Math.ceil((text.length - han) / 3);
}

function count(tokens: number | undefined): number | null {
  return tokens !== undefined && Number.isFinite(tokens) && tokens >= 0 ? Math.ceil(tokens) : null;
}
