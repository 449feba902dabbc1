/**
 * Weighing: all evidence on one claim, reduced to what the rules of status.ts look at.
 *
 * Twenty-two pages on "V4 runs on Huawei chips" come out as two supporting voices, none refuting, nobody competent.
 */
import type { Claim } from './claim.ts';
import type { Evidence } from './evidence.ts';
import { independentVoices, latestWords } from './independence.ts';
import type { Standing, Voice } from './independence.ts';
import { byTime, configured, groupBy, hear, knownEvidence, pageOwner } from './provenance.ts';
import type { ClaimedNotSeen, Word } from './provenance.ts';
import type { SourceId, SourceRegistry } from './source.ts';
import type { NotCounted } from './status.ts';
import type { NewsTime } from './time.ts';
import { listed } from './wording.ts';

export interface Weighed {
  readonly claim: Claim;
  readonly now: NewsTime;
  readonly registry: SourceRegistry;
  /** Independent origins on each side, earliest first. */
  readonly supporting: readonly Voice[];
  readonly refuting: readonly Voice[];
  /** Words on record by those who may confirm that it is so, as they stand now, oldest first. */
  readonly confirming: readonly Word[];
  /** Words on record by those who may refute it. */
  readonly denying: readonly Word[];
  /** Words on record by somebody competent who said both at the same time. */
  readonly torn: readonly Word[];
  /** Everybody else who said both at the same time and so counts on neither side. */
  readonly cancelled: readonly Standing[];
  readonly claimedNotSeen: readonly ClaimedNotSeen[];
  readonly notCounted: readonly NotCounted[];
  /** Distinct publishers that carried supporting or refuting evidence, counted or not. */
  readonly publishers: number;
}

/** Everything published until `now` that is in force: from feeds, from moderators, and from the configuration. */
export function weigh(claim: Claim, evidence: readonly Evidence[], now: NewsTime, registry: SourceRegistry): Weighed {
  const recorded = [...knownEvidence(claim, registry), ...outcomeAsEvidence(claim, registry)];
  const published = [...evidence, ...recorded].filter((row) => row.claim === claim.id && row.published <= now);
  const { current, superseded } = latestRevisions(published);
  const heard = hear(claim, current, registry);
  const standing = latestWords(heard.words);
  const supports = independentVoices(
    standing.filter((one) => one.side === 'supports'),
    registry,
  );
  const refutes = independentVoices(
    standing.filter((one) => one.side === 'refutes'),
    registry,
  );

  const may = (word: Word, competent: readonly SourceId[]): boolean =>
    word.settles && competent.includes(word.origin.id);
  const settling = standing.map((one) => ({
    torn: one.side === null,
    words: one.words.filter((word) => may(word, word.side === 'supports' ? claim.authorities : claim.deniers)),
  }));
  const settled = settling.filter((one) => !one.torn).flatMap((one) => one.words);
  const torn = settling.filter((one) => one.torn).flatMap((one) => one.words);
  // What is so today may change tomorrow: of a standing claim only the latest competent word is in force.
  const latest = [...settled, ...torn].reduce((time, word) => Math.max(time, word.row.published), -Infinity);
  const inForce = (words: readonly Word[]): Word[] =>
    words
      .filter((word) => claim.kind !== 'standing' || word.row.published === latest)
      .sort((a, b) => byTime(a.row, b.row));

  const counting = current.filter((row) => row.stance !== 'discusses' && !row.retracted);
  return {
    claim,
    now,
    registry,
    supporting: supports.voices,
    refuting: refutes.voices,
    confirming: inForce(settled.filter((word) => word.side === 'supports')),
    denying: inForce(settled.filter((word) => word.side === 'refutes')),
    torn: inForce(torn),
    cancelled: standing.filter((one) => one.side === null),
    claimedNotSeen: heard.claimedNotSeen,
    notCounted: inOrderOf(published, [
      ...superseded,
      ...heard.notCounted,
      ...standing.flatMap(replacedWords),
      ...[...supports.voices, ...refutes.voices].flatMap((voice) =>
        voice.echoes.map(({ word, reason }) => ({ evidence: word.row.id, reason })),
      ),
      ...[supports.circular, refutes.circular].flatMap(creditEachOther),
    ]),
    publishers: groupBy(counting, (row) => pageOwner(row, registry)?.id ?? `page ${row.publisher.domain}`).size,
  };
}

/** A recorded outcome is also the word of whoever it names; what the word is worth is for the rules to say. */
function outcomeAsEvidence(claim: Claim, registry: SourceRegistry): Evidence[] {
  const { outcome } = claim;
  if (outcome === null || outcome.by === null || outcome.status === 'expired') return [];
  const row = configured(claim, `outcome:${claim.id}`, registry, {
    stance: outcome.status === 'confirmed' ? 'supports' : 'refutes',
    strength: 'official',
    event: outcome.status === 'confirmed' ? 'happened' : 'none',
    origin: { name: registry.byId(outcome.by)?.name ?? outcome.by, source: outcome.by },
    url: outcome.url,
    title: claim.statement,
    at: outcome.at,
  });
  // "Confirmed" of a forecast means in time, whenever the outcome was written down.
  const inTime = claim.deadline === null ? outcome.at : (Math.min(outcome.at, claim.deadline - 1) as NewsTime);
  return [{ ...row, happenedAt: outcome.status === 'confirmed' ? inTime : null }];
}

/** A page says what its latest revision says. Rows that came twice count once. */
function latestRevisions(rows: readonly Evidence[]): { current: Evidence[]; superseded: NotCounted[] } {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  const newest = new Map<string, number>();
  for (const row of distinct) newest.set(row.article, Math.max(row.revision, newest.get(row.article) ?? row.revision));
  const isCurrent = (row: Evidence): boolean => row.revision === newest.get(row.article);
  return {
    current: distinct.filter(isCurrent),
    superseded: distinct
      .filter((row) => !isCurrent(row))
      .map((row) => ({ evidence: row.id, reason: 'the page was revised and no longer says it this way' })),
  };
}

function replacedWords({ origin, side, words, replaced }: Standing): NotCounted[] {
  const cancelling = side === null ? words : [];
  return [
    ...cancelling.map((word) => ({
      evidence: word.row.id,
      reason: `${origin.name} said both at the same time: the two cancel`,
    })),
    ...replaced.map((word) => ({
      evidence: word.row.id,
      reason: `gives way to what ${origin.name} said later or more firmly`,
    })),
  ];
}

function creditEachOther(words: readonly Word[]): NotCounted[] {
  const names = listed([...new Set(words.map((word) => word.origin.name))].sort());
  return words.map((word) => ({ evidence: word.row.id, reason: `${names} only credit each other` }));
}

function inOrderOf(rows: readonly Evidence[], reasons: readonly NotCounted[]): NotCounted[] {
  const place = new Map([...rows].sort(byTime).map((row, at) => [row.id, at]));
  return [...reasons].sort((a, b) => (place.get(a.evidence) ?? 0) - (place.get(b.evidence) ?? 0));
}
