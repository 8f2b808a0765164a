/** How numbers and names are written for people. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s`, `3 min`, `2 h`, `5 d`: one unit is enough for an age. */
export function age(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} d`;
}

/** A measured value, with as many digits as mean something: `15,012`, `117`, `11.6`, `0.42`. */
export function figure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `0.4 s`, `31 s`, `2 min 05 s`: how long something took. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 2 * HOUR) return `${Math.floor(whole / MINUTE)} min ${String(whole % MINUTE).padStart(2, '0')} s`;
  return `${Math.floor(whole / HOUR)} h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, '0')} min`;
}

export function bytes(count: number): string {
  if (count >= 1 << 30) return `${(count / 2 ** 30).toFixed(count >= 10 * 2 ** 30 ? 0 : 1)} GB`;
  return `${Math.round(count / 2 ** 20)} MB`;
}

/** `Raspberry Pi 3 Model B Plus Rev 1.3` is `Pi 3B+`. */
export function model(full: string): string {
  const found = /^Raspberry Pi (?:(\d+) )?(?:Model )?(.*?)(?: Rev [\d.]+)?$/.exec(full);
  if (!found) return full || 'unknown model';
  const kind = (found[2] ?? '').replace(/^(\d+)? ?Model /, '$1').replace(/ Plus$/, '+');
  return `Pi ${found[1] ?? ''}${kind}`.trim();
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** `a worker`, `an edge`. */
export const a = (name: string): string => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;

/** Of a key, in groups that can be read out. */
export const fingerprint = (key: string): string => key.replace(/(.{4})(?=.)/g, '$1 ');

/** How many managers may fail. */
export const margin = (spare: number): string => (spare === 0 ? 'none may fail' : `${spare === 1 ? 'one' : spare} may fail`);

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DATE = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

export const time = (at: string | number): string => TIME.format(new Date(at));
export const date = (at: string | number): string => DATE.format(new Date(at));

/** Names as people count: pi-2 before pi-10. */
const COLLATOR = new Intl.Collator('en', { numeric: true });
export const byName = (a: { name: string }, b: { name: string }): number => COLLATOR.compare(a.name, b.name);
