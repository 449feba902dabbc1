/** What work costs, told in a way that a busy machine does not change. */

/** Processor time of this process while `work` runs, in ms. Vitest gives each test file a process of its own. */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
