import { describe, expect, it, vi } from 'vitest';
import { HelpAsked } from '../../src/cli/arguments.ts';
import { COMMANDS, unknownCommand, usage } from '../../src/cli/commands.ts';
import type { Io } from '../../src/cli/io.ts';

const io: Io = { out: vi.fn(), err: vi.fn(), env: {}, stdin: process.stdin, stop: new AbortController().signal };

describe('how a command is called', () => {
  it.each(Object.keys(COMMANDS))('%s --help says it, whatever else was typed, and does nothing', async (name) => {
    const command = await COMMANDS[name]?.load();
    for (const args of [['--help'], ['-h'], ['something', '--wrong', '--help']]) {
      const asked: unknown = await command?.(args, io).catch((error: unknown) => error);
      expect(asked).toBeInstanceOf(HelpAsked);
      expect((asked as HelpAsked).usage).toMatch(new RegExp(`^claimwire ${name} `, 'u'));
    }
    expect(io.out).not.toHaveBeenCalled();
    expect(io.err).not.toHaveBeenCalled();
  });

  it('a mistyped one is answered with the one that was meant, another with all there are', () => {
    expect(unknownCommand('rnu')).toBe('claimwire has no command "rnu"; did you mean "run"?');
    expect(unknownCommand('cook')).toContain(`claimwire has no command "cook".\n\n${usage()}`);
  });

  it('the overview names every command, and where those of chat are', () => {
    for (const name of [...Object.keys(COMMANDS), 'help chat']) expect(usage()).toContain(name);
  });
});
