/** How the page asks the controller for something: with the session's cookie, and a header that only it can send. */
import type { LineProblem } from './shapes';

/** Why a request was not answered, and what to do instead. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly remedy: string,
    /** Of a text that was sent, where it is wrong. */
    readonly lines: readonly LineProblem[] = [],
  ) {
    super(detail);
  }
}

const BASE = 'api/v1';
/** How long a request may take, unless it waits for something. */
export const LONGEST_MILLIS = 20_000;

let whenLoggedOut = () => {};

/** To be told when the controller does not know the session any more. */
export function onLoggedOut(listener: () => void): void {
  whenLoggedOut = listener;
}

export interface Options {
  body?: unknown;
  /** A body that is not JSON. */
  yaml?: string;
  token?: string;
  signal?: AbortSignal;
  longestMillis?: number;
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { 'X-Swarmctl': 'dashboard' };
  if (options.body !== undefined || options.yaml !== undefined) {
    headers['Content-Type'] = options.yaml === undefined ? 'application/json' : 'application/yaml';
  }
  if (options.token) {
    headers['Authorization'] = `Bearer ${options.token}`;
  }
  const timeout = AbortSignal.timeout(options.longestMillis ?? LONGEST_MILLIS);
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers,
    body: options.yaml ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((failure: unknown) => {
    if (options.signal?.aborted) {
      throw failure;
    }
    throw new Problem(0, 'the controller does not answer', 'the page tries again by itself');
  });
  if (!response.ok) {
    if (response.status === 401 && !options.token) {
      whenLoggedOut();
    }
    throw await problem(response);
  }
  return response;
}

async function problem(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as { detail?: string; remedy?: string; problems?: LineProblem[] };
  const detail = said.detail ?? `the controller answered ${response.status}`;
  return new Problem(response.status, detail, said.remedy ?? '', said.problems ?? []);
}

export async function ask<T>(method: string, path: string, options: Options = {}): Promise<T> {
  return (await (await send(method, path, options)).json()) as T;
}

export async function askForText(path: string, signal?: AbortSignal): Promise<string> {
  return (await send('GET', path, { signal })).text();
}
