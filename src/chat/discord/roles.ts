/**
 * The alert role: a role of no power that people give themselves by a button, so that a subscription can mention those who
 * want it and nobody else.
 *
 *   /claimwire alert-role  ->  makes the role once, posts "Alert me"      [Alert me]  ->  the role is taken or given back
 *
 * Only a role of our name and without any permission is ever given: a role of that name that somebody gave power to is not.
 */
import { PermissionFlagsBits } from 'discord.js';
import type { ButtonInteraction, Guild, Role } from 'discord.js';
import type { Card } from '../card.ts';
import { problemCard } from '../notices.ts';
import { bold, code, plain } from '../words.ts';
import { networkCode } from '../network.ts';

export const ALERT_ROLE = 'claimwire alerts';

const NEEDS_MANAGE_ROLES = problemCard('I may not manage roles in this server', [
  [
    plain('The alert role is the only thing that needs it: give my role '),
    bold('Manage Roles'),
    plain(', then try again.'),
  ],
]);

/** The role as it may be given: ours by name, powerless, below our own. */
function alertRole(guild: Guild): Role | undefined {
  return guild.roles.cache.find(
    (role) => role.name === ALERT_ROLE && !role.managed && role.permissions.bitfield === 0n && role.editable,
  );
}

/** Makes the role when there is none. Never throws. */
export async function offerAlertRole(guild: Guild | null): Promise<Card> {
  if (guild?.members.me?.permissions.has(PermissionFlagsBits.ManageRoles) !== true) return NEEDS_MANAGE_ROLES;
  try {
    const role =
      alertRole(guild) ??
      (await guild.roles.create({
        name: ALERT_ROLE,
        permissions: [],
        mentionable: true,
        reason: 'claimwire alert role',
      }));
    return {
      tone: 'info',
      title: 'Want to be mentioned? Press the button; press it again to stop',
      sections: [
        {
          weight: 'keep',
          lines: [
            [plain('It gives you the role '), bold(role.name), plain(', which has no permissions.')],
            [plain('Managers: '), code('/<topic> subscribe mention:@claimwire alerts'), plain(' mentions it.')],
          ],
        },
      ],
      footer: [],
      actions: [{ action: 'role', topic: '', claim: '' }],
    };
  } catch (error) {
    return problemCard('Discord did not make the role', [[plain(networkCode(error))]]);
  }
}

/** Gives the role to the one who pressed, or takes it back. Acknowledged before by the caller. Never throws. */
export async function toggleAlertRole(interaction: ButtonInteraction): Promise<Card> {
  const { guild } = interaction;
  const role = guild === null ? undefined : alertRole(guild);
  if (guild === null || role === undefined) {
    return problemCard('The alert role is gone from this server', [
      [plain('Somebody who manages this server can make it again: '), code('/claimwire alert-role')],
    ]);
  }
  if (guild.members.me?.permissions.has(PermissionFlagsBits.ManageRoles) !== true) return NEEDS_MANAGE_ROLES;
  const roles = interaction.member?.roles;
  const has = Array.isArray(roles) ? roles.includes(role.id) : (roles?.cache.has(role.id) ?? false);
  try {
    const member = { user: interaction.user.id, role: role.id, reason: 'asked by the member' };
    await (has ? guild.members.removeRole(member) : guild.members.addRole(member));
    return {
      tone: 'info',
      title: has ? 'You will no longer be mentioned' : 'You will be mentioned when it matters',
      sections: [{ weight: 'keep', lines: [[plain(has ? 'Press again to be mentioned.' : 'Press again to stop.')]] }],
      footer: [],
    };
  } catch (error) {
    return problemCard('Discord did not change your roles', [[plain(networkCode(error))]]);
  }
}
