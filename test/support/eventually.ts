/** How long a condition is waited for: only a failure takes so long, and a machine may be busy with other work. */
export const PATIENT = { timeout: 30_000, interval: 5 };
