/**
 * Keeps one person from asking too much of the database: ten commands at once, then one each two seconds.
 *
 *   const cooldown = commandCooldown();
 *   cooldown('U123', performance.now())   ->   0, or how many ms to wait; never wall time, which is set back at times
 */
const BURST = 10;
const REFILL_MS = 2000;
/** People remembered; the one who asked longest ago is forgotten first. */
const REMEMBERED = 5000;

export type Cooldown = (user: string, now: number) => number;

export function commandCooldown(): Cooldown {
  /** When each person's last command is paid off; insertion order is order of asking. */
  const paid = new Map<string, number>();
  return (user, now) => {
    const debt = Math.max(now, paid.get(user) ?? 0);
    const wait = debt + REFILL_MS - (now + BURST * REFILL_MS);
    if (wait > 0) return wait;
    paid.delete(user);
    paid.set(user, debt + REFILL_MS);
    const oldest = paid.keys().next().value;
    if (paid.size > REMEMBERED && oldest !== undefined) paid.delete(oldest);
    return 0;
  };
}
