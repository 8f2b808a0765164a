/** Who is logged in. The token is exchanged for a cookie that no script can read, and kept nowhere here. */
import { api, onLoggedOut, Problem, type Session } from './api';
import { live } from './live.svelte';

let session = $state.raw<Session | undefined>();
let known = $state(false);
let ended = $state(false);

function leave(): void {
  if (session) ended = true;
  session = undefined;
  live.stop();
}

onLoggedOut(leave);

function enter(opened: Session): void {
  session = opened;
  ended = false;
  live.start(() => void check());
}

async function check(): Promise<void> {
  await api.session().catch(() => undefined);
}

export const me = {
  get session(): Session | undefined {
    return session;
  },
  /** Whether it is known yet if somebody is logged in. */
  get known(): boolean {
    return known;
  },
  /** Whether a session has ended that was open on this page. */
  get ended(): boolean {
    return ended;
  },
  get mayOperate(): boolean {
    return session !== undefined && session.level !== 'viewer';
  },
  get mayAdminister(): boolean {
    return session?.level === 'admin';
  },
  async begin(): Promise<void> {
    try {
      enter(await api.session());
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 0) {
        setTimeout(() => void this.begin(), 2_000);
        return;
      }
    }
    known = true;
  },
  async login(token: string): Promise<void> {
    enter(await api.login(token));
  },
  async logout(everywhere: boolean): Promise<void> {
    await (everywhere ? api.logoutEverywhere() : api.logout());
    leave();
    ended = false;
  },
};
