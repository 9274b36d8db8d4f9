import { paddedMessage } from './padded-message.ts';

// RFC 1321, section 3.4. Written out, because engines may differ in the last bits of a sine.
const SINES: Int32Array = Int32Array.from([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
  0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
  0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
  0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
  0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
  0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
  0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
  0xeb86d391,
]);
const ROTATIONS: readonly number[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** MD5 (RFC 1321) of the UTF-8 bytes of a text; its four words are written to `digest`. */
export function md5(text: string, digest: Int32Array): void {
  const message = paddedMessage(text, 0);
  let h0 = 0x67452301;
  let h1 = 0xefcdab89 | 0;
  let h2 = 0x98badcfe | 0;
  let h3 = 0x10325476;
  for (let block = 0; block < message.length; block += 16) {
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    for (let t = 0; t < 64; t++) {
      let f: number;
      let word: number;
      if (t < 16) {
        f = (b & c) | (~b & d);
        word = t;
      } else if (t < 32) {
        f = (d & b) | (~d & c);
        word = (5 * t + 1) & 15;
      } else if (t < 48) {
        f = b ^ c ^ d;
        word = (3 * t + 5) & 15;
      } else {
        f = c ^ (b | ~d);
        word = (7 * t) & 15;
      }
      const sum = (a + f + (SINES[t] as number) + (message[block + word] as number)) | 0;
      const bits = ROTATIONS[((t >> 4) << 2) | (t & 3)] as number;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << bits) | (sum >>> (32 - bits)))) | 0;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
  }
  digest[0] = h0;
  digest[1] = h1;
  digest[2] = h2;
  digest[3] = h3;
}

const digest = new Int32Array(4);

/** The digest read as one number, first byte first, modulo a number up to 2^15. */
export function md5Modulo(text: string, modulus: number): number {
  md5(text, digest);
  let rest = 0;
  for (let index = 0; index < 4; index++) {
    const word = digest[index] as number;
    // Two bytes a time: with a rest of 15 bits before them they are a positive 32-bit integer.
    rest = ((rest << 16) | ((word & 0xff) << 8) | ((word >>> 8) & 0xff)) % modulus;
    rest = ((rest << 16) | ((word >>> 8) & 0xff00) | (word >>> 24)) % modulus;
  }
  return rest;
}
