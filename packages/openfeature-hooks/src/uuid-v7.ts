import { randomFillSync } from 'node:crypto';

const RANDOM_BYTES_PER_ID = 8;
const LATEST_MS = 2 ** 48 - 1;
const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Makes UUIDs of version 7 (RFC 9562) for times in ms since the epoch. Each is greater than the one before, also where
 * the clock stands still or goes back: the 12 bits after the time count the ids of a millisecond (the RFC's method 1), and
 * when they are used up the time moves on by one.
 *
 * Randomness comes in blocks, because asking the system for eight bytes costs more than all the rest.
 */
export function uuidV7Generator(): (at: number) => string {
  const random = new Uint8Array(RANDOM_BYTES_PER_ID * 512);
  let offset = random.length;
  let last = 0;
  let prefix = '00000000-0000-7';
  let counter = 0;

  const byte = (): number => random[offset++] as number;

  function moveTo(at: number): void {
    last = at;
    counter = 0;
    const time = at.toString(16).padStart(12, '0');
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }

  return (at) => {
    if (offset + RANDOM_BYTES_PER_ID > random.length) {
      randomFillSync(random);
      offset = 0;
    }
    if (at > last) moveTo(Math.min(at, LATEST_MS));
    else if (counter === 0xfff) moveTo(Math.min(last + 1, LATEST_MS));
    else counter += 1;
    const high = hex[counter >> 8]?.charAt(1);
    const variant = hex[0x80 | (byte() & 0x3f)];
    let tail = '';
    for (let index = 0; index < 6; index += 1) tail += hex[byte()];
    return `${prefix}${high}${hex[counter & 0xff]}-${variant}${hex[byte()]}-${tail}`;
  };
}
