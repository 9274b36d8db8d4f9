import { randomBytes } from 'node:crypto';
import type { Sink } from '@sluice/core';
import { warnOnce } from './warn-once.ts';

/** A key shorter than this could be guessed by trying. */
const SHORTEST_KEY_BYTES = 16;

/** @throws {RangeError} for a key that is too short. */
export function givenKey(key: Uint8Array | string): Uint8Array {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'utf8') : key;
  if (bytes.length >= SHORTEST_KEY_BYTES) return bytes;
  throw new RangeError(
    `createRecorder: key has ${bytes.length} bytes and needs at least ${SHORTEST_KEY_BYTES}; ` +
      'make one with: openssl rand -hex 32',
  );
}

/**
 * The key that the sink keeps, or a random one of this process. The second is no error, because recording never stops
 * the application; but nothing made with it means anything to another process, so a warning says so.
 */
export function keyOf(sink: Sink): Uint8Array {
  let reason = `the sink ${sink.name} keeps none`;
  try {
    const key = sink.key?.();
    if (key !== undefined) return givenKey(key);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  warnOnce(
    'SLUICE_EPHEMERAL_KEY',
    'Sluice records with a random key: feedback tokens and hashed units of this process will match no other process. ' +
      `Give createRecorder a key. Reason: ${reason}`,
  );
  return randomBytes(32);
}
