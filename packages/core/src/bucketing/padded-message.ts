import { utf8 } from './utf8.ts';

const BLOCK_WORDS = 16;
const SHORT_BLOCKS = 8;

// So a short text leaves nothing to collect. Nothing waits while a hash is made, so the space is free again after it.
const space = new ArrayBuffer(4 * BLOCK_WORDS * SHORT_BLOCKS);
const shortMessages: readonly Int32Array[] = Array.from(
  { length: SHORT_BLOCKS },
  (_, index) => new Int32Array(space, 0, BLOCK_WORDS * (index + 1)),
);

/**
 * The UTF-8 bytes of a text in 32-bit words, padded to whole blocks of sixteen as SHA-1 and MD5 ask: a one bit, zeros, and the
 * length in bits. The words are good until the next text is padded.
 * @param flip 3 where a word's first byte is its highest, 0 where it is its lowest
 */
export function paddedMessage(text: string, flip: 0 | 3): Int32Array {
  const length = text.length;
  const words = blankFor(length);
  let seen = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    seen |= code;
    words[index >> 2] = (words[index >> 2] as number) | (code << (((index & 3) ^ flip) << 3));
  }
  return seen > 0x7f ? ofBytes(utf8(text), flip) : ended(words, length, flip);
}

function ofBytes(bytes: Uint8Array, flip: 0 | 3): Int32Array {
  const words = blankFor(bytes.length);
  for (let index = 0; index < bytes.length; index++) {
    words[index >> 2] = (words[index >> 2] as number) | ((bytes[index] as number) << (((index & 3) ^ flip) << 3));
  }
  return ended(words, bytes.length, flip);
}

function blankFor(length: number): Int32Array {
  // The one bit takes a byte, and the length eight.
  const blocks = Math.ceil((length + 9) / (4 * BLOCK_WORDS));
  return shortMessages[blocks - 1]?.fill(0) ?? new Int32Array(blocks * BLOCK_WORDS);
}

function ended(words: Int32Array, length: number, flip: 0 | 3): Int32Array {
  words[length >> 2] = (words[length >> 2] as number) | (0x80 << (((length & 3) ^ flip) << 3));
  const low = flip === 0 ? words.length - 2 : words.length - 1;
  words[low] = length << 3;
  words[low ^ 1] = length >>> 29;
  return words;
}
