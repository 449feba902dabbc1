/**
 * A secret that changes while we run, such as a token that expires: kept for all processes of this ledger, sealed with a
 * key that is not in the database (AES-256-GCM, the key derived from another secret by HKDF), changed by one at a time.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { holdAlone } from './presence.ts';
import { one, type Db } from './sql.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface KeptSecret {
  /** Null when there is none, or when it was sealed with another key. */
  read(): Promise<string | null>;
  /**
   * Runs `work` while no other process does; undefined when one is at it. `save` returns false, and keeps nothing, when
   * what is kept has changed since: a process that slept through the end of its lock changes nothing.
   */
  alone<T>(work: (kept: string | null, save: (next: string) => Promise<boolean>) => Promise<T>): Promise<T | undefined>;
}

/** `name`: its row in meta. `sealedWith`: whoever has it can read. */
export function keptSecret(pool: Pool, name: string, sealedWith: string): KeptSecret {
  const key = Buffer.from(hkdfSync('sha256', sealedWith, 'claimwire', name, 32));

  function seal(value: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }
  function open(sealed: string | null): string | null {
    if (sealed === null) return null;
    try {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
  const sealed = async (db: Db): Promise<string | null> =>
    (await one<{ value: string }>(db, `select value #>> '{}' as value from meta where key = $1`, [name]))?.value ??
    null;

  return {
    read: async () => open(await sealed(pool)),
    async alone(work) {
      const held = await holdAlone(pool, name, 0);
      if (held === null) return undefined;
      try {
        const before = await sealed(pool);
        return await work(open(before), async (next) => {
          const kept = await pool.query(
            `insert into meta (key, value) values ($1, to_jsonb($2::text)) on conflict (key) do update
               set value = excluded.value, changed_at = now() where meta.value #>> '{}' is not distinct from $3`,
            [name, seal(next), before],
          );
          return kept.rowCount === 1;
        });
      } finally {
        await held.release();
      }
    },
  };
}
