/**
 * JSON Schemas of the four kinds of files, for editors: completion, hints and typing errors while one writes.
 *
 *   # yaml-language-server: $schema=schema/feeds.json
 *
 * They describe what one file may hold: an entry needs its id alone, since a user's file may change one key of a shipped one.
 */
import { z } from 'zod';
import { FILE_SCHEMAS } from './schema.ts';

const TITLES = {
  claimwire: 'claimwire.yaml: how claimwire polls, judges and delivers',
  feeds: 'feeds.yaml: what claimwire polls',
  sources: 'sources.yaml: who speaks, and who owns whom',
  topic: 'topics/*.yaml: the claims of one topic',
} as const;

/** File name in config/schema/ -> its text. */
export function jsonSchemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    (Object.keys(TITLES) as (keyof typeof TITLES)[]).map((kind) => {
      const schema = z.toJSONSchema(FILE_SCHEMAS[kind], { io: 'input', target: 'draft-7' });
      return [`${kind}.json`, `${JSON.stringify({ ...schema, title: TITLES[kind] }, null, 2)}\n`];
    }),
  );
}
