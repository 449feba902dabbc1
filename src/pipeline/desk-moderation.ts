/**
 * The desk's part for those who run a workspace: statements it tracks, alerts that wait for approval, doubts of readers.
 */
import type { Desk } from '../chat/platform.ts';
import type { TrackView } from '../core/view.ts';
import { writeAudit } from '../ledger/meta.ts';
import { addReport, answerDecision, answerReport } from '../ledger/moderation.ts';
import { addNotice } from '../ledger/outbox.ts';
import { transaction } from '../ledger/sql.ts';
import { addTracked, dropTracked, saveDraft, takeDraft, trackedBy } from '../ledger/tracked.ts';
import { chooseSettings, settingsOf } from '../ledger/workspaces.ts';
import { MAY_NOT, READING_MS, refused, scopeOfAsker, who, type Answering } from './desk-answers.ts';
import { claimSeenBy, whyOfClaim } from './desk-views.ts';
import type { Newsroom } from './newsroom.ts';
import { tryStatement, type Tracked } from './track.ts';

type Part = Pick<Desk, 'track' | 'confirmTrack' | 'untrack' | 'approvals' | 'answerApproval' | 'wrong' | 'answerWrong'>;

/** Stored articles a statement is tried on from chat: about two seconds of one core. */
const TRIED = 1500;
const SHOWN_MATCHES = 8;
const SHOWN_CHANGES = 8;
const MOST_NOTE = 500;
/** A week: longer than that and nobody remembers what waits. */
const MOST_MINUTES = 7 * 24 * 60;

