import type { AuditEntry, Follower } from '@sluice/core';
import {
  type DocumentReceipt,
  OperationError,
  type Operations,
  type SwitchOverview,
  type SwitchReceipt,
} from './operations.ts';
import { remoteRequest } from './remote-request.ts';

export interface RemoteOptions {
  /** Secret of a token of role `operate`. @default none */
  readonly token?: string;
  /** How long one request may take, in ms. @default 5_000 */
  readonly timeoutMs?: number;
}

/**
 * The operations of the place that a server keeps, over its admin API. Errors are those that the place itself would throw;
 * one that cannot be reached, or does not let the token in, is an `Error` that says so.
 */
export function remoteOperations(serverUrl: string | URL, options: RemoteOptions = {}): Operations {
  const { name, ask } = remoteRequest(serverUrl, options);
  const post = async <Answer>(path: string, body: object, method = 'POST'): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    return JSON.parse((await ask(path, { method, headers, body: JSON.stringify(body) })).text) as Answer;
  };
  const get = async <Answer>(path: string): Promise<Answer> => JSON.parse((await ask(path)).text) as Answer;
  return {
    name,
    switches: async () => (await get<{ switches: readonly SwitchOverview[] }>('switches')).switches,
    kill: (switchOrFlag, change) => post<SwitchReceipt>('kill', { ...change, name: switchOrFlag }),
    restore: (switchOrFlag, change) => post<SwitchReceipt>('restore', { ...change, name: switchOrFlag }),
    setPercentage: (flag, change) => post<DocumentReceipt>(`flags/${segment(flag)}/percentage`, change, 'PUT'),
    promote: (flag, change) => post<DocumentReceipt>(`flags/${segment(flag)}/promote`, change),
    async document() {
      const answer = await ask('document').catch((error: unknown) => {
        if (error instanceof OperationError && error.reason === 'unknown') return undefined;
        throw error;
      });
      if (answer === undefined) return undefined;
      return { text: answer.text, revision: answer.headers.get('etag')?.slice(1, -1) ?? '' };
    },
    async replaceDocument({ text, expected, by, why }) {
      const headers: Record<string, string> = {
        'content-type': /^\s*\{/.test(text) ? 'application/json' : 'application/yaml',
        ...(expected === null ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` }),
      };
      const query = new URLSearchParams({ by, why });
      return JSON.parse(
        (await ask(`document?${query}`, { method: 'PUT', headers, body: text })).text,
      ) as DocumentReceipt;
    },
    audit: async (limit) => (await get<{ entries: readonly AuditEntry[] }>(`audit?limit=${limit}`)).entries,
    followers: async () => (await get<{ followers: readonly Follower[] | null }>('followers')).followers ?? undefined,
    // Every request is on its own.
    close: async () => {},
  };
}

function segment(name: string): string {
  return encodeURIComponent(name);
}
