/**
 * Breaks: places in which the outbox, its lanes, who is told, Slack's tokens, the address guard, the escapes and the status
 * policy can be broken by one edit, and the tests that must notice. A search text that no longer occurs exactly once is an error: then the break broke.
 */
export interface Break {
  readonly area: 'outbox' | 'lane' | 'telling' | 'slack' | 'guard' | 'escapes' | 'status';
  readonly file: string;
  /** What the product would do then. */
  readonly harm: string;
  readonly search: string;
  readonly replace: string;
}

/** Test files that must notice a break of the area; any one of them failing is enough. */
export const TESTS: Readonly<Record<Break['area'], readonly string[]>> = {
  outbox: ['test/pipeline/outbox.test.ts', 'test/pipeline/deliver.test.ts'],
  lane: ['test/core/lane.test.ts'],
  telling: [
    'test/pipeline/telling.test.ts',
    'test/pipeline/updates.test.ts',
    'test/pipeline/scopes.test.ts',
    'test/pipeline/pipeline.test.ts',
  ],
  slack: ['test/chat/slack/tokens.test.ts', 'test/chat/slack/once.test.ts'],
  guard: ['test/feeds/address.test.ts', 'test/feeds/fetch.test.ts', 'test/feeds/tls.test.ts'],
  escapes: ['test/chat/text.test.ts', 'test/chat/untrusted.test.ts'],
  status: ['test/core/status.test.ts'],
};

const within = (area: Break['area'], file: string, ...edits: readonly (readonly [string, string, string])[]): Break[] =>
  edits.map(([harm, search, replace]) => ({ area, file, harm, search, replace }));

