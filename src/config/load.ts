/**
 * Files + environment -> one typed Config, or every problem at once, each as "file: path: what (line)".
 *
 *   loadConfig({ shippedDir: shippedConfigDir(), userDir: chosenConfigDir(flag, env), env })
 *   -> { ok: false, problems: ['config/topics/deepseek.yaml: claims[2].deadline: not a date (line 41)'] }
 */
import type { Claim, Frame, Topic } from '../core/claim.ts';
import type { Source } from '../core/source.ts';
import type { NewsTime } from '../core/time.ts';
import type { Config, FeedConfig, Loaded } from './config.ts';
import type { Directory } from './directory.ts';
import { readDirectory } from './directory.ts';
import type { Environment } from './environment.ts';
import { readEnvironment, readLlmKey } from './environment.ts';
import { isoDeadline, isoTime } from './isoTime.ts';
import type { Entry, Layer, Noun, Overlaid } from './overlay.ts';
import { merge, overlay, problemAt, problemIn, valueAt, isMap } from './overlay.ts';
import type { Path, Problem } from './problem.ts';
import { problemInWords, quoted } from './problem.ts';
import type { Names } from './references.ts';
import { giveWayToUser } from './precedence.ts';
import { checkClaims, checkFeeds } from './references.ts';
import type { ClaimWritten, FeedWritten, SettingsWritten, SourceWritten } from './schema.ts';
import { claimSchema, feedSchema, settingsSchema, sourceSchema, topicSchema } from './schema.ts';
import { applySettings, checkSubscriptions } from './settings.ts';
import { checkSources } from './sourceChecks.ts';
import { validate } from './validate.ts';
import type { YamlFile } from './yamlFile.ts';
import type { z } from 'zod';

export interface LoadOptions {
  /** What is updated with the software; null to use the user's directory alone. */
  readonly shippedDir: string | null;
  readonly userDir: string | null;
  readonly env: Environment;
}

/** Reads synchronously: some dozen small files. Never throws for what files or the environment may hold. */
export function loadConfig(options: LoadOptions): Loaded {
  const users = options.userDir === null ? [] : [readDirectory(options.userDir, 'user')];
  const alone = users.some((dir) => valueAt(dir.claimwire?.content, ['shipped']) === false);
  const directories = [
    ...(options.shippedDir === null || alone ? [] : [readDirectory(options.shippedDir, 'shipped')]),
    ...users,
  ];
  const environment = readEnvironment(options.env);
  const files = assemble(directories);
  const { judge } = files.settings;
  // `replay --engine llm` asks for it whatever the engine of every day.
  const llm = judge?.provider === undefined ? NO_KEY : readLlmKey(options.env, judge.provider, judge.baseUrl ?? null);
  const warnings = [
    ...directories.flatMap((dir) => dir.warnings),
    ...files.warnings,
    ...environment.warnings,
    ...llm.warnings,
  ];
  // One bracket too few in sources.yaml is one problem, not an unknown source in every feed and claim.
  const between = directories.some((dir) => dir.unread) ? [] : files.problems;
  const problems = [
    ...inOrder([...directories.flatMap((dir) => dir.problems), ...between]).map(problemInWords),
    ...environment.problems,
    ...llm.problems,
  ];
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)], warnings };
  const config: Config = {
    ...applySettings(files.settings, environment),
    dirs: { shipped: options.shippedDir, user: options.userDir },
    feedList: files.feeds.map(({ value }) => feedOf(value)),
    sources: files.sources.map(({ value }) => sourceOf(value)),
    topics: files.topics,
    secrets: { ...environment.secrets, llmKey: llm.key },
    apiUrls: environment.apiUrls,
    dataDir: environment.dataDir,
    timeScale: environment.timeScale,
  };
  return { ok: true, config, warnings };
}

const NO_KEY = { key: null, problems: [], warnings: [] } as const;

const NOUNS = {
  source: { word: 'source', idKey: 'id', essential: ['name', 'kind', 'owner', 'credibility'] },
  feed: { word: 'feed', idKey: 'id', essential: ['url'] },
  topic: { word: 'topic', idKey: 'topic', essential: [] },
  claim: { word: 'claim', idKey: 'id', essential: ['statement', 'kind', 'resolution'] },
} as const;

