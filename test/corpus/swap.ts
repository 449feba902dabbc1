/**
 * The labelled set with every name exchanged for an invented one: a judge that knows the language of news does not care who it is about.
 */
import type { Claim } from '../../src/core/claim.ts';
import type { SourceRegistry } from '../../src/core/source.ts';
import type { LabelledItem } from './score.ts';
import { corpusConfig } from './score.ts';

/** Real names to invented ones of the same shape: Latin words, Han words, product codes. */
const SWAPS: readonly (readonly [RegExp, string])[] = [
  [/DeepSeek/g, 'Brightwell'],
  [/深度求索/g, '明井智能'],
  [/Huawei/g, 'Norvik'],
  [/华为|華為/g, '诺维'],
  [/Ascend/g, 'Kestrel'],
  [/昇腾|昇騰/g, '隼芯'],
  [/Cambricon/g, 'Tellurian'],
  [/寒武纪|寒武紀/g, '碲岩'],
  [/Nvidia/gi, 'Halbrook'],
  [/英伟达|英偉達|辉达|輝達/g, '哈博'],
  [/\bAMD\b/g, 'QMR'],
  [/Alibaba/g, 'Solmara'],
  [/ByteDance/g, 'Pinefork'],
  [/Tencent/g, 'Orrin'],
  [/H200/g, 'G700'],
  [/950PR/g, '410QX'],
  [/Blackwell/g, 'Redfern'],
];

const swap = (text: string): string => SWAPS.reduce((all, [from, to]) => all.replaceAll(from, to), text);

export function swappedItems(items: readonly LabelledItem[]): LabelledItem[] {
  return items.map((item) => JSON.parse(swap(JSON.stringify(item))) as LabelledItem);
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
    frame: JSON.parse(swap(JSON.stringify(claim.frame))) as Claim['frame'],
  }));
  return { claims, registry: config.registry };
}
