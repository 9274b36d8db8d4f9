import { createHash, timingSafeEqual } from 'node:crypto';
import type { Token } from './token.ts';

/** Of nothing: what comes out where a shell had no value for the secret. */
const EMPTY = createHash('sha256').digest('hex');

/** A token ready to be compared. */
export interface KnownToken extends Token {
  readonly hash: Buffer;
}

/** @throws {Error} for tokens that cannot be told apart or can never fit. */
export function knownTokens(tokens: readonly Token[]): readonly KnownToken[] {
  const names = new Set<string>();
  const hashes = new Set<string>();
  for (const { name, sha256 } of tokens) {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new Error(`Token ${name}: sha256 has to be 64 lower-case hex digits, as \`sha256sum\` prints them.`);
    }
    if (sha256 === EMPTY)
      throw new Error(`Token ${name} has an empty secret, which anybody can send; make it a new one.`);
    if (names.has(name))
      throw new Error(`There are two tokens named ${name}; the audit trail could not tell them apart.`);
    if (hashes.has(sha256)) throw new Error(`Token ${name} has the same secret as another; give each its own.`);
    names.add(name);
    hashes.add(sha256);
  }
  return tokens.map((token) => ({ ...token, hash: Buffer.from(token.sha256, 'hex') }));
}

/** Compares with every token, whichever fits, so that the time taken tells nothing of any. */
export function findToken(tokens: readonly KnownToken[], secret: string): KnownToken | undefined {
  const given = createHash('sha256').update(secret).digest();
  let found: KnownToken | undefined;
  for (const token of tokens) if (timingSafeEqual(token.hash, given)) found = token;
  return found;
}

/** The secret of `Authorization: Bearer …` or, without it, of `X-API-Key`. */
export function secretIn(authorization: string | undefined, apiKey: string | undefined): string | undefined {
  if (authorization === undefined) return apiKey;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
}
