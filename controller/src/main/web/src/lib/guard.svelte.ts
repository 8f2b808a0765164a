/** What is not saved yet is not left by mistake. */

let unsaved = $state(false);
let leaving = $state.raw<(() => void) | undefined>();

addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});

export const guard = {
  /** Whether there is something that would be lost. */
  set unsaved(now: boolean) {
    unsaved = now;
    if (!now) leaving = undefined;
  },
  /** Whether somebody is about to lose it, and has to be asked. */
  get asks(): boolean {
    return leaving !== undefined;
  },
  /** Goes on at once, or when a person has said so. */
  before(go: () => void): void {
    if (unsaved) leaving = go;
    else go();
  },
  stay(): void {
    leaving = undefined;
  },
  leave(): void {
    const go = leaving;
    unsaved = false;
    leaving = undefined;
    go?.();
  },
};
