import { type Hash, xxh32 } from '@sluice/core';
import xxhash from 'xxhash-wasm';

/** From about this many characters on, copying text into WebAssembly's memory is paid back by its speed. */
const WASM_FROM_LENGTH = 48;

let loading: Promise<Hash> | undefined;

/** The faster hash for each text: both give the same number for every text and seed. One WebAssembly instance a process. */
export function loadFastHash(): Promise<Hash> {
  loading ??= xxhash().then(
    ({ h32 }) =>
      (text, seed) =>
        text.length < WASM_FROM_LENGTH ? xxh32(text, seed) : h32(text, seed),
    // Where WebAssembly is switched off, plain JavaScript does it all.
    () => xxh32,
  );
  return loading;
}
