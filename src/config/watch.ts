/**
 * Configuration that changes while we run. A bad edit keeps the last good configuration and says so:
 *
 *   mine/topics/deepseek.yaml: claims[0].kind: "evnt" is not one of event, forecast, standing ... The old one stays in force.
 */
import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Config, Loaded } from './config.ts';
import type { LoadOptions } from './load.ts';
import { loadConfig } from './load.ts';

export interface WatchOptions extends LoadOptions {
  /** What is in force now. */
  readonly current: Config;
  /** Called after each edit that changes something: a new configuration, or the problems of one that is not taken. */
  readonly onEdit: (loaded: Loaded) => void;
  /** Editors write in several steps (truncate, write, rename): how long all must be quiet, in ms. Default 300. */
  readonly quietMs?: number;
}

export interface ConfigWatch {
  /** The last good configuration. */
  current(): Config;
  /** Reads again now, without waiting for an edit to be noticed. */
  reload(): void;
  close(): void;
}

/** Watches both directories and their topics/. Never throws: where watching is impossible, `reload` still works. */
export function watchConfig(options: WatchOptions): ConfigWatch {
  const { onEdit, quietMs = 300 } = options;
  let { current } = options;
  let told = fingerprint({ ok: true, config: current, warnings: [] });
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const watchers = new Map<string, FSWatcher>();

  // A directory, not a file: most editors replace the file, and a watch on the old one would hear no more.
  const attach = (dir: string) => {
    if (closed || watchers.has(dir)) return;
    const detach = () => {
      watchers.get(dir)?.close();
      watchers.delete(dir);
    };
    try {
      const watcher = watch(dir, { persistent: false }, () => later());
      watcher.on('error', detach);
      watchers.set(dir, watcher);
    } catch {
      // Absent for now. topics/ is tried again when its parent changes.
    }
  };
  const attachAll = () => {
    for (const dir of [options.shippedDir, options.userDir])
      if (dir !== null) for (const path of [dir, join(dir, 'topics')]) attach(path);
  };
  const later = () => {
    if (closed) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(reload, quietMs);
    timer.unref();
  };
  const reload = () => {
    if (closed) return;
    // A directory that was replaced keeps a dead watch: start all of them again.
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
    attachAll();
    const loaded = loadConfig(options);
    const seen = fingerprint(loaded);
    // Saving without a change, or a comment, is no news.
    if (seen === told) return;
    told = seen;
    if (loaded.ok) current = loaded.config;
    onEdit(loaded);
  };

  attachAll();
  return {
    current: () => current,
    reload,
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

/** Secrets print as "[secret]", so a fingerprint holds none; tokens are read at the start only. */
function fingerprint(loaded: Loaded): string {
  return JSON.stringify(loaded.ok ? loaded.config : loaded.problems);
}
