import { utf8 } from './utf8.ts';

/** An unsigned 32-bit hash of the UTF-8 bytes of `text`. Every implementation agrees with `xxh32` on every input. */
export type Hash = (text: string, seed: number) => number;

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

/**
 * XXH32 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) in plain JavaScript.
 *
 * ASCII text is hashed straight from its characters, each of which is one byte; the characters' bits are gathered on the
 * way, and text that turns out to hold others is encoded and hashed again. So the common case neither scans nor allocates.
 */
export const xxh32: Hash = (text, seed) => {
  const length = text.length;
  let seen = 0;
  let index = 0;
  let hash: number;
  if (length >= 16) {
    let a = (seed + PRIME_1 + PRIME_2) | 0;
    let b = (seed + PRIME_2) | 0;
    let c = seed | 0;
    let d = (seed - PRIME_1) | 0;
    for (; index <= length - 16; index += 16) {
      const w0 = word(text, index);
      const w1 = word(text, index + 4);
      const w2 = word(text, index + 8);
      const w3 = word(text, index + 12);
      if (w0 < 0 || w1 < 0 || w2 < 0 || w3 < 0) return xxh32Bytes(utf8(text), seed);
      a = round(a, w0);
      b = round(b, w1);
      c = round(c, w2);
      d = round(d, w3);
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  } else {
    hash = seed + PRIME_5;
  }
  hash = (hash + length) | 0;
  for (; index <= length - 4; index += 4) {
    const w = word(text, index);
    if (w < 0) return xxh32Bytes(utf8(text), seed);
    hash = Math.imul(rotate((hash + Math.imul(w, PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; index < length; index++) {
    const code = text.charCodeAt(index);
    seen |= code;
    hash = Math.imul(rotate((hash + Math.imul(code, PRIME_5)) | 0, 11), PRIME_1);
  }
  return seen > 0x7f ? xxh32Bytes(utf8(text), seed) : avalanche(hash);
};

/** Four ASCII characters as a little-endian word, which never sets the sign bit; -1 where one is not ASCII. */
function word(text: string, index: number): number {
  const a = text.charCodeAt(index);
  const b = text.charCodeAt(index + 1);
  const c = text.charCodeAt(index + 2);
  const d = text.charCodeAt(index + 3);
  return (a | b | c | d) > 0x7f ? -1 : a | (b << 8) | (c << 16) | (d << 24);
}

function xxh32Bytes(bytes: Uint8Array, seed: number): number {
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let index = 0;
  let hash: number;
  if (length >= 16) {
    let a = (seed + PRIME_1 + PRIME_2) | 0;
    let b = (seed + PRIME_2) | 0;
    let c = seed | 0;
    let d = (seed - PRIME_1) | 0;
    for (; index <= length - 16; index += 16) {
      a = round(a, view.getInt32(index, true));
      b = round(b, view.getInt32(index + 4, true));
      c = round(c, view.getInt32(index + 8, true));
      d = round(d, view.getInt32(index + 12, true));
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  } else {
    hash = seed + PRIME_5;
  }
  hash = (hash + length) | 0;
  for (; index <= length - 4; index += 4) {
    hash = Math.imul(rotate((hash + Math.imul(view.getInt32(index, true), PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; index < length; index++) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint8(index), PRIME_5)) | 0, 11), PRIME_1);
  }
  return avalanche(hash);
}

function round(accumulator: number, input: number): number {
  return Math.imul(rotate((accumulator + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function avalanche(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  value = Math.imul(value ^ (value >>> 13), PRIME_3);
  return (value ^ (value >>> 16)) >>> 0;
}
