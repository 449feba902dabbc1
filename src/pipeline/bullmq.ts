/**
 * BullMQ, required and not imported: of CommonJS that is imported Node reads every file once more, only to learn its names, and
 * these 170 took 0.2 s of processor time at every start.
 */
import { createRequire } from 'node:module';
import type * as BullMq from 'bullmq';

export const bullmq = createRequire(import.meta.url)('bullmq') as typeof BullMq;
