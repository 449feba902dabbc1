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

  queueContract('Redis', async () => {
    await redis.client.flushall();
    return {
      open: (log) => openQueues({ redisUrl: redis.url, postgres: {} }, log),
      async forgetEverything() {
        await redis.client.flushall();
      },
      end: () => Promise.resolve(),
    };
  });
});
