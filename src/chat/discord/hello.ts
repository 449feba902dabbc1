/**
 * One hello a server, in the channel for such things or the first in which the bot may speak. Where it may speak nowhere yet,
 * the hello waits until somebody lets it: a role, a channel or its own roles change.
 */
import { ChannelType, Events, PermissionFlagsBits } from 'discord.js';
import type { Client, Guild, GuildTextBasedChannel } from 'discord.js';
import { helloCard } from '../notices.ts';
import type { Desk } from '../platform.ts';
import { renderAnswer } from './render.ts';

export interface Hellos {
  /** Newly added to it. Rejects when the hello did not get through; it is then said later. */
  greet(guild: Guild): Promise<void>;
  /** It was there already when we came. Without a ledger of servers nobody can tell whether a hello was said: none is. */
  meet(guild: Guild): Promise<void>;
  /** Removed from it: added again, it is greeted again where no ledger knows better. */
  forget(guild: string): void;
}

export function hellos(client: Client, desk: Desk, failed: (guild: string, error: unknown) => void): Hellos {
  /** Servers in which nothing is to be said any more, where no ledger knows it. */
  const known = new Set<string>();
  /** Those in which we may not speak yet. */
  const waiting = new Set<string>();

  async function greet(guild: Guild): Promise<void> {
    const channel = helloChannel(guild);
    // Before anything is awaited: leave to speak may be given meanwhile.
    if (channel === undefined) waiting.add(guild.id);
    else waiting.delete(guild.id);
    const { first } =
      desk.joined === undefined
        ? { first: !known.has(guild.id) }
        : await desk.joined('discord', guild.id, guild.name, channel !== undefined);
    if (channel === undefined) return;
    known.add(guild.id);
    if (!first) return;
    try {
      await channel.send(renderAnswer(helloCard(desk.topics())));
    } catch (error) {
      known.delete(guild.id);
      waiting.add(guild.id);
      await desk.notGreeted?.('discord', guild.id);
      throw error;
    }
  }

  function perhaps(guild: Guild): void {
    if (!waiting.has(guild.id) || helloChannel(guild) === undefined) return;
    greet(guild).catch((error: unknown) => failed(guild.id, error));
  }
  client.on(Events.GuildRoleUpdate, (_old, role) => perhaps(role.guild));
  client.on(Events.GuildMemberUpdate, (_old, member) => perhaps(member.guild));
  client.on(Events.ChannelCreate, (channel) => perhaps(channel.guild));
  client.on(Events.ChannelUpdate, (_old, channel) => {
    if (!channel.isDMBased()) perhaps(channel.guild);
  });

  return {
    greet,
    meet: async (guild) => {
      if (desk.joined === undefined) known.add(guild.id);
      else await greet(guild);
    },
    forget: (guild) => {
      known.delete(guild);
      waiting.delete(guild);
    },
  };
}

function helloChannel(guild: Guild): GuildTextBasedChannel | undefined {
  const self = guild.members.me;
  const maySpeak = (channel: GuildTextBasedChannel | null | undefined): boolean =>
    self !== null &&
    channel
      ?.permissionsFor(self)
      .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages, PermissionFlagsBits.EmbedLinks]) ===
      true;
  if (maySpeak(guild.systemChannel)) return guild.systemChannel ?? undefined;
  return guild.channels.cache
    .filter((channel) => channel.type === ChannelType.GuildText)
    .sort((a, b) => a.rawPosition - b.rawPosition)
    .find(maySpeak);
}
