/**
 * Time zones as feeds write them behind a time: `+0800`, `EDT`, `(GMT-07:00)`, `Pacific Daylight Time`,
 * `America/Los_Angeles`.
 */

/** Minutes east of UTC. North America by RFC 822; CST is US Central there, never China. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  ist: 330,
  cet: 60,
  cest: 120,
  mez: 60,
  mesz: 120,
  met: 60,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  ast: -240,
  adt: -180,
  nst: -210,
  ndt: -150,
  jst: 540,
  kst: 540,
  hkt: 480,
  sgt: 480,
  aest: 600,
  aedt: 660,
  acst: 570,
  awst: 480,
  nzst: 720,
  nzdt: 780,
  brt: -180,
  art: -180,
  sast: 120,
  pkt: 300,
  wib: 420,
  at: -240,
  et: -300,
  ct: -360,
  mt: -420,
  pt: -480,
};

/** Minutes east of UTC that `after` speaks of: what stands behind the time of day. 0 when it says nothing. */
export function zoneOf(after: string): number {
  // `--0700`, `:-0700` and `-010:00` are zones too.
  const numeric = /(?:^|[\s(:-]|GMT|UTC|UT)([+-])0?(\d{1,2}):?(\d\d)?(?!\d)/i.exec(after.replace('−', '-'));
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return numeric[1] === '-' ? -minutes : minutes;
  }
  const american = /\b(eastern|central|mountain|pacific) (standard|daylight) time/i.exec(after);
  if (american !== null) return ZONES[`${american[1]?.[0]}${american[2]?.[0]}t`.toLowerCase()] ?? 0;
  for (const word of after.toLowerCase().match(/[a-z]{1,5}/g) ?? []) {
    const zone = ZONES[word];
    if (zone !== undefined) return zone;
  }
  return 0;
}

const IANA = /\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/\w{1,30}(?:\/\w{1,30})?/;

/** `Europe/Brussels` when the text names a zone of the tz database, known or not. */
export function namedZone(text: string): string | null {
  return text.includes('/') ? (IANA.exec(text)?.[0] ?? null) : null;
}

/** UTC of what a clock on the wall shows in `zone`, as ms that pretend it were UTC. Where no zone has that name: itself. */
export function fromWallClock(zone: string, wall: number): number {
  const clock = Math.abs(wall) > 8e15 ? null : clockIn(zone);
  if (clock === null) return wall;
  // Twice: the first guess may lie on the other side of a change to summer time.
  return wall - offsetAt(clock, wall - offsetAt(clock, wall));
}

const FIGURES = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
const clocks = new Map<string, Intl.DateTimeFormat>();
let names: ReadonlySet<string> | null = null;

/** Only of names known beforehand: strangers choose them, and finding out costs more than reading the whole entry. */
function clockIn(zone: string): Intl.DateTimeFormat | null {
  names ??= new Set([...Intl.supportedValuesOf('timeZone'), ...NEWER_NAMES]);
  if (!names.has(zone)) return null;
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', { ...FIGURES, timeZone: zone, hourCycle: 'h23' });
  clocks.set(zone, clock);
  return clock;
}

/** What the platform understands but lists under an older name. */
const NEWER_NAMES = [
  'America/Argentina/Buenos_Aires',
  'America/Indiana/Indianapolis',
  'Asia/Chongqing',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];

/** How far the clock there is ahead of UTC, in ms. */
function offsetAt(clock: Intl.DateTimeFormat, ms: number): number {
  const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = (clock.format(ms).match(/\d+/g) ?? []).map(
    Number,
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}
