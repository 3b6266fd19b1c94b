/** Times as Vault reads them, by the rules of Go's standard library and of Vault's own shorthands. */

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const DAY = 24 * 3600;

/** What Vault can hold, about: 285 years. */
const LONGEST = 9_000_000_000;

/**
 * A duration such as `90s`, `1h30m`, `1.5h`, `2d`, or a number of seconds; empty is none.
 *
 * @returns seconds; `undefined` where Vault refuses it, and where it is negative or longer than 285 years
 */
export function durationSeconds(text: string): number | undefined {
  const seconds = parsedSeconds(text);
  return seconds !== undefined && seconds <= LONGEST ? seconds : undefined;
}

function parsedSeconds(text: string): number | undefined {
  if (text === '') return 0;
  if (/^\d+$/.test(text)) return Number(text);
  const days = /^(\d+)d$/.exec(text);
  if (days) return Number(days[1]) * DAY;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let seconds = 0;
  while (part.lastIndex < text.length) {
    const [, number, unit] = part.exec(text) ?? [];
    if (number === undefined || unit === undefined) return undefined;
    seconds += Number(number) * (SECONDS[unit] as number);
  }
  // To nanoseconds, which is what Vault counts in.
  return Number(seconds.toFixed(9));
}

const RFC3339 =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * A point in time: RFC 3339 such as `2027-01-31T12:00:00Z`, or a number of seconds since 1970.
 *
 * @returns milliseconds since 1970; `undefined` where it is neither
 */
export function absoluteTime(text: string): number | undefined {
  if (/^-?\d{1,12}$/.test(text)) return Number(text) * 1000;
  const [, date, time, zone] = RFC3339.exec(text) ?? [];
  if (date === undefined) return undefined;
  const midnight = new Date(`${date}T00:00:00Z`);
  // 30 February is no day, and yet JavaScript reads it.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return undefined;
  const milliseconds = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
