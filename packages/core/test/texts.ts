import fc from 'fast-check';

/** Strings of every kind: ASCII, well-formed, and any UTF-16 units, half surrogate pairs among them. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 80 })
    .map((codes) => String.fromCharCode(...codes)),
);

/** A text for every length around the ends of blocks, ASCII and with one character that is not, wherever it stands. */
export function* textsAroundBlocks(): Generator<string> {
  for (let length = 0; length <= 140; length++) yield 'a'.repeat(length);
  for (let length = 1; length <= 70; length++) {
    for (let position = 0; position < length; position++) {
      for (const odd of ['é', '\uffff', '\ud800', '😀']) {
        yield 'a'.repeat(position) + odd + 'b'.repeat(length - position - 1);
      }
    }
  }
}
