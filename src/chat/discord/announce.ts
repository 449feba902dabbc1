/**
 * Publishing in announcement channels: what is posted there reaches the servers that follow the channel only once it is
 * published (docs.discord.com, crosspost message). Best effort: the alert itself has been posted already.
 *
 *   const publish = announcer(rest, warn);
 *   await publish(channel, messageId)      asks once what kind of channel it is
 */
import { ChannelType, Routes } from 'discord.js';
import type { REST } from 'discord.js';
import { z } from 'zod';
import { HOUR } from '../../core/time.ts';
import { networkCode } from '../network.ts';

/** As a plain number: what an answer holds is any. */
const ANNOUNCEMENT: number = ChannelType.GuildAnnouncement;
const Kind = z.object({ type: z.number() });
/** A channel can be made an announcement channel at any time; asking once an hour is enough to notice. */
const REMEMBERED_MS = HOUR;

export type Announcer = (channel: string, message: string) => Promise<void>;

/** Never rejects. Discord publishes ten messages an hour and channel; the others stay in the channel alone. */
export function announcer(rest: REST, warn: (message: string) => void, now: () => number = Date.now): Announcer {
  const known = new Map<string, { readonly announces: boolean; readonly at: number }>();

  async function announces(channel: string): Promise<boolean> {
    const remembered = known.get(channel);
    if (remembered !== undefined && remembered.at > now() - REMEMBERED_MS) return remembered.announces;
    const { type } = Kind.parse(await rest.get(Routes.channel(channel)));
    const found = type === ANNOUNCEMENT;
    known.set(channel, { announces: found, at: now() });
    return found;
  }

  return async (channel, message) => {
    try {
      if (await announces(channel)) await rest.post(Routes.channelMessageCrosspost(channel, message));
    } catch (error) {
      warn(`an alert was posted in ${channel} but not published to the servers that follow it: ${networkCode(error)}`);
    }
  };
}
