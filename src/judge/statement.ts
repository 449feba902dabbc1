/**
 * A statement as a claim: the frame compiled from it, when it must have come true, and whose word would settle it.
 */
import type { Claim, ClaimId, TopicId } from '../core/claim.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { NewsTime } from '../core/time.ts';
import { compileStatement } from './compile.ts';

export interface StatementOptions {
  readonly registry: SourceRegistry;
  /** Relative times ("next week") count from here. */
  readonly now: NewsTime;
  readonly topic: TopicId;
  /** Ids that are in use. */
  readonly taken?: ReadonlySet<ClaimId>;
}

const SHORTEST = 8;
const SHORTEST_HAN = 4;
const LONGEST = 300;
const LONGEST_ID = 48;

/** The claim, or a sentence for whoever typed it. Pure: the same statement at the same time gives the same claim. */
export function claimOfStatement(text: string, { registry, now, topic, taken }: StatementOptions): Claim | string {
  const statement = text
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.。]$/, '');
  const han = /\p{Script=Han}/u.test(statement);
  if (statement.length < (han ? SHORTEST_HAN : SHORTEST))
    return 'Write a whole statement, such as "Huawei ships 950PR to Alibaba by July".';
  if (statement.length > LONGEST)
    return `A statement has at most ${LONGEST} characters; this one has ${statement.length}.`;
  if (/[?？]$/.test(statement))
    return 'Write what you expect to be true, not a question: it is then supported or refuted.';
  const { frame, deadline, ahead, parties, standing, findable } = compileStatement(statement, registry, now);
  if (!findable)
    return 'Nothing in this statement could be recognised in an article. Name a company, a product, a place or a thing.';
  return {
    id: freeId(slug(statement), taken ?? new Set()),
    topic,
    statement,
    kind: ahead ? 'forecast' : standing ? 'standing' : 'event',
    deadline: ahead ? deadline : null,
    resolution: '',
    authorities: parties,
    deniers: parties,
    neighbours: [],
    frame,
    outcome: null,
    known: [],
  };
}

/** "Huawei ships 950PR to Alibaba by July" -> huawei-ships-950pr-to-alibaba-by-july; Chinese has no such form and gets a number. */
function slug(statement: string): ClaimId {
  const words = statement
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let id = '';
  for (const word of words) {
    if (id.length + word.length + 1 > LONGEST_ID) break;
    id = id === '' ? word : `${id}-${word}`;
  }
  return id.length >= 3 && !/\p{Script=Han}/u.test(statement) ? id : `tracked-${checksum(statement)}`;
}

function freeId(id: ClaimId, taken: ReadonlySet<ClaimId>): ClaimId {
  if (!taken.has(id)) return id;
  let n = 2;
  while (taken.has(`${id}-${n}`)) n += 1;
  return `${id}-${n}`;
}

/** FNV-1a, six hexadecimal digits: a name, not a secret. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 8).toString(16).padStart(6, '0');
}
