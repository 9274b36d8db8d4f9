import { createHmac } from 'node:crypto';
import { type AttributeReader, attributeReader } from '@sluice/core';
import { LRUCache } from 'lru-cache';

const readers = new LRUCache<string, AttributeReader>({ max: 100 });

/** The unit that a context attribute names, read as core reads it for bucketing; `undefined` where there is none. */
export function unitOf(context: Readonly<Record<string, unknown>>, attribute: string): string | undefined {
  const unit = attribute === 'targetingKey' ? context['targetingKey'] : readerOf(attribute)(context);
  if (typeof unit === 'string') return unit === '' ? undefined : unit;
  return Number.isSafeInteger(unit) ? String(unit) : undefined;
}

function readerOf(attribute: string): AttributeReader {
  let reader = readers.get(attribute);
  if (reader === undefined) {
    reader = attributeReader(attribute);
    readers.set(attribute, reader);
  }
  return reader;
}

/**
 * Hashes units as they are stored: HMAC-SHA256 under the key, its first 16 bytes as base64url. Whoever lacks the key
 * cannot tell whether a given person is in the records.
 */
export function unitHasher(key: Uint8Array): (unit: string) => string {
  const hashes = new LRUCache<string, string>({ max: 50_000 });
  return (unit) => {
    let hash = hashes.get(unit);
    if (hash === undefined) {
      hash = createHmac('sha256', key).update(unit).digest().subarray(0, 16).toString('base64url');
      hashes.set(unit, hash);
    }
    return hash;
  };
}
