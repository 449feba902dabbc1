/**
 * What Slack makes of typed words, taken back: a command's text arrives with links, channels and groups in brackets.
 *
 *   'check <https://example.com/a|example.com/a>'   ->  'check https://example.com/a'
 *   'subscribe mention <!subteam^S0123|@desk>'      ->  'subscribe mention S0123'
 *   'moderators <#C0123|mods>'                      ->  'moderators C0123'
 *
 * (docs.slack.dev, formatting message text; commands with should_escape)
 */

export function typedText(text: string): string {
  return text
    .replace(/<([^<>]{1,4000})>/gu, (whole, inside: string) => meant(inside) ?? whole)
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&amp;/gu, '&');
}

function meant(inside: string): string | null {
  const [head = ''] = inside.split('|');
  if (/^https?:\/\//iu.test(head)) return head;
  if (/^mailto:/iu.test(head)) return head.slice(7);
  const group = /^!subteam\^(S[A-Z0-9]+)$/u.exec(head);
  if (group !== null) return group[1] ?? '';
  if (/^[#@][A-Z0-9]+$/u.test(head)) return head.slice(1);
  // <!here>, <!channel>: shown as typed, so that the refusal names what was asked for.
  return /^![a-z]+$/u.test(head) ? `@${head.slice(1)}` : null;
}

/** Every link in a message: its text and what hangs below it. */
export function linksOf(message: unknown): string {
  const found: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (depth > 8) return;
    if (Array.isArray(value)) for (const one of value) walk(one, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        if (typeof one !== 'string') walk(one, depth + 1);
        else if (['url', 'from_url', 'title_link', 'original_url'].includes(name)) found.push(one);
        else if (name === 'text') found.push(...(typedText(one).match(/https?:\/\/[^\s<>|]{4,2000}/giu) ?? []));
      }
    }
  };
  const raw = typeof message === 'object' && message !== null ? message : {};
  walk(raw, 0);
  const links = [...new Set(found.filter((link) => /^https?:\/\//iu.test(link)))];
  const text = 'text' in raw && typeof raw.text === 'string' ? typedText(raw.text) : '';
  return (links.length > 0 ? links.join(' ') : text).slice(0, 4000);
}
