/** The fleet as the controller tells it, over Vert.x's event bus bridge: first everything, then what changes. */
import EventBus from '@vertx/eventbus-bridge-client.js';
import type { Feed, Node, Status } from './api';
import { clock } from './time.svelte';
import { byName } from './words';

const ADDRESS = 'swarmctl.fleet';

/** The controller speaks every two seconds: who hears nothing for so long has lost it. */
const LOST_AFTER_MILLIS = 6_000;
const LONGEST_RETRY_MILLIS = 4_000;

let nodes = $state.raw<ReadonlyMap<string, Node>>(new Map());
/** The same by name. Sorting a thousand takes longer than all else that a change needs: only when it has to be. */
let sorted = $state.raw<readonly Node[]>([]);
let status = $state.raw<Status | undefined>();
let line = $state<'connecting' | 'open' | 'lost'>('connecting');
let lostSince = $state(0);
let heardAt = $state(0);

let bus: EventBus | undefined;
let revision = -1;
let attempts = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let watch: ReturnType<typeof setInterval> | undefined;
let whenRefused = () => {};

function take(feed: Feed): void {
  if (feed.whole) {
    nodes = new Map(feed.nodes.map((node) => [node.id, node]));
    sorted = [...feed.nodes].sort(byName);
    revision = feed.revision;
    attempts = 0;
    line = 'open';
  } else if (revision < 0 || feed.revision <= revision) {
    return;
  } else if (feed.revision > revision + 1) {
    begin();
    return;
  } else {
    revision = feed.revision;
    change(feed);
  }
  status = feed.status;
  clock.set(feed.at);
  heardAt = Date.now();
}

function change(feed: Feed): void {
  if (feed.nodes.length === 0 && feed.gone.length === 0) return;
  const before = nodes;
  const next = new Map(before);
  feed.nodes.forEach((node) => next.set(node.id, node));
  feed.gone.forEach((id) => next.delete(id));
  const inPlace = feed.gone.length === 0 && feed.nodes.every((node) => before.get(node.id)?.name === node.name);
  sorted = inPlace ? sorted.map((node) => next.get(node.id) ?? node) : [...next.values()].sort(byName);
  nodes = next;
}

function begin(): void {
  end();
  revision = -1;
  const mine = new EventBus('live', { transports: ['websocket'] });
  bus = mine;
  heardAt = Date.now();
  mine.onopen = () => {
    if (bus === mine) {
      mine.registerHandler(ADDRESS, (failure, message) => {
        if (!failure && bus === mine) take(message.body as Feed);
      });
    }
  };
  mine.onclose = () => {
    if (bus === mine) lost();
  };
  mine.onerror = () => {};
  watch = setInterval(() => {
    if (Date.now() - heardAt > LOST_AFTER_MILLIS) lost();
  }, 1_000);
}

function end(): void {
  clearTimeout(retry);
  clearInterval(watch);
  const old = bus;
  bus = undefined;
  if (old) {
    old.onclose = () => {};
    try {
      old.close();
    } catch {
      // It was not open yet.
    }
  }
}

/** Tries again by itself, and asks meanwhile whether it was only the session that ended. */
function lost(): void {
  end();
  if (line !== 'lost') {
    line = 'lost';
    lostSince = heardAt;
  }
  whenRefused();
  attempts++;
  retry = setTimeout(begin, Math.min(LONGEST_RETRY_MILLIS, 250 * 2 ** attempts) * (0.5 + Math.random() / 2));
}

export const live = {
  get nodes(): ReadonlyMap<string, Node> {
    return nodes;
  },
  /** By name, as people count. */
  get sorted(): readonly Node[] {
    return sorted;
  },
  /** Undefined before anything was heard. */
  get status(): Status | undefined {
    return status;
  },
  get line(): 'connecting' | 'open' | 'lost' {
    return line;
  },
  /** When the controller was last heard before the line went, by this machine's clock. */
  get lostSince(): number {
    return lostSince;
  },
  /** @param refused is called when the line is lost, to find out whether the session has ended */
  start(refused: () => void): void {
    whenRefused = refused;
    line = 'connecting';
    attempts = 0;
    begin();
  },
  stop(): void {
    end();
    nodes = new Map();
    sorted = [];
    status = undefined;
    line = 'connecting';
  },
};
