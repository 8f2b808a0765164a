/** What time it is at the controller: ages are reckoned by its clock, whatever this machine's says. */

let skewMillis = 0;
let tick = $state(Date.now());

setInterval(() => {
  tick = Date.now();
}, 1_000);

export const clock = {
  /** Milliseconds since 1970, moving on every second. */
  get now(): number {
    return tick + skewMillis;
  },
  /** Takes the time of something that the controller has said just now. */
  set(at: string): void {
    skewMillis = Date.parse(at) - Date.now();
    tick = Date.now();
  },
};

/** Seconds since then, by the controller's clock. */
export function ageSeconds(at: string): number {
  return Math.max(0, Math.floor((clock.now - Date.parse(at)) / 1_000));
}
