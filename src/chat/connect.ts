/**
 * Starts a chat platform and keeps trying: a platform that is down, or a wrong token, costs people that platform for a
 * while and never the rest of the bot.
 *
 *   const link = await keepConnecting(discord, desk, { say: (sentence) => log.warn(sentence) })
 *   link.problem   ->   null, or "Discord could not be reached at discord.com: ENOTFOUND"
 */
import { MINUTE } from '../core/time.ts';
import type { ChatPlatform, Desk } from './platform.ts';

export interface ConnectOptions {
  /** Told when it connects after all, and once for each new reason why it does not. */
  readonly say: (sentence: string) => void;
  readonly firstWaitMs?: number;
  readonly longestWaitMs?: number;
}

export interface ChatLink {
  /** Why the first try failed, one sentence; null when it worked. Further tries go on until `stop`. */
  readonly problem: string | null;
  /** No further tries. One under way ends when the platform is closed, which comes next. */
  stop(): void;
}

export async function keepConnecting(platform: ChatPlatform, desk: Desk, options: ConnectOptions): Promise<ChatLink> {
  const longest = options.longestWaitMs ?? 5 * MINUTE;
  let wait = options.firstWaitMs ?? 5000;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let said = '';

  async function attempt(): Promise<string | null> {
    try {
      await platform.start(desk);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function again(): Promise<void> {
    const problem = await attempt();
    if (stopped) return;
    if (problem === null) options.say(`${platform.platform}: connected`);
    else {
      if (problem !== said) options.say(problem);
      said = problem;
      later();
    }
  }

  function later(): void {
    if (stopped) return;
    timer = setTimeout(() => void again(), wait);
    wait = Math.min(wait * 2, longest);
  }

  const problem = await attempt();
  if (problem !== null) {
    said = problem;
    later();
  }
  return {
    problem,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
