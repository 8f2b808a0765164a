/** Where one is: the part of the address after #. Nothing secret is ever in it. */
import { guard } from './guard.svelte';

const VIEWS = ['roles', 'arrivals', 'timeline', 'report', 'swarm', 'settings'] as const;

export type Route =
  | { view: 'fleet' | (typeof VIEWS)[number] }
  | { view: 'node'; name: string };

function read(): Route {
  const [, first = '', second = ''] = location.hash.replace(/^#/, '').split('/');
  if (first === 'nodes' && second) {
    return { view: 'node', name: decodeURIComponent(second) };
  }
  return { view: VIEWS.find((view) => view === first) ?? 'fleet' };
}

let current = $state<Route>(read());
let positions = new Map<string, number>();
let from = location.hash;

addEventListener('scroll', () => positions.set(from, scrollY), { passive: true });
addEventListener('hashchange', () => {
  const wanted = location.hash;
  if (wanted === from) return;
  let gone = false;
  guard.before(() => {
    if (gone) location.hash = wanted;
    else arrive();
  });
  if (guard.asks) {
    gone = true;
    history.replaceState(null, '', from || '#/');
  }
});

function arrive(): void {
  from = location.hash;
  current = read();
  const back = positions.get(from) ?? 0;
  requestAnimationFrame(() => scrollTo(0, current.view === 'fleet' ? back : 0));
}

export const route = {
  get at(): Route {
    return current;
  },
};

export const nodePath = (name: string): string => `#/nodes/${encodeURIComponent(name)}`;
