/**
 * The word vectors that stand beside the sources (src/judge/model), read when a command needs them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config/home.ts';
import type { WordVectors } from '../judge/vectors.ts';
import { wordVectors } from '../judge/vectors.ts';

export function readWordVectors(): WordVectors {
  const folder = join(packageRoot(), 'src', 'judge', 'model');
  return wordVectors(readFileSync(join(folder, 'words.txt'), 'utf8'), readFileSync(join(folder, 'word-vectors.i8')));
}
