/**
 * How the desk answers: within the platforms' three seconds, in one sentence when it cannot, and only to people who may.
 */
import type { Asker, DeskAnswer } from '../chat/platform.ts';
import { scopeOf, type Scope } from '../core/scope.ts';
import type { Newsroom } from './newsroom.ts';

/** Leaves time for the answer itself within the platforms' 3 s. */
const ANSWER_MS = 2000;
/** Reading pages: the fetcher ends by itself after 15 s. Platforms are answered "working on it" first. */
export const READING_MS = 40_000;

export const MAY_NOT = 'Only people who may manage this channel can do that.';

export function refused(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

export type Answering = <T>(work: () => Promise<DeskAnswer<T>>, ms?: number) => Promise<DeskAnswer<T>>;

/** Never throws and never waits longer than `ms`: a stalled database gets an honest sentence. */
export function answeringIn(room: Pick<Newsroom, 'log'>): Answering {
  return async (work, ms = ANSWER_MS) => {
    try {
      return await within(ms, work());
    } catch (error) {
      room.log.error({ step: 'desk', err: error }, 'a command could not be answered');
      return refused('The database is not answering right now. Nothing is lost; please ask again in a moment.');
    }
  };
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** As the audit log names people. */
export function who(asker: Asker): string {
  return `${asker.platform}:${asker.workspace}:${asker.user}`;
}

export function scopeOfAsker(asker: Pick<Asker, 'platform' | 'workspace'> | undefined): Scope {
  return asker === undefined ? '' : scopeOf(asker);
}
