/**
 * What is offered while somebody types an option, from memory, so that it is there at once:
 *
 *   completions(desk, reader, 'deepseek', 'why', 'claim', 'chips')  ->  [{ name: 'DeepSeek V4 runs on Huawei Ascend chips', value: 'v4-on-huawei' }]
 */
import { matchingClaims } from './names.ts';
import type { ClaimName } from './names.ts';
import type { Reader } from './calls.ts';
import { COMMANDS } from './commands.ts';
import { durationOf, hourOf, quietOf, zonesLike } from './options.ts';
import type { Desk } from './platform.ts';

export interface Completion {
  readonly name: string;
  readonly value: string;
}

/** No platform shows more (Discord: 25). */
const MOST = 25;

export function completions(
  desk: Desk,
  reader: Reader,
  root: string,
  command: string,
  option: string,
  typed: string,
): Completion[] {
  const topics = desk.topics(reader);
  const scope = root === 'claimwire' ? 'product' : 'topic';
  const kind = COMMANDS.find((one) => one.name === command && one.scope === scope)?.options.find(
    (one) => one.name === option,
  )?.kind;
  switch (kind) {
    case 'claim':
      return claims(
        topics.filter((topic) => root === 'claimwire' || topic.id === root),
        typed,
      );
    case 'topic':
      return topics
        .filter((topic) => `${topic.id} ${topic.title}`.toLowerCase().includes(typed.trim().toLowerCase()))
        .slice(0, MOST)
        .map((topic) => ({ name: topic.title, value: topic.id }));
    case 'zone':
      return zonesLike(typed, MOST).map(same);
    case 'duration':
      return suggestions(typed, ['1 hour', '8 hours', '1 day', '3 days', '7 days', '2 weeks', '30 days'], durationOf);
    case 'hour':
      return suggestions(typed, ['06:00', '07:00', '08:00', '09:00', '12:00', '17:00', '18:00'], hourOf);
    case 'quiet':
      return suggestions(typed, ['22:00-07:00', '20:00-08:00', '18:00-09:00', 'off'], quietOf);
    case 'choice':
    case 'flag':
    case 'text':
    case 'word':
    case 'count':
    case 'mention':
    case 'channel':
    case undefined:
      return [];
  }
}

function claims(topics: readonly { readonly claims: readonly ClaimName[] }[], typed: string): Completion[] {
  return matchingClaims(
    topics.flatMap((topic) => topic.claims),
    typed,
  )
    .slice(0, MOST)
    .map((claim) => ({ name: claim.statement, value: claim.id }));
}

function same(value: string): Completion {
  return { name: value, value };
}

/** What was typed comes first when it can be read, then the usual ones that begin with it. */
function suggestions(typed: string, usual: readonly string[], reads: (text: string) => unknown): Completion[] {
  const word = typed.trim().toLowerCase();
  const like = usual.filter((one) => one.includes(word));
  const meant = JSON.stringify(reads(word));
  const own = meant !== 'null' && !like.some((one) => JSON.stringify(reads(one)) === meant) ? [word] : [];
  return [...own, ...(like.length > 0 ? like : usual)].slice(0, MOST).map(same);
}
