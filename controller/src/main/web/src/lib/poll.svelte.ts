/** Asks again when the fleet has changed, and now and then without; one request at a time, and never after the end. */
import { live } from './live.svelte';

const SOON_MILLIS = 700;
const LATER_MILLIS = 15_000;

/**
 * To be called while a component is made.
 *
 * @param when says what a change of makes it ask again; called in an effect
 */
export function keepAsking(ask: (signal: AbortSignal) => Promise<void>, when: () => unknown): void {
  $effect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let again = false;
    const now = async (): Promise<void> => {
      clearTimeout(timer);
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      again = false;
      await ask(stop.signal).catch(() => undefined);
      busy = false;
      if (!stop.signal.aborted) timer = setTimeout(() => void now(), again ? SOON_MILLIS : LATER_MILLIS);
    };
    let first = true;
    const watching = $effect.root(() => {
      $effect(() => {
        when();
        void live.line;
        if (first) {
          first = false;
          void now();
        } else if (busy) {
          again = true;
        } else {
          clearTimeout(timer);
          timer = setTimeout(() => void now(), SOON_MILLIS);
        }
      });
    });
    return () => {
      watching();
      stop.abort();
      clearTimeout(timer);
    };
  });
}
