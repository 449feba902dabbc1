import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { openQueues } from '../../src/pipeline/queues.ts';
import { queueContract } from '../contracts/queues.ts';
import { freshDatabase } from '../support/postgres.ts';
import { redisIsHere, startRedis, type TestRedis } from '../support/redis.ts';

queueContract('PostgreSQL', async () => {
  const database = await freshDatabase({ migrated: false });
  return {
    open: (log) => openQueues({ redisUrl: null, postgres: database.poolConfig }, log),
    async forgetEverything() {
      await database.pool.query('delete from bullmq.job');
    },
    end: () => database.close(),
  };
});

describe.skipIf(!redisIsHere())('with a Redis of our own', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.end());

  queueContract('Redis', () => {
    const prefix = `{${randomBytes(4).toString('hex')}}`;
    return Promise.resolve({
      open: (log) => openQueues({ redisUrl: redis.url, postgres: {}, prefix }, log),
      async forgetEverything() {
        // What FLUSHALL does, for this installation alone.
        await redis.client.del(await redis.client.keys(`${prefix}:*`));
      },
      end: () => Promise.resolve(),
    });
  });
});
