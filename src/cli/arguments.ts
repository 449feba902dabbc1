/**
 * Command-line arguments, parsed once: unknown flags and missing values are wrong usage (exit 2) with a hint.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';

export type Parsed<V> =
  | { readonly ok: true; readonly values: V; readonly positionals: readonly string[] }
  | { readonly ok: false; readonly message: string };

type Options = NonNullable<ParseArgsConfig['options']>;
type ValueOf<O extends Options[string]> = O['type'] extends 'boolean' ? boolean : string;
export type Values<O extends Options> = { readonly [K in keyof O]?: ValueOf<O[K]> };

/** Somebody asked how a command is called: no wrong usage. Printed by main.ts, which ends with 0. */
export class HelpAsked extends Error {
  override readonly name = 'HelpAsked';
  readonly usage: string;

  constructor(usage: string) {
    super(`Usage: ${usage}`);
    this.usage = usage;
  }
}

/** Throws HelpAsked when --help or -h stands among the arguments; after `--` all are taken as they are. */
export function helpOr(args: readonly string[], usage: string): void {
  const end = args.indexOf('--');
  const flags = end === -1 ? args : args.slice(0, end);
  if (flags.includes('--help') || flags.includes('-h')) throw new HelpAsked(usage);
}

export function parseArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  usage: string,
): Parsed<Values<O>> {
  helpOr(args, usage);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { ok: true, values, positionals };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message.split('.')[0] ?? 'wrong arguments'}. Usage: ${usage}` };
  }
}