function assemble(directories: readonly Directory[]) {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const entriesOf = (noun: Noun, layers: Layer[]): Overlaid => {
    const laid = overlay(noun, layers);
    problems.push(...laid.problems);
    warnings.push(...laid.warnings);
    return laid;
  };
  const layersOf = (pick: (dir: Directory) => readonly (YamlFile | null)[], path: Path): Layer[] =>
    directories.map((dir) => ({
      name: dir.name,
      lists: pick(dir).flatMap((yaml) => (yaml === null ? [] : [{ yaml, path }])),
    }));

  const laidSources = entriesOf(
    NOUNS.source,
    layersOf((dir) => [dir.sources], ['sources']),
  );
  const usersFiles = new Set(directories.filter((dir) => dir.name === 'user').map((dir) => dir.sources));
  const given = giveWayToUser(laidSources.entries, (yaml) => usersFiles.has(yaml));
  warnings.push(...given.warnings);
  const sourceEntries: Overlaid = { ...laidSources, entries: given.entries };
  const feedEntries = entriesOf(
    NOUNS.feed,
    layersOf((dir) => [dir.feeds], ['feeds']),
  );
  const topicEntries = entriesOf(
    NOUNS.topic,
    layersOf((dir) => dir.topics, []),
  );
  const claimEntries = entriesOf(
    NOUNS.claim,
    layersOf((dir) => dir.topics, ['claims']),
  );

  const sources = complete(sourceSchema, sourceEntries.entries, problems);
  const feeds = complete(feedSchema, feedEntries.entries, problems);
  const keptClaims = claimEntries.entries.filter((entry) => !wentWithItsTopic(entry, topicEntries));
  const claims = complete(claimSchema, keptClaims, problems);

  const names = (noun: string, entries: readonly Entry[], removed: Overlaid['removed']): Names => ({
    noun,
    ids: entries.map((entry) => entry.id),
    removed,
  });
  const sourceNames = names('source', sourceEntries.entries, sourceEntries.removed);
  const topicNames = names('topic', topicEntries.entries, topicEntries.removed);
  problems.push(
    ...checkSources(sourceEntries.entries),
    ...checkClaims(keptClaims, sourceNames, names('claim', keptClaims, claimEntries.removed)),
  );

  const settingsFiles = directories.flatMap((dir) => (dir.claimwire === null ? [] : [dir.claimwire]));
  const settings = settingsOf(settingsFiles);
  const complain = (path: Path, what: string) => settingsProblem(settingsFiles, path, what);
  const feedCheck = checkFeeds(feedEntries.entries, sourceNames, topicNames, {
    ...applySettings(settings, { webPort: null, webHost: null }).feeds,
    complain: (path, what) => complain(['feeds', ...path], what),
  });
  problems.push(...feedCheck.problems, ...checkSubscriptions(settings, topicNames, complain));
  warnings.push(...feedCheck.warnings);
  problems.push(...nothingThere(directories, sourceEntries, topicEntries));
  return { settings, sources, feeds, topics: topicsOf(topicEntries, claims, problems), problems, warnings };
}

/** Claims and sources are what the product is about; without them nothing can be said, so say that. */
function nothingThere(directories: readonly Directory[], sources: Overlaid, topics: Overlaid): Problem[] {
  if (directories.some((dir) => dir.problems.length > 0)) return [];
  const where = { file: 'configuration', path: [], line: null };
  return [
    ...(sources.entries.length === 0 ? [{ ...where, what: 'no sources: sources.yaml is absent or empty' }] : []),
    ...(topics.entries.length === 0 ? [{ ...where, what: 'no topics: there is no topics/*.yaml' }] : []),
  ];
}

interface Checked<T> {
  readonly entry: Entry;
  readonly value: T;
}

/** Entries that have all they need. A missing key is reported here; anything else its own file already reported. */
function complete<T>(schema: z.ZodType<T>, entries: readonly Entry[], problems: Problem[]): Checked<T>[] {
  return entries.flatMap((entry) => {
    const checked = validate(schema, entry.merged);
    if (checked.ok) return [{ entry, value: checked.value }];
    for (const { path, what, missing } of checked.findings) if (missing) problems.push(problemIn(entry, path, what));
    return [];
  });
}

