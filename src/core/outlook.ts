/**
 * Outlook: what would change a status, in sentences for people.
 *
 * "DeepSeek or Huawei says on record that it is so: confirmed. More pages that repeat it would not."
 */
import type { RuleId, Status } from './status.ts';
import type { Weighed } from './weigh.ts';
import { lastDay, listed } from './wording.ts';

/** What the reader may watch for, the likeliest first. Never empty. */
export function whatWouldChange(status: Status, rule: RuleId, known: Weighed): string[] {
  if (rule === 'override') return ['Somebody takes the decision back; evidence alone does not change it.'];
  if (rule === 'recorded-outcome') return recorded(status, known);
  return OUTLOOKS[status](known);
}

const OUTLOOKS: Record<Status, (known: Weighed) => string[]> = {
  unverified: (known) => [...firstOrigin(known), ...settlement(known), ...deadline(known)],
  reported: (known) => [secondOrigin(known), ...settlement(known), ...deadline(known), MORE_OF_THE_SAME],
  corroborated: (known) => [
    ...settlement(known),
    'A listed origin says it is not so: disputed.',
    ...deadline(known),
    MORE_OF_THE_SAME,
  ],
  disputed: (known) => [
    ...settlement(known),
    'One side takes its word back, or says otherwise later.',
    ...deadline(known),
  ],
  confirmed: (known) => [otherwise(known.claim.deniers, 'that it is not so', known), MORE_OF_THE_SAME],
  refuted: (known) => [otherwise(known.claim.authorities, `that it ${isSo(known)} after all`, known), MORE_OF_THE_SAME],
  expired: (known) => [lateProof(known)],
};

const MORE_OF_THE_SAME = 'More pages that repeat it would not.';

function firstOrigin({ claimedNotSeen }: Weighed): string[] {
  const waiting = claimedNotSeen.filter((one) => one.side === 'supports').map((one) => one.origin.name);
  const reported = 'A listed origin says so, by its own sources or on record: reported.';
  if (waiting.length === 0) return [reported];
  return [
    `A listed publisher, or a second unrelated page, that also credits ${listed(waiting, 'or')}: reported.`,
    reported,
  ];
}

function secondOrigin({ supporting, claimedNotSeen }: Weighed): string {
  const name = supporting[0]?.origin.name ?? 'the first';
  const heard = supporting.map((voice) => voice.origin.id);
  const waiting = claimedNotSeen
    .filter((one) => one.side === 'supports' && !heard.includes(one.origin.id))
    .map((one) => one.origin.name);
  const claimed = waiting.length > 0 ? ` (${listed(waiting)} is claimed to, not seen yet)` : '';
  return `A second listed origin that does not rely on ${name}${claimed}: corroborated.`;
}

function settlement(known: Weighed): string[] {
  const { claim } = known;
  const confirm = who(claim.authorities, known);
  const refute = who(claim.deniers, known);
  return [
    confirm === ''
      ? 'Nobody is named whose word would confirm it; only a person can.'
      : `${confirm} says on record that it ${isSo(known)}: confirmed.`,
    ...(refute === ''
      ? []
      : [
          `${refute} ${claim.kind === 'forecast' ? 'cancels it or rules it out' : 'says on record that it is not so'}: refuted.`,
        ]),
  ];
}

function deadline({ claim, now }: Weighed): string[] {
  if (claim.kind !== 'forecast' || claim.deadline === null || now >= claim.deadline) return [];
  return [`The deadline, ${lastDay(claim.deadline, now)}, passes: expired.`];
}

function lateProof(known: Weighed): string {
  const { claim, now } = known;
  const authorities = who(claim.authorities, known);
  if (authorities === '' || claim.deadline === null)
    return 'Only a person can change it: nobody is named whose word would confirm it.';
  return `Proof from ${authorities} that it happened by ${lastDay(claim.deadline, now)}: confirmed.`;
}

function recorded(status: Status, known: Weighed): string[] {
  const { authorities, deniers } = known.claim;
  return status === 'confirmed'
    ? [otherwise(deniers, 'later on that it is not so', known)]
    : [otherwise(authorities, `later on that it ${isSo(known)} after all`, known)];
}

function otherwise(competent: readonly string[], what: string, known: Weighed): string {
  const subject = who(competent, known);
  return subject === ''
    ? 'A retraction or a decision by a person.'
    : `${subject} says ${what}, a retraction, or a decision by a person.`;
}

function isSo({ claim }: Weighed): string {
  return claim.kind === 'forecast' ? 'has happened' : 'is so';
}

function who(ids: readonly string[], { registry }: Weighed): string {
  return listed(
    ids.map((id) => registry.byId(id)?.name ?? id),
    'or',
  );
}
