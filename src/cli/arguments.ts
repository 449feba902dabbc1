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

export function parseArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  usage: string,
): Parsed<Values<O>> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { ok: true, values, positionals };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message.split('.')[0] ?? 'wrong arguments'}. Usage: ${usage}` };
  }
}
