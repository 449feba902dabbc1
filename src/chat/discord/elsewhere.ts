/**
 * Signs that another program runs with this bot's token: two claimwires with databases of their own would answer every
 * command twice and post every alert twice, and neither can see the other. Discord shows two things:
 *
 *   it counts the token's IDENTIFYs of a day                       more than ours: somebody else connected too
 *   it takes one acknowledgement of an interaction (error 40060)   ours came second, again and again
 */
import { MINUTE } from '../../core/time.ts';
import type { ChatLog } from './interactions.ts';

export interface ElsewhereOptions {
  readonly ownIdentifies?: (() => number) | undefined;
  /** How many processes of this installation hear Discord: those know of each other. */
  readonly hearers?: (() => Promise<number>) | undefined;
  readonly log?: ChatLog | undefined;
}

export interface Elsewhere {
  /** IDENTIFYs that Discord counted with this token. */
  counted(used: number): Promise<void>;
  /** Why an interaction could not be answered. */
  notAnswered(error: unknown): Promise<void>;
}

/** Discord: interaction has already been acknowledged. Once may be our own request, sent again after a lost answer. */
const ACKNOWLEDGED = 40_060;
const WITHIN_MS = 10 * MINUTE;
const WHAT_THEN = 'both answer every command and post every alert: give each a bot of its own.';

/** What IDENTIFYs of others mean; null when there are none. */
export function foreignIdentifies(used: number, own: number): string | null {
  const others = used - own;
  if (others <= 0) return null;
  const connections = `${others} ${others === 1 ? 'connection' : 'connections'}`;
  return `Discord counted ${connections} with this token today that this installation did not make: after a move that passes within a day; if another claimwire runs with it, ${WHAT_THEN}`;
}

export function watchElsewhere(options: ElsewhereOptions, now: () => number = Date.now): Elsewhere {
  let last = -Infinity;
  let warned = false;

  async function warn(sentence: string): Promise<void> {
    // Several processes of one installation: said at their start.
    if (warned || ((await options.hearers?.().catch(() => 1)) ?? 1) > 1) return;
    warned = true;
    options.log?.('warn', sentence);
  }

  return {
    counted: async (used) => {
      if (options.ownIdentifies === undefined) return;
      const sentence = foreignIdentifies(used, options.ownIdentifies());
      if (sentence !== null) await warn(sentence);
    },
    notAnswered: async (error) => {
      if (!(error instanceof Error && 'code' in error && error.code === ACKNOWLEDGED)) return;
      const before = last;
      last = now();
      if (last - before > WITHIN_MS) return;
      await warn(
        `Another program with this bot's token answers commands before us: if it is a claimwire, ${WHAT_THEN}`,
      );
    },
  };
}
