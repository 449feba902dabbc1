/** What work costs, told in a way that a busy machine does not change. */

/** Work that hurts by itself does so every time; neighbours, collections of earlier garbage and cold code only now and then. */
const TRIES = 3;

/**
 * Processor time of this process while `work` runs, in ms: of the first run that needs no more than `enough`, else of the
 * quickest of three.
 */
export async function processorMs(enough: number, work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < TRIES && least > enough; run += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
