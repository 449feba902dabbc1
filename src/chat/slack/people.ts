/**
 * What Slack says about a person and a channel: who may manage it, whether we are in it, the person's time zone. Slack is asked
 * each time: nothing that comes with a button or form is believed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Group } from '../forms.ts';
import { networkCode } from './outcome.ts';

const User = z.object({
  user: z.object({
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    tz: z.string().optional(),
  }),
});
const Channel = z.object({
  channel: z.object({
    creator: z.string().optional(),
    is_member: z.boolean().optional(),
    is_private: z.boolean().default(false),
  }),
});
const Members = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});

const Groups = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: z.string() })) });

/** Pages of 200 members asked for at most. */
const MEMBER_PAGES = 5;

export interface Standing {
  /** Admin or owner of the workspace, or the one who made the channel; anybody when so configured. */
  readonly mayManage: boolean;
  /** false: an alert could not be posted. null: Slack did not say. */
  readonly weAreIn: boolean | null;
  readonly zone: string | undefined;
}

export interface PeopleOptions {
  readonly client: webApi.WebClient;
  readonly anyoneMayManage: boolean;
  readonly warn: (message: string) => void;
}

export interface People {
  /** `channel` '' (the Home tab): by the person alone. */
  standing(channel: string, user: string): Promise<Standing>;
  /** Whether this person may know of the channel: it is public, or they are in it. */
  sees(channel: string, user: string): Promise<boolean>;
  /** The user groups that can be mentioned; none when Slack does not say within `waitMs` (the scope usergroups:read). Never throws. */
  groups(waitMs: number): Promise<readonly Group[]>;
}

export function slackPeople(options: PeopleOptions): People {
  const { client, warn } = options;
  return {
    standing: async (channel, user) => {
      const [person, place] = await Promise.allSettled([
        client.users.info({ user }).then((said) => User.parse(said).user),
        channel === ''
          ? Promise.resolve(null)
          : client.conversations.info({ channel }).then((said) => Channel.parse(said).channel),
      ]);
      for (const one of [person, place]) {
        if (one.status === 'rejected') warn(`Slack did not say who may manage ${channel}: ${networkCode(one.reason)}`);
      }
      const gone = place.status === 'rejected' && networkCode(place.reason) === 'channel_not_found';
      const found = place.status === 'fulfilled' ? place.value : null;
      return {
        mayManage:
          options.anyoneMayManage ||
          (person.status === 'fulfilled' && (person.value.is_admin || person.value.is_owner)) ||
          (found !== null && found.creator === user),
        // A private channel that we are not in does not exist for us.
        weAreIn: gone ? false : (found?.is_member ?? null),
        zone: person.status === 'fulfilled' ? person.value.tz : undefined,
      };
    },
    groups: async (waitMs) => {
      const late = pause(waitMs, null, { ref: false });
      try {
        const said = await Promise.race([client.usergroups.list(), late]);
        if (said === null) return [];
        const { usergroups } = Groups.parse(said);
        return usergroups.map((one) => ({ label: `@${one.handle}`, value: one.id }));
      } catch (error) {
        warn(`Slack did not list the user groups: ${networkCode(error)}`);
        return [];
      }
    },
    sees: async (channel, user) => {
      try {
        const { is_private: hidden } = Channel.parse(await client.conversations.info({ channel })).channel;
        if (!hidden) return true;
        let cursor = '';
        for (let page = 0; page < MEMBER_PAGES; page += 1) {
          const said = Members.parse(
            await client.conversations.members({ channel, limit: 200, ...(cursor === '' ? {} : { cursor }) }),
          );
          if (said.members.includes(user)) return true;
          cursor = said.response_metadata?.next_cursor ?? '';
          if (cursor === '') return false;
        }
        return false;
      } catch {
        return false;
      }
    },
  };
}
