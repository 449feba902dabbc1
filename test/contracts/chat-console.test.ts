import { EventEmitter } from 'node:events';
import { consolePlatform, memoryMarks } from '../../src/chat/console/platform.ts';
import type { ConsoleOut } from '../../src/chat/console/platform.ts';
import { chatPlatformContract } from './chat-platform.ts';

class Terminal extends EventEmitter implements ConsoleOut {
  readonly written: string[] = [];
  write(text: string): void {
    this.written.push(text);
  }
}

chatPlatformContract('The console', async () => {
  const out = new Terminal();
  const platform = consolePlatform({ out, env: {}, style: 'card', marks: memoryMarks() });
  return {
    platform,
    channel: 'terminal',
    start: (desk) => platform.start(desk),
    seen: async () => out.written,
    mentioned: async () => [],
    mentionMarkup: null,
    close: () => platform.close(),
  };
});
