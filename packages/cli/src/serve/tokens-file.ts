import type { Role, Token } from '@sluice/server';
import { exitCodes, Failure } from '../failure.ts';

export const roles: readonly Role[] = ['evaluate', 'evaluate:client', 'ingest', 'operate'];

/** One token a line, as JSON; empty lines and those that begin with # are skipped. */
export function parseTokens(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const token = parseToken(line);
    if (token === undefined) {
      const form = '{"name":"web","role":"evaluate","sha256":"<64 hex digits>"}';
      const message = `${file}:${index + 1} is no token. A line is ${form}, as sluice token prints it; roles: ${roles.join(', ')}.`;
      throw new Failure(exitCodes.refused, message);
    }
    tokens.push(token);
  }
  return tokens;
}

function parseToken(line: string): Token | undefined {
  let value: Partial<Record<keyof Token, unknown>> | null;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { name, sha256, role: given } = value ?? {};
  const role = roles.find((each) => each === given);
  if (role === undefined || typeof name !== 'string' || name === '') return undefined;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  return { name, role, sha256 };
}