function wentWithItsTopic(claim: Entry, topics: Overlaid): boolean {
  const topic = topicOf(claim);
  return topic !== null && topics.removed.has(topic) && !topics.entries.some((entry) => entry.id === topic);
}

/** The topic of the file in which a claim was first written. */
function topicOf(claim: Entry): string | null {
  const topic = valueAt(claim.places[0]?.yaml.content, ['topic']);
  return typeof topic === 'string' ? topic : null;
}

function topicsOf(laid: Overlaid, claims: readonly Checked<ClaimWritten>[], problems: Problem[]): Topic[] {
  const byTopic = new Map<string, Claim[]>();
  for (const { entry, value } of claims) {
    const topic = topicOf(entry);
    if (topic === null) continue;
    const stray = entry.places.find((place) => valueAt(place.yaml.content, ['topic']) !== topic);
    if (stray !== undefined)
      problems.push(problemAt(stray, ['id'], `claim ${quoted(value.id)} belongs to topic ${quoted(topic)}`));
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), claimOf(value, topic)]);
  }
  return laid.entries.flatMap((entry) => {
    const checked = validate(topicSchema, { topic: entry.id, title: entry.merged['title'] });
    if (checked.ok) return [{ id: entry.id, title: checked.value.title, claims: byTopic.get(entry.id) ?? [] }];
    for (const { path, what, missing } of checked.findings) if (missing) problems.push(problemIn(entry, path, what));
    return [];
  });
}

function claimOf(written: ClaimWritten, topic: string): Claim {
  const { note: _note, deniers, deadline, outcome, known, frame, ...rest } = written;
  return {
    ...rest,
    topic,
    frame: frameOf(frame),
    deniers: deniers ?? rest.authorities,
    deadline: deadline === null ? null : endOf(deadline),
    outcome:
      outcome === null ? null : { status: outcome.status, at: timeOf(outcome.at), by: outcome.by, url: outcome.url },
    known: known.map(({ at, note, ...item }) => ({ ...item, at: timeOf(at), ...(note === undefined ? {} : { note }) })),
  };
}

function frameOf({ window, ...frame }: ClaimWritten['frame']): Frame {
  return { ...frame, ...(window === undefined ? {} : { window: { from: timeOf(window.from), to: endOf(window.to) } }) };
}

/** A date alone runs to the end of its day. */
function endOf(written: string): NewsTime {
  const time = isoDeadline(written);
  if (time === null) throw new Error(`the schema let ${written} pass as a date`);
  return time;
}

function timeOf(written: string): NewsTime {
  const time = isoTime(written);
  if (time === null) throw new Error(`the schema let ${written} pass as a date`);
  return time;
}

function feedOf({ note: _note, tested, seen, intervalMinutes, publisher, lang, ...feed }: FeedWritten): FeedConfig {
  return {
    ...feed,
    publisher: publisher ?? null,
    lang: lang ?? null,
    tested: typeof tested === 'string' ? tested : null,
    seen: seen ?? null,
    intervalMinutes: intervalMinutes ?? null,
  };
}

function sourceOf({ note: _note, ...source }: SourceWritten): Source {
  return source;
}

function settingsOf(files: readonly YamlFile[]): SettingsWritten {
  const merged = files.reduce<Record<string, unknown>>(
    (below, yaml) => (isMap(yaml.content) ? merge(below, yaml.content) : below),
    {},
  );
  const checked = validate(settingsSchema, merged);
  // Otherwise the file's own check reported it; the other checks go on with the defaults.
  return checked.ok ? checked.value : {};
}

function settingsProblem(files: readonly YamlFile[], path: Path, what: string): Problem {
  const file = files.findLast((yaml) => valueAt(yaml.content, path) !== undefined) ?? files.at(-1);
  return { file: file?.file ?? 'claimwire.yaml', path, what, line: file?.lineOf(path) ?? null };
}

/** As one reads: file by file, top to bottom. Files keep the order in which they were first named. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map((problem) => problem.file))];
  return [...problems].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0));
}
