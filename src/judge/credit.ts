/**
 * Whom a page as a whole credits, whatever it is about: for links that touch no tracked claim too.
 *
 * "Reuters, citing The Information" all over a page -> [Reuters, The Information]; a page that credits nobody is its own word.
 */
import type { Article } from '../core/article.ts';
import type { Cited } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { attribute, type Credit } from './attribution.ts';
import { nameIndex } from './names.ts';
import { indexed } from './phrase.ts';
import { read } from './text.ts';

export interface PageCredit {
  /** Nearest first; empty: the page speaks for itself. */
  readonly chain: readonly Cited[];
  /** Its own unnamed sources, when it credits no other. */
  readonly unnamed: boolean;
}

export type CreditReader = (article: Article) => PageCredit;

/** Compiles the names once; the reader is pure. */
export function openCreditReader(registry: SourceRegistry): CreditReader {
  const names = nameIndex(registry);
  return (article) => {
    const { segments } = attribute(indexed(read(article)), names);
    const credits = segments.flatMap(({ credit }) => (credit === null ? [] : [credit]));
    const relayed = foremost(credits.filter((credit) => credit.kind === 'outlet'));
    // An outlet that is credited carries the story; what parties are quoted with is a part of it.
    const chain = relayed ?? foremost(credits.filter(({ kind }) => kind === 'official' || kind === 'document')) ?? [];
    const others = chain.filter((hop) => hop.source === null || hop.source !== article.publisher.source);
    return { chain: others, unnamed: others.length === 0 && credits.some(({ kind }) => kind === 'anonymous') };
  };
}

/** The longest chain to the origin that most credits end in; ties go to what stands first. */
function foremost(credits: readonly Credit[]): readonly Cited[] | null {
  const uses = new Map<string, { count: number; chain: readonly Cited[] }>();
  for (const { chain } of credits) {
    const last = chain.at(-1);
    if (last === undefined) continue;
    const key = last.source ?? last.name;
    const known = uses.get(key);
    if (known === undefined) uses.set(key, { count: 1, chain });
    else {
      known.count += 1;
      if (chain.length > known.chain.length) known.chain = chain;
    }
  }
  let best: { count: number; chain: readonly Cited[] } | null = null;
  for (const use of uses.values()) if (best === null || use.count > best.count) best = use;
  return best?.chain ?? null;
}
