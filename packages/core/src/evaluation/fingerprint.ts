import { xxh32 } from '../bucketing/hash.ts';

/**
 * Sixteen hexadecimal digits that change with the content of a JSON value and not with the order in which keys were
 * written. Not a signature: made to tell versions apart. It walks the value and builds no text, because every flag of a
 * document is fingerprinted whenever the document is loaded.
 */
export function fingerprint(value: unknown): string {
  return hexadecimal(digest(value, 0)) + hexadecimal(digest(value, 0x5157ce));
}

function hexadecimal(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function digest(value: unknown, seed: number): number {
  if (typeof value === 'string') return xxh32(value, seed);
  // Another seed, or the number 1 would be the text "1".
  if (typeof value !== 'object' || value === null) return xxh32(String(value), seed + 1);
  if (Array.isArray(value)) {
    let list = seed + 2;
    for (const entry of value) list = mix(list, digest(entry, seed));
    return list;
  }
  let sum = seed + 3;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    // A sum is the same in any order.
    if (member !== undefined) sum = (sum + mix(xxh32(key, seed), digest(member, seed))) | 0;
  }
  return mix(sum, seed);
}

/** Depends on both and on which is which: multiplied by odd numbers and folded, as xxh32 ends. */
function mix(left: number, right: number): number {
  let mixed = Math.imul(left, 0x9e3779b1) ^ right;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae3d);
  return mixed ^ (mixed >>> 16);
}
