/**
 * The demo's narrator: one line for what a channel is *not* bothered with, so that silence can be seen to be a decision.
 *
 *   04 Apr  echo          Yahoo citing Reuters citing The Information -> The Information. Nothing posted
 *   20 Apr  quiet         22 publishers, still 2 origins
 *
 * It also keeps a plain outlet counter beside us ("two publishers agree, so it is confirmed") to show where that
 * would have been wrong. The counter decides nothing.
 */
import type { ClaimId } from '../core/claim.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Status } from '../core/status.ts';
import { DAY, newsTime, type NewsTime } from '../core/time.ts';
import type { DecidedTurn } from '../pipeline/newsroom.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function dayAndMonth(time: NewsTime): string {
  const date = new Date(time);
  return `${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

/** When a bot that counts outlets would have said "confirmed": the second publisher on the claim's side. */
export function outletCounterConfirms(evidence: readonly Evidence[]): NewsTime | null {
  const publishers = new Set<string>();
  for (const row of evidence) {
    if (row.stance !== 'supports') continue;
    publishers.add(row.publisher.domain);
    if (publishers.size === 2) return row.published;
  }
  return null;
}

export interface Narrator {
  /** A claim was decided. Returns a line when its silence is worth one. */
  onTurn(turn: DecidedTurn): string | null;
  /** An alert on the claim was posted. Returns what an outlet counter says at this moment when it differs. */
  onAlert(claim: ClaimId): string | null;
}

const LABEL = 14;
const line = (at: NewsTime, label: string, text: string): string => `${dayAndMonth(at)}  ${label.padEnd(LABEL)}${text}`;

/** A claim that many repeat gets a line at every so many further publishers, not at each. */
const QUIET_EVERY = 8;

export function openNarrator(): Narrator {
  const last = new Map<ClaimId, DecidedTurn>();
  const echoed = new Set<string>();
  const counted = new Map<ClaimId, number>();

  const publishersOf = (turn: DecidedTurn): number =>
    new Set(turn.evidence.filter((row) => row.stance === 'supports').map((row) => row.publisher.domain)).size;

  return {
    onTurn(turn) {
      last.set(turn.claim.id, turn);
      if (turn.changed) return null;
      const echo = turn.fresh.find((row) => row.stance !== 'discusses' && row.chain.length > 1);
      if (echo !== undefined) {
        const chain = [echo.publisher.name, ...echo.chain.map((cited) => cited.name)].join(' citing ');
        const told = line(echo.published, 'echo', `${chain} -> ${echo.chain.at(-1)?.name ?? ''}. Nothing posted`);
        // One page often touches several claims, and a publisher has several pages a day: the same line stands once.
        if (!echoed.has(told)) {
          echoed.add(told);
          return told;
        }
      }
      const publishers = publishersOf(turn);
      const before = counted.get(turn.claim.id) ?? 0;
      if (publishers < before + QUIET_EVERY) return null;
      counted.set(turn.claim.id, publishers);
      const origins = turn.decision.supporting.length;
      // Feeds come in their own order: the last row need not be the newest page.
      const newest = Math.max(...turn.evidence.map((row) => row.published));
      return line(
        newsTime(newest),
        'quiet',
        `${turn.claim.statement}: ${publishers} publishers, still ${origins} ${origins === 1 ? 'origin' : 'origins'}`,
      );
    },

    onAlert(claim) {
      const turn = last.get(claim);
      if (turn === undefined) return null;
      const publishers = publishersOf(turn);
      const status = turn.decision.status;
      const counterSays = outletCounterConfirms(turn.evidence);
      if (counterSays === null) return null;
      if (status === 'confirmed' && turn.decision.decisive !== null) {
        const at = turn.evidence.find((row) => row.id === turn.decision.decisive)?.published ?? turn.decision.at;
        const days = Math.floor((at - counterSays) / DAY);
        return days < 1 ? null : `${' '.repeat(8)}${days} days after an outlet counter said so`;
      }
      if (status !== 'reported' && status !== 'corroborated' && status !== 'disputed') return null;
      return `${' '.repeat(8)}${publishers} publishers by now: an outlet counter would say CONFIRMED`;
    },
  };
}

/** At the end: how often counting outlets would have been wrong or early. `claims`: evidence and final status of each. */
export function counterSummary(
  claims: readonly { readonly evidence: readonly Evidence[]; readonly status: Status }[],
): string | null {
  const called = claims.filter((claim) => outletCounterConfirms(claim.evidence) !== null);
  const wrong = called.filter((claim) => claim.status !== 'confirmed');
  if (called.length === 0) return null;
  return `counting outlets would have called ${called.length} claims confirmed; ${wrong.length} of them are not`;
}
