import xxhash from 'xxhash-wasm';
import type { Hash } from '../src/bucketing/hash.ts';

const wasm = await xxhash();

/** xxh32 as somebody else wrote it. */
export const oracle: Hash = (text, seed) => wasm.h32(text, seed) >>> 0;
