import { ConflictError, DocumentError, type DocumentText, type Problem } from '@sluice/core';
import { OperationError } from './operations.ts';
import type { RemoteOptions } from './remote-operations.ts';

interface RemoteRequest {
  /** What a person calls the server. */
  readonly name: string;
  /**
   * One request to the admin API; resolves where what was asked was done.
   *
   * @throws what the place threw, where the answer says so.
   */
  ask(path: string, request?: RequestInit): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What the admin API answers with where it did not do what was asked. */
interface ErrorAnswer {
  readonly error?: string;
  readonly problems?: readonly Problem[];
  readonly expected?: string | null;
  readonly current?: DocumentText | null;
  readonly attempted?: string;
}

export function remoteRequest(serverUrl: string | URL, { token, timeoutMs = 5_000 }: RemoteOptions): RemoteRequest {
  const server = new URL(serverUrl);
  const base = new URL(`${server.pathname.replace(/\/*$/, '/')}admin/v1/`, server.origin);
  const name = `server ${server.origin}${server.pathname.replace(/\/+$/, '')}`;
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  return {
    name,
    async ask(path, request = {}) {
      const answer = await reach(name, new URL(path, base), timeoutMs, {
        ...request,
        headers: { ...(request.headers as Record<string, string>), ...authorization },
      });
      if (answer.status < 400) return answer;
      throw errorOf(name, answer);
    },
  };
}

async function reach(name: string, url: URL, timeoutMs: number, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs), ...request });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    const { name: kind, message, cause } = error as Error;
    if (kind === 'TimeoutError') throw new Error(`${name} did not answer within ${timeoutMs} ms.`, { cause: error });
    const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
    throw new Error(`${name} cannot be reached: ${why}. Is its URL right, and does it run?`, { cause: error });
  }
}

function errorOf(name: string, { status, text }: Answer): Error {
  const answer = errorIn(text);
  const message = answer.error ?? `it answered ${status} without a reason`;
  if (status === 401) return new Error(`${name} does not let this token in: ${message}`);
  if (status === 403) return new Error(`${name} lets this token in, but not for this: ${message}`);
  if (answer.attempted !== undefined) {
    const { expected = null, attempted, current } = answer;
    return new ConflictError(name, { expected, text: attempted }, current ?? undefined);
  }
  if (status === 422 && answer.problems !== undefined) return new DocumentError('The new document', answer.problems);
  if (answer.error === undefined) return new Error(`${name}: ${message}. Is it a Sluice server, with its admin API?`);
  if (status === 404) return new OperationError(message, 'unknown');
  if (status === 501) return new OperationError(message, 'unsupported');
  if (status === 400 || status === 422) return new OperationError(message);
  return new Error(`${name}: ${message}`);
}

function errorIn(text: string): ErrorAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
