/**
 * The command table as README's reference, in Markdown: `claimwire help chat`.
 */
import { usageRows } from './commands.ts';
import type { Desk } from './platform.ts';

export function chatReference(desk: Desk): string {
  const discord = usageRows(desk, 'discord');
  const slack = usageRows(desk, 'slack');
  const rows = discord.map((row) => {
    const both = slack.some((one) => one.usage === row.usage);
    return `| \`${row.usage.replace(/\|/gu, '\\|')}\` | ${row.description}${both ? '' : ' (Discord)'} | ${row.needsManage ? 'managers' : 'everybody'} |`;
  });
  return ['| command | does | for |', '|---|---|---|', ...rows].join('\n');
}
