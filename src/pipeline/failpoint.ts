/**
 * Failpoints: the edges of the pipeline at which a process may die, by name, so that a test can make it die there.
 *
 *   CLAIMWIRE_FAILPOINT=deliver.answered=kill@3      the third time that an alert was accepted and not yet recorded: kill -9
 *   CLAIMWIRE_FAILPOINT=decide.written=throw@1,poll.stored=freeze@2
 *
 * Only a test sets it. Without it a failpoint is one comparison with null.
 */
export const FAILPOINTS = [
  /** A feed was read and nothing of it is stored. */
  'poll.read',
  /** Its articles are committed and nobody was told. */
  'poll.stored',
  /** An article was judged and nothing of it is stored. */
  'judge.judged',
  /** Evidence is written and not committed. */
  'judge.written',
  /** Evidence is committed and nobody was told. */
  'judge.stored',
  /** A decision and its alerts are written and not committed. */
  'decide.written',
  /** They are committed and nobody was told. */
  'decide.committed',
  /** The alerts stand on the queue too. */
  'decide.enqueued',
  /** An alert is leased; nothing says yet that a request may be under way. */
  'deliver.leased',
  /** "A request may be under way" is committed, and none has left. */
  'deliver.sending',
  /** The platform answered; nothing of it is recorded. */
  'deliver.answered',
  /** The outcome is recorded; the job still counts as running. */
  'deliver.recorded',
  /** An earlier attempt was looked up; nothing of it is recorded. */
  'deliver.looked',
  /** A living card is leased for an edit. */
  'edit.leased',
  /** The platform answered an edit; nothing of it is recorded. */
  'edit.answered',
  /** The edit is recorded. */
  'edit.recorded',
  /** Work was found and put on the queues; the sweeper's transaction is open. */
  'sweep.enqueued',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

const ACTIONS = ['kill', 'freeze', 'throw'] as const;
type Action = (typeof ACTIONS)[number];

interface Armed {
  readonly action: Action;
  /** How many more times it is passed unharmed, counting the last one. */
  left: number;
}

let armed: Map<string, Armed> | null = null;

/** Arms what CLAIMWIRE_FAILPOINT says. Throws one sentence on anything it does not know. */
export function armFailpoints(written: string): void {
  armed = new Map(
    written.split(',').map((one) => {
      const [, name = '', action = '', at = '1'] = /^([a-z.]+)=([a-z]+)(?:@(\d+))?$/.exec(one.trim()) ?? [];
      if (!FAILPOINTS.some((known) => known === name) || !ACTIONS.some((known) => known === action)) {
        throw new Error(`CLAIMWIRE_FAILPOINT: "${one}" is not NAME=${ACTIONS.join('|')}@N with a known NAME`);
      }
      return [name, { action: action as Action, left: Number(at) }];
    }),
  );
}

export function failpoint(name: Failpoint): void {
  if (armed !== null) reached(armed, name);
}

function reached(points: Map<string, Armed>, name: Failpoint): void {
  const point = points.get(name);
  if (point === undefined) return;
  point.left -= 1;
  if (point.left !== 0) return;
  if (point.action === 'throw') throw new Error(`failpoint ${name}`);
  process.kill(process.pid, point.action === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  // The signal may arrive an instant after the call: not one instruction more until it does.
  if (point.action === 'kill') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
