/**
 * `npm run schemas`: writes config/schema/*.json from the schemas in schema.ts. A test says when they are out of date.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedConfigDir } from './home.ts';
import { jsonSchemaFiles } from './jsonSchemas.ts';

const dir = join(shippedConfigDir(), 'schema');
mkdirSync(dir, { recursive: true });
for (const [name, text] of jsonSchemaFiles()) writeFileSync(join(dir, name), text);
