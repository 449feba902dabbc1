/**
 * The labelled set with every name exchanged for an invented one: a judge that knows the language of news does not care who it is about.
 */
import type { Claim } from '../../src/core/claim.ts';
import type { SourceRegistry } from '../../src/core/source.ts';
import type { LabelledItem } from './score.ts';
import { corpusConfig } from './score.ts';

/** Real names to invented ones of the same shape: Latin words, Han words, product codes. */
const SWAPS: readonly (readonly [RegExp, string])[] = [
  [/DeepSeek/gi, 'Brightwell'],
  [/深度求索/g, '明井智能'],
  [/Huawei/gi, 'Norvik'],
  [/华为|華為/g, '诺维'],
  [/Ascend/gi, 'Kestrel'],
  [/昇腾|昇騰/g, '隼芯'],
  [/Cambricon/gi, 'Tellurian'],
  [/寒武纪|寒武紀/g, '碲岩'],
  [/Nvidia/gi, 'Halbrook'],
  [/英伟达|英偉達|辉达|輝達/g, '哈博'],
  [/\bAMD\b/gi, 'QMR'],
  [/Alibaba/gi, 'Solmara'],
  [/ByteDance/gi, 'Pinefork'],
  [/Tencent/gi, 'Orrin'],
  [/H200/gi, 'G700'],
  [/950PR/gi, '410QX'],
  [/Blackwell/gi, 'Redfern'],
];

/** Frames write names in small letters: there the invented ones are small too. */
const swap = (text: string): string =>
  SWAPS.reduce(
    (all, [from, to]) => all.replaceAll(from, (found) => (found === found.toLowerCase() ? to.toLowerCase() : to)),
    text,
  );

const throughout = <Value>(value: Value): Value => JSON.parse(swap(JSON.stringify(value))) as Value;

/** Addresses stay: whose they are is configured, not read. */
export function swappedItems(items: readonly LabelledItem[]): LabelledItem[] {
  return items.map((item) => ({ ...throughout(item), url: item.url }));
}

/** `dir`: where the configuration of the labelled sets lies, when not beside this file. */
export function swappedConfig(dir?: string): { readonly claims: readonly Claim[]; readonly registry: SourceRegistry } {
  const config = corpusConfig(
    (source) => ({
      ...source,
      name: swap(source.name),
      names: source.names.map(swap),
      spokespeople: source.spokespeople.map(swap),
    }),
    dir,
  );
  const claims = config.claims.map((claim) => ({
    ...claim,
    // An actor is the id of a source, no name.
    frame: { ...throughout(claim.frame), ...(claim.frame.actor === undefined ? {} : { actor: claim.frame.actor }) },
  }));
  return { claims, registry: config.registry };
}
