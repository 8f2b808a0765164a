/** The roles that there are. They change rarely: asked for again now and then. */
import { api, type Role } from './api';
import { keepAsking } from './poll.svelte';

/** To be called while a component is made. */
export function fleetRoles(): { readonly all: readonly Role[] } {
  let roles = $state.raw<readonly Role[]>([]);
  keepAsking(
    async (signal) => {
      roles = (await api.roles(signal)).roles;
    },
    () => undefined,
  );
  return {
    get all() {
      return roles;
    },
  };
}