export function moderationDesk(room: Newsroom, answering: Answering): Part {
  return {
    track: (asker, topic, statement) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        if (!room.beat().topics.some((one) => one.id === topic)) return refused(`No topic is called "${topic}".`);
        const tried = await tryStatement(room, statement, { topic, most: TRIED });
        if (!tried.ok) return refused(tried.message);
        const draft = await saveDraft(room.pool, { scope, topic, definition: tried.claim, by: who(asker) });
        return { ok: true, value: trackView(draft, tried) };
      }, READING_MS),

    confirmTrack: (asker, draft) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const most = room.beat().config.limits.claims;
        const outcome = await transaction(room.pool, async (tx) => {
          // Counted under a lock, so that two clicks at once do not pass the limit together.
          await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [scope]);
          const claim = await takeDraft(tx, draft, scope);
          if (claim === undefined) return 'gone';
          if ((await trackedBy(tx, scope)) >= most) return 'full';
          const stored = await addTracked(tx, scope, claim, who(asker));
          await writeAudit(tx, who(asker), 'track', { claim: stored.id, statement: stored.statement }, scope);
          return stored;
        });
        if (outcome === 'gone')
          return refused('That draft was used already or is older than an hour. Give /claimwire track again.');
        if (outcome === 'full')
          return refused(
            `This workspace already tracks ${most} claims, its limit. Untrack one first: /claimwire untrack.`,
          );
        await room.renew();
        const { id, statement, topic } = outcome;
        return { ok: true, value: { claim: id, statement, topic } };
      }),

    untrack: (asker, id) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const claim = claimSeenBy(room, id, scope);
        if (claim === undefined || !(await dropTracked(room.pool, scope, id)))
          return refused(`This workspace tracks no claim called "${id.slice(0, 80)}".`);
        await writeAudit(room.pool, who(asker), 'untrack', { claim: id }, scope);
        await room.renew();
        return { ok: true, value: { statement: claim.statement } };
      }),

    approvals: (asker, minutes) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        if (minutes !== null && (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES))
          return refused('Alerts can wait between 1 minute and 7 days for approval.');
        const { moderators } = await settingsOf(room.pool, asker.platform, asker.workspace);
        if (minutes !== null && moderators === null)
          return refused('Choose the moderators’ channel first: /claimwire moderators, in that channel.');
        await chooseSettings(room.pool, asker.platform, asker.workspace, { approveMinutes: minutes });
        await writeAudit(room.pool, who(asker), 'approvals', { minutes }, scopeOfAsker(asker));
        return { ok: true, value: { minutes } };
      }),

    answerApproval: (asker, number, answer) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const { platform, workspace } = asker;
        const asked = { decision: number, platform, workspace };
        const answered = await transaction(room.pool, async (tx) => {
          const done = await answerDecision(tx, asked, answer === 'approve' ? 'approved' : 'dropped', asker.user);
          if (done !== undefined)
            await writeAudit(tx, who(asker), answer, { decision: number, claim: done.claim }, scopeOfAsker(asker));
          return done;
        });
        if (answered === undefined)
          return refused('It is no longer waiting: somebody answered, or it went out by itself.');
        for (const alertId of answered.alerts)
          await room.queues.enqueue('deliver', { alertId }, { jobId: `deliver-${alertId}-approved` });
        const count = answered.alerts.length;
        const where = count === 1 ? 'one channel' : `${count} channels`;
        return { ok: true, value: { done: answer === 'approve' ? `Approved for ${where}` : `Dropped for ${where}` } };
      }),

    wrong: (asker, id, note) =>
      answering(async () => {
        const scope = scopeOfAsker(asker);
        const claim = claimSeenBy(room, id, scope);
        if (claim === undefined) return refused(`No claim is called "${id.slice(0, 80)}".`);
        const { moderators } = await settingsOf(room.pool, asker.platform, asker.workspace);
        const words = note.replace(/\s+/g, ' ').trim().slice(0, MOST_NOTE);
        const seen = await whyOfClaim(room, claim, undefined, scope);
        const told = await transaction(room.pool, async (tx) => {
          const { channel } = asker;
          const { status } = seen.claim;
          const report = await addReport(tx, { scope, channel, claim: id, status, note: words, by: asker.user });
          if (report === undefined || moderators === null) return report !== undefined && moderators !== null;
          const counted = seen.evidence.filter((row) => row.counted).slice(0, 5);
          return addNotice(tx, {
            ledger: room.ledger,
            key: `report ${scope} ${report}`,
            platform: asker.platform,
            channel: moderators,
            words: `Somebody doubts “${claim.statement}” (${status})`,
            lines: [
              words === '' ? 'They gave no reason.' : `They say: ${words}`,
              `Because: ${seen.claim.because}`,
              ...counted.map((row) => `${row.publisher}: ${row.quote?.text ?? row.title}`.slice(0, 300)),
            ],
            asks: { kind: 'report', number: report, topic: claim.topic, claim: id },
          });
        });
        return { ok: true, value: { told } };
      }),

    answerWrong: (asker, number, answer) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const report = await transaction(room.pool, async (tx) => {
          const done = await answerReport(tx, number, scope, answer, asker.user);
          if (done !== undefined)
            await writeAudit(tx, who(asker), 'answer report', { report: number, claim: done.claim, answer }, scope);
          return done;
        });
        if (report === undefined) return refused('That was answered already.');
        const done =
          answer === 'right'
            ? 'Noted: the alert was right.'
            : 'Noted as not relevant. To change what this workspace sees, override the claim.';
        return { ok: true, value: { done } };
      }),
  };
}

function trackView(draft: string, { claim, words, trial }: Tracked): TrackView {
  return {
    draft,
    topic: claim.topic,
    statement: claim.statement,
    frame: words.map((line) => `${line.label}: ${line.text}`),
    warnings: [],
    matches: trial.matches
      .slice(-SHOWN_MATCHES)
      .reverse()
      .map(({ title, publisher, published, stance }) => ({ title, publisher, published, stance })),
    matched: trial.matches.length,
    changes: trial.changes.slice(-SHOWN_CHANGES).map(({ to, at, because }) => ({ to, at, because })),
  };
}
