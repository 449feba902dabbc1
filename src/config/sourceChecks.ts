/**
 * Who is who: identity is the registrable domain, so no source may own a whole suffix (`com`, `github.io`), a
 * wildcard, or what another source already owns. A name that means two sources would credit the wrong one.
 */
import { parse } from 'tldts';
import { foldName } from '../core/registry.ts';
import type { Entry } from './overlay.ts';
import { problemIn, textAt, textsAt } from './overlay.ts';
import type { Path, Problem } from './problem.ts';
import { quoted } from './problem.ts';

/** Looks at each entry as written, also one that lacks something else, so that all problems show at once. */
export function checkSources(sources: readonly Entry[]): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const entry of sources) {
    const domains = textsAt(entry.merged, ['domains']);
    const paths = textsAt(entry.merged, ['paths']);
    const names = textsAt(entry.merged, ['names']);
    const claim = (noun: 'domain' | 'path' | 'name', key: string, at: Path, shown: string) => {
      const owner = owners.get(`${noun} ${key}`);
      if (owner !== undefined && owner !== entry.id)
        problems.push(problemIn(entry, at, `${quoted(shown)} already belongs to source ${quoted(owner)}`));
      else owners.set(`${noun} ${key}`, entry.id);
    };
    if (domains.length + paths.length + names.length === 0)
      problems.push(
        problemIn(entry, [], 'has no domains, no paths and no names: nothing could ever be credited to it'),
      );
    for (const { text, at } of domains) {
      const wrong = domainProblem(text);
      if (wrong === null) claim('domain', text, at, text);
      else problems.push(problemIn(entry, at, wrong));
    }
    for (const { text, at } of paths) {
      const wrong = pathProblem(text);
      if (wrong === null) claim('path', text.toLowerCase(), at, text);
      else problems.push(problemIn(entry, at, wrong));
    }
    const name = textAt(entry.merged, ['name']);
    if (name !== null) claim('name', foldName(name), ['name'], name);
    for (const { text, at } of names) claim('name', foldName(text), at, text);
  }
  return problems;
}

/** What is wrong with a domain of a source, or null. */
function domainProblem(domain: string): string | null {
  if (domain.includes('*')) return `${quoted(domain)} has a wildcard: a domain already covers its sub-domains`;
  if (/[:/@\s]/.test(domain)) return `${quoted(domain)} is not a bare domain: write example.com`;
  if (domain !== domain.toLowerCase()) return `${quoted(domain)} must be in lower case`;
  const facts = parse(domain, { allowPrivateDomains: true });
  if (facts.isIp === true) return `${quoted(domain)} is an address, not a domain`;
  if (facts.hostname !== domain || !domain.includes('.')) {
    const suffix = facts.publicSuffix === domain ? ' everybody can register under' : '';
    return suffix === ''
      ? `${quoted(domain)} is not a domain`
      : `${quoted(domain)} is a suffix${suffix}, not a domain somebody owns`;
  }
  if (facts.publicSuffix === domain)
    return `${quoted(domain)} is a suffix everybody can register under, not a domain somebody owns`;
  if (facts.isIcann !== true && facts.isPrivate !== true)
    return `${quoted(domain)} does not end in a known top-level domain`;
  return null;
}

/** What is wrong with a path of a source on a shared host, or null. */
function pathProblem(path: string): string | null {
  const example = 'write host/owner, such as github.com/deepseek-ai';
  if (/[*?#\s]|^[a-z]+:/i.test(path)) return `${quoted(path)} is not host/owner: ${example}`;
  const [host = '', ...owner] = path.split('/');
  if (owner.length === 0 || owner.some((part) => part === '' || part === '..' || part === '.'))
    return `${quoted(path)} names no owner on the host: ${example}`;
  const facts = parse(host, { allowPrivateDomains: false });
  if (host !== host.toLowerCase() || facts.hostname !== host || facts.domain === null)
    return `${quoted(path)} does not start with a host name: ${example}`;
  return null;
}
