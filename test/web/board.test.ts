import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { wellFormed } from './wellFormed.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBoard } from '../../src/web/board.ts';
import { newsTime } from '../../src/core/time.ts';
import { ask, board } from './ask.ts';
import { origin } from '../chat/examples.ts';
import { CHANGES, claim, HEALTH, storyReader, topic, WHY } from './story.ts';

const EVIL = '</a><script>alert(1)</script><img src=x onerror=alert(1)>"\'`&lt;b&gt;\u202Egnp.exe\u0000';

describe('the board', () => {
  test('shows every claim by topic, settled ones first, with status in words, origins and publishers', async () => {
    const { ask } = await board();
    const { status, text, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const words = text.replaceAll(/<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('3 independent origins : Financial Times, The Information and DeepSeek · 56 publishers');
    expect(words).toContain('Not so far');
    expect(words).toContain('Nvidia says that none were delivered so far. · against: Nvidia');
    expect(words).toContain('recorded in the configuration');
    expect(words).toContain('checked 4 min ago · 31 of 33 feeds answer');
    const order = [
      'runs on Huawei',
      'no early access',
      'rewrote parts',
      'two further V4',
      'makes pictures',
      'trained entirely',
      'end of February',
    ];
    const section = words.slice(words.indexOf('checked 4 min ago'));
    expect(order.map((part) => section.indexOf(part))).toEqual(
      order.map((part) => section.indexOf(part)).sort((a, b) => a - b),
    );
    expect(text).toContain('href="/claims/v4-on-huawei"');
  });

  test('says DEMO on every page, in titles and in feeds, and only in the demo', async () => {
    const demo = await board({ demo: true });
    const real = await board();
    expect((await demo.ask('/')).text).toMatch(/on <time[^>]*>28 Apr 2026<\/time> in the story/);
    for (const path of ['/', '/claims/v4-on-huawei', '/claims/nobody', '/claims.atom', '/claims.json']) {
      expect((await demo.ask(path)).text, path).toContain('DEMO');
      expect((await real.ask(path)).text, path).not.toContain('DEMO');
    }
  });

  test('is there when only the health report is not, and when nothing is known at all', async () => {
    const broken = storyReader({ health: () => Promise.reject(new Error('queue away')) });
    expect((await (await board({ reader: broken })).ask('/')).text).toContain(
      'DeepSeek V4 runs on Huawei Ascend chips',
    );
    const empty = storyReader({
      statusViews: () => Promise.resolve([topic('deepseek', 'DeepSeek', [])]),
      changes: () => Promise.resolve([]),
    });
    expect((await (await board({ reader: empty })).ask('/')).text).toContain('No claim is tracked here yet.');
    const none = storyReader({ statusViews: () => Promise.resolve([]), changes: () => Promise.resolve([]) });
    expect((await (await board({ reader: none })).ask('/')).status).toBe(200);
  });
});

describe('the page of a claim', () => {
  test('tells who knew, who only relays, what is not counted and what would change it', async () => {
    const { ask } = await board();
    const words = (await ask('/claims/v4-on-huawei')).text
      .replaceAll(/<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    for (const part of [
      'Confirmed',
      'DeepSeek, on its own page.',
      'Reuters citing The Information : one origin',
      'Reuters, Yahoo, Gizmochina and 6 others only relay it',
      '“the model will run on chips made by Huawei”',
      'More articles would not',
      'deadline 15 May',
      'Not counted: 9 articles',
      'relays The Information, already counted',
      'was corroborated',
    ])
      expect(words).toContain(part);
  });

  test('puts no quotation marks around a paraphrase', async () => {
    const { text } = await (await board()).ask('/claims/v4-on-huawei');
    expect(text).toMatch(/paraphrase, not a quotation/);
    expect(text).not.toContain('“Ascend is among');
  });

  test('shows how an origin did on the claims it was first on, and gives all of them to machines', async () => {
    const { ask } = await board();
    expect((await ask('/claims/v4-on-huawei')).text).toContain('Track record: first on 4 claims: 2 confirmed');
    const { status, text } = await ask('/api/origins');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      origins: [
        {
          source: 'the-information',
          name: 'The Information',
          first: 4,
          confirmed: 2,
          refuted: 1,
          expired: 0,
          open: 1,
          followed: 3,
          medianLeadDays: 6,
          words: 'first on 4 claims: 2 confirmed, 1 refuted, 1 open; 6 days ahead on median',
        },
      ],
    });
  });

  test('shows an earlier day, to its end, and says so', async () => {
    const asked: (number | undefined)[] = [];
    const reader = storyReader({
      why: (_id, asOf) => {
        asked.push(asOf);
        return Promise.resolve({ ...WHY, asOf: asOf ?? WHY.asOf });
      },
    });
    const { ask } = await board({ reader });
    const { text } = await ask('/claims/v4-on-huawei?as-of=2026-04-20');
    expect(asked).toEqual([newsTime('2026-04-21')]);
    expect(text).toContain('As it was known on');
    expect(text).toContain('20 Apr 2026');
    expect(text).toContain('value="2026-04-20"');
    await ask('/claims/v4-on-huawei?as-of=2026-04-20T18:00Z');
    expect(asked[1]).toBe(newsTime('2026-04-20T18:00:00Z'));
  });

  test.each(['x', '2026-13-45', '2026-04-20T18:00', '1e12', '<script>', '9'.repeat(500)])(
    'answers 400 for as-of=%s and asks nobody',
    async (asOf) => {
      const { ask, failures } = await board({ reader: storyReader({ why: () => Promise.reject(new Error('asked')) }) });
      const path = `/claims/v4-on-huawei?as-of=${encodeURIComponent(asOf)}`;
      expect((await ask(path)).status).toBe(400);
      expect((await ask(`/api${path}`)).status).toBe(400);
      expect(failures).toEqual([]);
    },
  );

  test.each(['nobody', '..%2f..%2fetc%2fpasswd', "x'%3B%20drop%20table", '%00', '__proto__', 'A'.repeat(300)])(
    'answers 404 for %s without a trace of it in the page',
    async (id) => {
      const { ask } = await board();
      const answer = await ask(`/claims/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain(id);
      expect((await ask(`/api/claims/${id}`)).status).toBe(404);
    },
  );
});

describe('what a stranger may try', () => {
  test.each(['http://127.0.0.1:9000/x', 'http://2130706433/x', 'http://[::1]/x', 'https://router.localhost/x'])(
    'a link onto the reader’s own machine is no link: %s',
    async (url) => {
      const away = claim('away', 'Away', 'reported', { supporting: [origin('Reuters', '2026-04-01', { url })] });
      const { ask } = await board({
        reader: storyReader({
          statusViews: () => Promise.resolve([topic('t', 'T', [away])]),
          why: () => Promise.resolve({ ...WHY, claim: away, evidence: WHY.evidence.map((item) => ({ ...item, url })) }),
        }),
      });
      for (const path of ['/', '/claims/away']) {
        const { text } = await ask(path);
        expect(text, path).toContain('Reuters');
        expect(text, path).not.toMatch(/href="https?:\/\/(?:127|\[|router)/);
      }
    },
  );

  test('text from outside stays text, in pages, in Atom and in attributes', async () => {
    const evil = claim('evil', EVIL, 'reported', {
      because: EVIL,
      supporting: [
        origin(EVIL, '2026-04-01', {
          url: 'javascript:alert(1)',
          chain: [EVIL, EVIL],
          relayedBy: [EVIL],
          quote: { text: EVIL, url: 'https://me@evil.example/', publisher: EVIL, paraphrase: false },
        }),
      ],
      freshest: {
        title: EVIL,
        url: 'data:text/html,<script>1</script>',
        publisher: EVIL,
        published: newsTime('2026-04-01'),
      },
      wouldChange: [EVIL],
    });
    const why = {
      ...WHY,
      claim: evil,
      resolution: EVIL,
      evidence: WHY.evidence.map((item) => ({
        ...item,
        title: EVIL,
        url: 'javascript:alert(1)',
        note: EVIL,
        publisher: EVIL,
      })),
    };
    const changes = CHANGES.map((item) => ({ ...item, statement: EVIL, because: EVIL, topicTitle: EVIL }));
    const reader = storyReader({
      statusViews: () => Promise.resolve([topic('t', EVIL, [evil])]),
      why: () => Promise.resolve(why),
      changes: () => Promise.resolve(changes),
      health: () => Promise.resolve({ ...HEALTH, parts: [{ name: 'database', state: 'down', note: EVIL }] }),
    });
    const { ask } = await board({ reader });
    for (const path of ['/', '/claims/evil', '/claims.atom']) {
      const { text } = await ask(path);
      expect(text, path).not.toMatch(/<script>|<img|javascript:|data:text|me@evil|\u202E|\0/);
      expect(text, path).toContain('&lt;script&gt;');
    }
    expect(wellFormed((await ask('/claims.atom')).text)).toBe('well-formed');
    expect((JSON.parse((await ask('/api/claims/evil')).text) as { claim: { statement: string } }).claim.statement).toBe(
      EVIL,
    );
  });

  test('a look-alike host is shown in the letters that unmask it', async () => {
    const faked = {
      ...WHY,
      claim: { ...WHY.claim, supporting: [origin('Reuters', '2026-04-01', { url: 'https://rеuters.com/x' })] },
    };
    const { ask } = await board({ reader: storyReader({ why: () => Promise.resolve(faked) }) });
    expect((await ask('/claims/v4-on-huawei')).text).toContain('xn--ruters-');
  });

  test('another name that points here (DNS rebinding) is refused before anything is read', async () => {
    const { ask, url } = await board({
      reader: storyReader({ statusViews: () => Promise.reject(new Error('read')) }),
      allowedHosts: ['board.example.org'],
    });
    const { port } = new URL(url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '10.0.0.9',
      'x'.repeat(300),
    ])
      expect((await ask('/api/claims', { headers: { Host: host } })).status, host).toBe(421);
    for (const host of ['localhost', `LOCALHOST:${port}`, '127.0.0.1', `[::1]:${port}`, 'board.example.org'])
      expect((await ask('/healthz', { headers: { Host: host } })).status, host).toBe(200);
  });

  test('bound to every address it answers to numbers, still not to strange names', async () => {
    const { ask } = await board({ host: '0.0.0.0' });
    expect((await ask('/healthz', { headers: { Host: '192.168.1.7:8787' } })).status).toBe(200);
    expect((await ask('/healthz', { headers: { Host: 'evil.example' } })).status).toBe(421);
  });

  test('nothing but GET and HEAD does anything', async () => {
    const { ask } = await board();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await ask('/', { method });
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD']);
    }
    const head = await ask('/', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('every answer, errors too, forbids inline script, framing and sniffing', async () => {
    const failing = storyReader({ statusViews: () => Promise.reject(new Error('x')) });
    const { ask } = await board({ reader: failing });
    for (const path of [
      '/',
      '/claims/v4-on-huawei',
      '/nothing',
      '/claims.json',
      '/healthz',
      '/icon.svg',
      `/${'x'.repeat(3000)}`,
    ]) {
      const { headers } = await ask(path);
      expect(headers['content-security-policy'], path).toContain("default-src 'self'");
      expect(headers['content-security-policy'], path).not.toContain('unsafe');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['x-frame-options'], path).toBe('DENY');
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });

  test('a failure says nothing of its inside, and the log gets all of it', async () => {
    const cause = new Error('connect ECONNREFUSED postgres://me:secret@10.0.0.1/db');
    const reader = storyReader({ statusViews: () => Promise.reject(cause), why: () => Promise.reject(cause) });
    const { ask, failures } = await board({ reader });
    for (const path of ['/', '/api/claims', '/claims/v4-on-huawei', '/metrics']) {
      const { status, text } = await ask(path);
      expect([path, status]).toEqual([path, 500]);
      expect(text).not.toMatch(/ECONN|postgres|secret|at .*\.ts/);
    }
    expect(failures).toContain(cause);
  });

  test('a database that does not answer gives 503 in time, and the process counts as alive all the same', async () => {
    const never = new Promise<never>(() => {});
    const reader = storyReader({ statusViews: () => never, health: () => never });
    const { ask } = await board({ reader, patienceMs: 50 });
    expect((await ask('/')).status).toBe(503);
    expect((await ask('/readyz')).status).toBe(503);
    expect((await ask('/healthz')).text).toBe('ok\n');
  });
});

describe('for machines', () => {
  test('the API gives the same facts with ISO times', async () => {
    const { ask } = await board();
    const list = JSON.parse((await ask('/api/claims')).text) as {
      topics: { claims: { id: string; status: string; since: string }[] }[];
    };
    expect(list.topics[0]?.claims.find((item) => item.id === 'v4-on-huawei')).toMatchObject({
      status: 'confirmed',
      since: '2026-04-24T11:10:00.000Z',
      deadline: '2026-05-16T00:00:00.000Z',
      supporting: [
        { name: 'Financial Times', first: '2026-02-28T08:00:00.000Z' },
        { name: 'The Information' },
        { name: 'DeepSeek' },
      ],
    });
    const one = JSON.parse((await ask('/api/claims/v4-on-huawei')).text) as { transitions: unknown[]; asOf: string };
    expect(one.transitions).toHaveLength(3);
    expect(one.asOf).toBe('2026-04-28T09:30:00.000Z');
  });

  test('Atom and JSON Feed carry each change once, under an id that never changes', async () => {
    const { ask, url } = await board();
    const atom = (await ask('/claims.atom')).text;
    expect(wellFormed(atom)).toBe('well-formed');
    expect([...atom.matchAll(/<id>(urn:[^<]+)<\/id>/g)].map((match) => match[1])).toEqual(
      CHANGES.map((item) => `urn:claimwire:change:${item.id}`),
    );
    expect(atom).toContain(`<link rel="alternate" type="text/html" href="${url}/claims/v4-on-huawei"/>`);
    expect(atom).toContain('<title>Confirmed: DeepSeek V4 runs on Huawei Ascend chips</title>');
    const feed = JSON.parse((await ask('/claims.json')).text) as { items: { id: string; date_published: string }[] };
    expect(feed.items.map((item) => item.id)).toEqual(CHANGES.map((item) => `urn:claimwire:change:${item.id}`));
    expect(feed.items[0]?.date_published).toBe('2026-04-24T11:10:00.000Z');
  });

  test('an unchanged page is not sent twice', async () => {
    const { ask } = await board();
    const first = await ask('/');
    const again = await ask('/', { headers: { 'If-None-Match': String(first.headers.etag) } });
    expect([again.status, again.text]).toEqual([304, '']);
    const style = /href="(\/board-[0-9a-f]{12}\.css)"/.exec(first.text)?.[1] ?? '';
    expect((await ask(style)).headers['cache-control']).toContain('immutable');
  });

  test('however many ask at once, the ledger is asked once', async () => {
    let reads = 0;
    const story = storyReader();
    const reader = storyReader({
      statusViews: () => {
        reads += 1;
        return story.statusViews();
      },
    });
    const { ask } = await board({ reader });
    await Promise.all(Array.from({ length: 40 }, () => ask('/')));
    expect(reads).toBe(1);
  });

  test('metrics count claims, feeds, jobs and waiting alerts in the Prometheus format', async () => {
    const { ask } = await board();
    const { text, headers } = await ask('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of [
      'claimwire_claims{topic="deepseek",status="confirmed"} 1',
      'claimwire_feeds{state="failing"} 1',
      'claimwire_queue_jobs{state="waiting"} 2',
      'claimwire_outbox_alerts{state="pending"} 3',
      'claimwire_outbox_oldest_seconds 5',
      'claimwire_alerts_sent_total 11',
      'claimwire_part_up{part="queue"} 1',
      '# TYPE claimwire_claims gauge',
    ])
      expect(text.split('\n')).toContain(line);
    expect(
      text
        .split('\n')
        .every((line) => line === '' || /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{[^}]*\})? [\d.e+-]+)$/.test(line)),
    ).toBe(true);
  });

  test('readyz names the parts and answers 503 until all work', async () => {
    const down = {
      ...HEALTH,
      ready: false,
      parts: [{ name: 'queue', state: 'down' as const, note: 'does not answer' }],
    };
    const { ask } = await board({ reader: storyReader({ health: () => Promise.resolve(down) }) });
    const answer = await ask('/readyz');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { ready: false, parts: down.parts }]);
    expect((await (await board()).ask('/readyz')).status).toBe(200);
  });
});

test('a busy port gives one clear sentence with the port and the variable to set', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as AddressInfo;
  const start = startBoard({ reader: storyReader(), port, demo: false });
  await expect(start).rejects.toThrow(
    `port ${port} is in use, so the board cannot start: stop what uses it, or set CLAIMWIRE_WEB_PORT to another port`,
  );
});

test('closing ends it at once, with a reader still connected', async () => {
  const started = await startBoard({
    reader: storyReader({ statusViews: () => new Promise(() => {}) }),
    port: 0,
    demo: false,
  });
  const waiting = ask(`${started.url}/`).catch(() => 'ended');
  await ask(`${started.url}/healthz`);
  await started.close();
  expect(await waiting).toBe('ended');
});
