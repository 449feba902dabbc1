/**
 * What the bot may do in a channel, computed from REST as Discord documents it (topics/permissions): the server's
 * permissions, then what the channel denies and allows to everybody, to the bot's roles and to the bot itself.
 */
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';

export interface Overwrite {
  readonly id: string;
  readonly allow: string;
  readonly deny: string;
}

/** `base`: as in GET /users/@me/guilds. `roles`: ids of the bot's roles. */
export function permissionsIn(
  base: string,
  overwrites: readonly Overwrite[],
  who: { readonly guild: string; readonly me: string; readonly roles: readonly string[] },
): Readonly<PermissionsBitField> {
  const server = BigInt(base);
  if ((server & PermissionFlagsBits.Administrator) !== 0n) return new PermissionsBitField(PermissionsBitField.All);
  const of = (ids: readonly string[]): readonly Overwrite[] => overwrites.filter((one) => ids.includes(one.id));
  const changed = [of([who.guild]), of(who.roles), of([who.me])].reduce((bits, layer) => {
    const denied = layer.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allowed = layer.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    return (bits & ~denied) | allowed;
  }, server);
  return new PermissionsBitField(changed);
}
