/**
 * A board on a free port, asked over a real socket. `node:http` rather than `fetch`, which does not let one choose a Host.
 */
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { BoardOptions } from '../../src/web/board.ts';
import { startBoard } from '../../src/web/board.ts';
import { storyReader } from './story.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function board(options: Partial<BoardOptions> = {}) {
  const failures: unknown[] = [];
  const started = await startBoard({
    reader: storyReader(),
    port: 0,
    demo: false,
    onError: (error) => failures.push(error),
    ...options,
  });
  onTestFinished(() => started.close());
  return {
    url: started.url,
    failures,
    ask: (path: string, question?: Question) => ask(`${started.url}${path}`, question),
  };
}

export function ask(url: string, { method = 'GET', headers = {} }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
