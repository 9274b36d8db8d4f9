/**
 * MurmurHash3 x86 32 over the low byte of each UTF-16 unit, as `murmurhash3js` has it: 'é' is the byte E9 and '漢' is 22. The
 * same as over UTF-8 for ASCII only.
 */
export function murmur3OfLowBytes(text: string, seed: number): number {
  const length = text.length;
  const tail = length & ~3;
  let hash = seed;
  for (let index = 0; index < tail; index += 4) {
    hash = mix(
      hash,
      (text.charCodeAt(index) & 0xff) |
        ((text.charCodeAt(index + 1) & 0xff) << 8) |
        ((text.charCodeAt(index + 2) & 0xff) << 16) |
        (text.charCodeAt(index + 3) << 24),
    );
  }
  let word = 0;
  for (let index = tail; index < length; index++) word |= (text.charCodeAt(index) & 0xff) << ((index - tail) << 3);
  return finish(hash ^ scramble(word) ^ length);
}

/**
 * MurmurHash3 x86 32 over UTF-16 units that overlap, as `imurmurhash` has it: the high byte of a unit falls on the low byte of
 * the next, and that of a word's last unit on the word's first byte. A tail whose third unit is U+8000 or above makes the
 * word negative, and that package leaves it out. The same as over UTF-8 for ASCII only.
 */
export function murmur3OfUnits(text: string): number {
  const length = text.length;
  const tail = length & ~3;
  let hash = 0;
  for (let index = 0; index < tail; index += 4) {
    const last = text.charCodeAt(index + 3);
    hash = mix(
      hash,
      text.charCodeAt(index) ^
        (text.charCodeAt(index + 1) << 8) ^
        (text.charCodeAt(index + 2) << 16) ^
        (last << 24) ^
        (last >> 8),
    );
  }
  let word = 0;
  for (let index = tail; index < length; index++) word ^= text.charCodeAt(index) << ((index - tail) << 3);
  return finish(hash ^ (word > 0 ? scramble(word) : 0) ^ length);
}

function mix(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  return Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
}

function finish(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