export const BREAKS: readonly Break[] = [
  ...within(
    'outbox',
    'src/pipeline/deliver.ts',
    [
      'forgets that a request may have been posted',
      'reason: outcome.reason, mayHaveBeenSent: true }',
      'reason: outcome.reason, mayHaveBeenSent: false }',
    ],
    ['comes back at once when told to wait', 'inMs: outcome.retryAfterMs,', 'inMs: 0,'],
    ['hammers a platform that refuses connections', 'inMs: backOff(attempts, times)', 'inMs: 0'],
    ['gives up alerts because a token was refused', "if (outcome.pause === 'platform')", "if (outcome.reason === 'x')"],
    [
      'holds what can never be sent and drops what could',
      "      return outcome.pause === 'message'\n",
      "      return outcome.pause !== 'message'\n",
    ],
    [
      'posts again what it has just found',
      "if (seen.found === 'yes') return { act: 'done', messageId: seen.messageId };",
      '',
    ],
    [
      'marks as a repeat what certainly is none',
      "if (seen.found === 'no') return { act: 'send', repeat: false };",
      "if (seen.found === 'no') return { act: 'send', repeat: true };",
    ],
    ['does the opposite of the configured policy', "return policy === 'repost'", "return policy !== 'repost'"],
    ['posts a possible repeat unmarked', "? { act: 'send', repeat: true }", "? { act: 'send', repeat: false }"],
    [
      'never looks before it posts again',
      'if (alert.inFlightForMs !== null) return lookFirst',
      'if (alert.inFlightForMs === -1) return lookFirst',
    ],
    ['looks before the platform has settled', 'if (unsettled > 0)', 'if (unsettled > 1e12)'],
    [
      'sends after it lost its lease',
      'alert.possibleRepeat, thread)))',
      "alert.possibleRepeat, thread)) && thread === 'x')",
    ],
  ),
  ...within(
    'outbox',
    'src/pipeline/requests.ts',
    ['waits no longer after each failure', '2 ** Math.min(attempts, 9)', '2'],
    ['waits for hours after many failures', ', times.longestBackOffMs)', ')'],
    [
      'goes on posting to a channel that is gone',
      'await pauseChannel(room.pool, to.platform, to.channel, outcome.reason);',
      '',
    ],
    ['tries all that waits for a channel that is gone', 'await holdLane(room.pool, lane, outcome.reason);', ''],
  ),
  ...within('outbox', 'src/ledger/outbox.ts', [
    'gives one marker to two alerts',
    ".padStart(25, '0').slice(0, 25)",
    ".padStart(25, '0').slice(0, 1)",
  ]),
  ...within(
    'outbox',
    'src/ledger/lanes.ts',
    ['posts two at a time in one channel', 'if (!(await laneIsFree(tx, lane))) return undefined;', ''],
    ['does not write down that a request leaves', 'set sending_at = now(), lease_until', 'set lease_until'],
    [
      'lets anybody send under a lost lease',
      "where id = $1 and lease_token = $2 and state = 'leased' returning id`,",
      "where id = $1 and $2::uuid is not null and state = 'leased' returning id`,",
    ],
    [
      'lets a late writer overwrite',
      "where id = $1 and lease_token = $2 and state = 'leased' returning id, attempts",
      'where id = $1 and $2::uuid is not null returning id, attempts',
    ],
    [
      'thinks for ever that a request is under way',
      'sending_at = case when $6 then sending_at end',
      'sending_at = case when $6 then sending_at else sending_at end',
    ],
    [
      'forgets at once that a request may be under way',
      'sending_at = case when $6 then sending_at end',
      'sending_at = case when $6 then null::timestamptz end',
    ],
    [
      'does not wait as told',
      'next_attempt_at = now() + make_interval(secs => $7), held_for',
      'next_attempt_at = now(), held_for',
    ],
    [
      'never sweeps what a dead process had leased',
      "(state = 'leased' and (lease_until < now() or ${ownerIsGone('alerts.lease_owner')}))",
      '(false)',
    ],
    ['never sweeps what is due', "((state <> 'leased' and next_attempt_at <= now()) or", '((false) or'],
    [
      'holds a row whose request may be under way',
      "where lane = $1 and state = 'pending' and sending_at is null",
      "where lane = $1 and state in ('pending', 'unknown')",
    ],
  ),
  ...within(
    'lane',
    'src/core/lane.ts',
    ['posts while a message is in flight', 'if (rows.some((row) => row.held)) return nothing;', ''],
    ['posts what a person has still to approve', 'return !row.awaitsApproval && !(', 'return !('],
    [
      'tells by a new origin what a person has still to approve',
      " && !(row.kind === 'origin' && asked.has(row.claim))",
      '',
    ],
    ['collapses the half year that the demo plays in a minute', 'if (!rules.tidy)', 'if (rules.tidy === null)'],
    ['lets a later change overtake one that must be looked up', 'if (row.mayBeThere) unsure.add(row.claim);', ''],
    ['drops a story that may be posted already', 'return !row.mayBeThere && row.inMs <= 0', 'return row.inMs <= 0'],
    ['tells in one card what was asked to wait', '&& row.inMs <= 0 && !(tells', '&& !(tells'],
    [
      'calls late what is still news',
      'row.ageMs > rules.freshnessMinutes[row.level]',
      'row.ageMs > rules.freshnessMinutes.all',
    ],
    [
      'tells stories that are no news any more',
      "late.filter((row) => row.kind === 'story')",
      "late.filter((row) => row.kind === 'digest')",
    ],
    ['makes a card of one quiet alert', 'quiet.length > 1 ?', 'quiet.length > 0 ?'],
    [
      'makes a second card for a second outage',
      "open.filter((row) => row.kind === 'catch-up' && !row.mayBeThere)",
      "open.filter((row) => row.kind === 'digest' && !row.mayBeThere)",
    ],
    [
      'takes in a card that may be posted already',
      "open.filter((row) => row.kind === 'catch-up' && !row.mayBeThere)",
      "open.filter((row) => row.kind === 'catch-up')",
    ],
    ['calls quiet hours an outage', "late.some(tellsChange) ? 'late' : 'quiet'", "'late'"],
    [
      'drops what may be posted already',
      'if (row.mayBeThere || !tellsChange(row)) return [];',
      'if (!tellsChange(row)) return [];',
    ],
    ['drops a change for one that a person may yet drop', '          !later.awaitsApproval &&\n', ''],
    [
      'drops a change for a new origin',
      "(later.kind === 'origin' && row.kind === 'origin')",
      "later.kind === 'origin'",
    ],
    ['drops a change for one of another claim', '          later.claim === row.claim &&\n', ''],
    [
      'says something before the card that tells what was earlier',
      'if (catchingUp !== undefined || spoken.has(row.claim))',
      'if (spoken.has(row.claim))',
    ],
    [
      'tells the changes of a claim in any order',
      'if (catchingUp !== undefined || spoken.has(row.claim))',
      'if (catchingUp !== undefined)',
    ],
    ['posts before the time', 'heads.filter((row) => row.inMs <= 0)', 'heads'],
    ['says last what is settled', 'row.priority < best.priority', 'row.priority > best.priority'],
    ['posts a second card of that kind before the first', 'return row === catchingUp;', 'return true;'],
  ),
  ...within(
    'telling',
    'src/pipeline/fanout.ts',
    ['tells every change to everybody', '.filter((sub) => hears(sub.level, change))', ''],
    [
      'corrects nothing where it is not followed any more',
      'isCorrection(change) ? await channelsTold(tx, claim.id, change.from) : []',
      '[] as Recipient[]',
    ],
    ['corrects in a workspace what is so elsewhere', ' && audience.sees(channel)', ''],
    [
      'lets what is settled wait behind reports',
      'priority: settled ? PRIORITY.settled : PRIORITY.change',
      'priority: PRIORITY.change',
    ],
    ['tells new origins to everybody', "hearsUpdate(sub.level, 'new origin')", 'sub.id !== null'],
    ['tells an origin again that came, went and came', '!told.has(origin.source)', "origin.source !== ''"],
    ['lets no card follow', 'visible(before) !== visible(after)', "visible(before) === 'x'"],
  ),
  ...within(
    'telling',
    'src/pipeline/periodic.ts',
    ['writes a digest days late', 'now - due.at > DIGEST_WITHIN || ', ''],
    ['writes a digest for a time before it was chosen', ' || due.at <= sub.chosenAt', ''],
    ['tells in a digest what was before it was chosen', 'Math.max(before.at, sub.chosenAt)', 'before.at'],
    ['tells a story whose change was told', 'if (ready.decided) return;', ''],
    ['tells stories to everybody', "hearsUpdate(sub.level, 'story')", 'sub.id !== null'],
  ),
  ...within('telling', 'src/ledger/catch-up.ts', [
    'tells again, within a card, what may be posted',
    "state = 'held' and held_for = 'pause' order",
    "state = 'held' order",
  ]),
  ...within(
    'telling',
    'src/pipeline/decide.ts',
    [
      'forgets a page that was read by a clock that was ahead',
      'if (rows.every((row) => row.evidence.published <= now)) return rows;',
      'if (rows.length >= 0) return rows;',
    ],
    ['announces what a first poll brought', 'return unconsidered.some((row) => !row.quiet);', 'return true;'],
  ),
  ...within(
    'slack',
    'src/chat/slack/tokens.ts',
    ['pays again with a refresh token that was refused', 'if (paid === refused) return;', ''],
    ['follows a chain that other settings began', 'pair.from === fingerprint(refreshToken) ? pair : null', 'pair'],
    ['forgets a pair that the database did not take', 'unkept = { pair: next, after: paid };', ''],
    ['exchanges what another process has exchanged', '    take(kept);\n    if (pair', '    if (pair'],
    [
      'exchanges only when the token has ended',
      'lastsFor(pair) > MARGIN_MS && pair.access !== unlike) return;',
      'lastsFor(pair) > 0 && pair.access !== unlike) return;',
    ],
    ['tells nobody that Slack refused', 'await tell(`slack-refresh', 'void (`slack-refresh'],
    ['gives up when Slack is in trouble', "|| code === 'internal_error' ||", '||'],
  ),
  ...within('slack', 'src/chat/slack/poster.ts', [
    'stops for good when a token has ended',
    "if (ENDED.has(code ?? '') && (await tokens.renewed(token)))",
    "if (code === 'x')",
  ]),
  ...within(
    'slack',
    'src/chat/slack/once.ts',
    [
      'answers again what another process answered',
      "if (id === '' || desk.heardFirst === undefined) return true;",
      "if (id !== 'x') return true;",
    ],
    ['answers again what it answered itself', 'if (!firstHere(id)) return false;', ''],
    ['drops what a broken ledger cannot tell', '.catch(() => true)', '.catch(() => false)'],
  ),
  ...within('slack', 'src/chat/slack/interactions.ts', [
    'does twice what a form sent twice asks',
    'if (!(await first(`sent ${view.id}`))) return;',
    '',
  ]),
  ...within(
    'slack',
    'src/ledger/kept-secret.ts',
    [
      'lets two processes exchange at once',
      'const held = await holdAlone(pool, name, 0);',
      'const held = (await holdAlone(pool, name, 0)) ?? { release: () => undefined };',
    ],
    ['keeps a secret as it is', "Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])", 'Buffer.from(value)'],
  ),
  ...within(
    'guard',
    'src/feeds/address.ts',
    [
      'fetches file: and gopher:',
      "if (url.protocol !== 'http:' && url.protocol !== 'https:') {",
      "if (url.protocol === 'javascript:') {",
    ],
    [
      'sends a password that was hidden in an address',
      "if (url.username !== '' || url.password !== '') {",
      "if (url.username === 'x') {",
    ],
    ['asks any port', 'if (!PORTS.has(url.port))', "if (url.port === '1')"],
    [
      'takes a literal private address in a URL',
      'if (isIP(literal) !== 0 && !isPublic(literal)) return notPublic();',
      '',
    ],
    ['takes localhost', 'if (/(?:^|\\.)localhost\\.?$/.test(url.hostname)) return notPublic();', ''],
    ['takes localhost with a dot at its end', 'localhost\\.?$/', 'localhost$/'],
    ['calls private ranges public', "if (parsed.range() !== 'unicast') return false;", ''],
    [
      'calls all of IPv6 public',
      "return parsed.kind() === 'ipv4' || parsed.match(ipaddr.IPv6.parse('2000::'), 3);",
      'return true;',
    ],
    ['does not see IPv4 inside IPv6', 'ipaddr.process(address)', 'ipaddr.parse(address)'],
    [
      'connects to a private literal after a redirect',
      'if (isIP(literal) !== 0 && !isPublic(literal)) {',
      "if (literal === 'x') {",
    ],
    [
      'lets a name with one public and one private address through',
      'addresses.some(({ address }) => !isPublic(address))',
      'addresses.every(({ address }) => !isPublic(address))',
    ],
    ['connects wherever a name leads', '    guarded(options, callback);', '    open(options, callback);'],
    [
      'allows every port of an allowed host',
      'allowed.toLowerCase() === pair',
      "allowed.toLowerCase().split(':')[0] === pair.split(':')[0]",
    ],
    ['follows addresses of any length', 'written.length > MAX_LENGTH ? null', 'written.length > 1e9 ? null'],
  ),
  ...within(
    'guard',
    'src/feeds/fetch.ts',
    [
      'checks the first address of a chain of redirects alone',
      'if (!checked.ok) return',
      'if (!checked.ok && hop === 0) return',
    ],
    [
      'goes from https to http',
      "if (wasHttps && checked.url.protocol === 'http:') {",
      "if (wasHttps && checked.url.protocol === 'ftp:') {",
    ],
    ['follows redirects for ever', 'hop <= limits.redirects', 'hop <= limits.redirects * 10'],
  ),
  ...within(
    'escapes',
    'src/chat/text.ts',
    ['lets markup through that appears under NFKC', ".replace(FOLDS_TO_MARKUP, (char) => char.normalize('NFKC'))", ''],
    ['shows what has no shape', ".replace(INVISIBLE, '')", ''],
    ['lets control characters through', ".replace(/[\\p{Cc}\\p{Zl}\\p{Zp}]+/gu, ' ')", ''],
    ['lets marks pile up', ".replace(STACKED_MARKS, '$1')", ''],
    ['lets half a character through', ".replace(/\\p{Cs}/gu, '\\uFFFD')", ''],
    ['lets right-to-left text reorder its neighbours', 'RTL.test(text) ?', 'text === null ?'],
    ['links to any scheme', "parsed.protocol !== 'https:' ||", ''],
    ['links with a password in it', " || parsed.username !== '' || parsed.password !== ''", ''],
    ['lets an address end its own link', '.replace(/[()[\\]<>|"\'`@\\\\]/gu,', '.replace(/[(]/gu,'],
    ['makes a link of any address in a text', "text.includes('://') ?", "text.includes('://nowhere') ?"],
    ['keeps joiners that only hide something', "(joins(whole, offset) ? joiner : '')", 'joiner'],
  ),
  ...within(
    'escapes',
    'src/chat/discord/escape.ts',
    ['shows <@1> as a mention on Discord', '.replace(/[\\\\*_~`|<>[\\]]/gu,', '.replace(/[\\\\*_~`|[\\]]/gu,'],
    ['shows [text](address) as a link on Discord', '.replace(/[\\\\*_~`|<>[\\]]/gu,', '.replace(/[\\\\*_~`|<>]/gu,'],
    ['lets a backslash escape our escape', '.replace(/[\\\\*_~`|<>[\\]]/gu,', '.replace(/[*_~`|<>[\\]]/gu,'],
    ['shows @everyone on Discord', '    .replace(/@/gu, `@${ZERO_WIDTH}`)\n    .replace(INVITE', '    .replace(INVITE'],
    ['grows a preview of an invite', '    .replace(INVITE, `$1${ZERO_WIDTH}/`);', ';'],
    ['mentions inside code', '.replace(/[@<]/gu, `$&${ZERO_WIDTH}`)', ''],
    ['lets a text end its code', "text.replace(/`/gu, 'ˋ').replace(/[@<]", 'text.replace(/[@<]'],
  ),
  ...within(
    'escapes',
    'src/chat/discord/render.ts',
    [
      'lets Discord look for mentions',
      'allowed_mentions: { parse: [...NO_MENTIONS.parse] }',
      "allowed_mentions: { parse: ['everyone'] as never[] }",
    ],
    ['shows mentions in a footer', '{ text: mentionless(footer) }', '{ text: footer }'],
  ),
  ...within(
    'escapes',
    'src/chat/slack/escape.ts',
    ['shows <!channel> as a mention on Slack', ".replace(/</gu, '&lt;')", ''],
    ['reads entities that strangers wrote', ".replace(/&/gu, '&amp;').replace(/</gu", '.replace(/</gu'],
    ['shows @channel on Slack', '    .replace(/@/gu, `@${ZERO_WIDTH}`)\n', '\n'],
  ),
  ...within(
    'escapes',
    'src/chat/fit.ts',
    ['cleans no title', '    title: inert(card.title),', '    title: card.title,'],
    ['cleans no text', 'const inner = inert(text);', 'const inner = text;'],
    ['shows any address as a link', 'const link = safeLink(inline.link);', 'const link: string | null = inline.link;'],
    ['gives the card any main link', 'raw === undefined ? null : safeLink(raw);', 'raw === undefined ? null : raw;'],
    ['cleans no footer', 'footer: card.footer.map(inert),', 'footer: card.footer,'],
  ),
  ...within(
    'status',
    'src/core/status.ts',
    [
      'calls one origin corroborated',
      'if (supporting.length < 2) return null;',
      'if (supporting.length < 1) return null;',
    ],
    ['confirms what a denier refutes', '  aDenierRefutesIt,\n  anAuthoritySaysItIsSo,', '  anAuthoritySaysItIsSo,'],
    ['confirms nothing by an authority', '  anAuthoritySaysItIsSo,\n', ''],
    [
      'lets a passed deadline undo proof',
      '  anAuthoritySaysItIsSo,\n  theDeadlineHasPassed,',
      '  theDeadlineHasPassed,\n  anAuthoritySaysItIsSo,',
    ],
    ['does not see two sides', '  originsOnBothSides,\n', ''],
    ['picks one of two authorities', '  authoritiesContradictEachOther,\n', ''],
    ['lets events expire', "claim.kind !== 'forecast' || claim.deadline === null", 'claim.deadline === null'],
    ['expires before the deadline', 'now < claim.deadline) return null;', 'now < claim.deadline - 864e5) return null;'],
    ['follows an override before it was made', 'one.at <= now && (', '('],
    ['follows an override that was taken back', '(one.revertedAt === null || one.revertedAt > now)', 'true'],
    [
      'follows a recorded outcome before its day',
      'if (outcome === null || outcome.at > now) return null;',
      'if (outcome === null) return null;',
    ],
    [
      'keeps a recorded outcome against a later word',
      'if (contrary.some((word) => word.row.published > outcome.at)) return null;',
      '',
    ],
    [
      'calls refuted disputed',
      "return { status: 'refuted', rule: 'rule-2-refuted'",
      "return { status: 'disputed', rule: 'rule-2-refuted'",
    ],
  ),
  ...within(
    'status',
    'src/core/weigh.ts',
    [
      'lets an old word of a standing claim stand',
      "claim.kind !== 'standing' || word.row.published === latest",
      'word.row.published <= latest',
    ],
    ['believes a revision that was taken back', 'row.revision === newest.get(row.article)', 'row.revision >= 0'],
  ),
];
