import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedLines } from '../src/target/changed-lines.ts';

const lines = (first: string, second: string) =>
  changedLines(first, second).map(({ mark, line, text }) => `${mark}${line} ${text}`);

describe('the changed lines of two texts', () => {
  it('are those that only one of them has, with their numbers there', () => {
    expect(lines('a\nb\nc\nd\ne\n', 'a\nB\nc\ne\nf\n')).toEqual(['-2 b', '+2 B', '-4 d', '+5 f']);
  });

  it('are few where two operators edited far apart', () => {
    const middle = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n');
    expect(lines(`x\n${middle}\ny\n`, `X\n${middle}\nY\n`)).toEqual(['-1 x', '+1 X', '-502 y', '+502 Y']);
  });

  it('are all between the first and the last one where both are very long', () => {
    const long = (name: string) => Array.from({ length: 2_100 }, (_, index) => `${name} ${index % 7}`).join('\n');
    expect(changedLines(long('a'), long('b'))).toHaveLength(4_200);
  });

  it('make the second text of the first, and are none of equal texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (first, second) => {
        const [before = '', after = ''] = [first, second].map((each) => each.map((line) => `${line}\n`).join(''));
        const changed = changedLines(before, after);
        const gone = new Set(changed.filter(({ mark }) => mark === '-').map(({ line }) => line));
        const kept: string[] = first.filter((_, index) => !gone.has(index + 1));
        for (const { mark, line, text: added } of changed) if (mark === '+') kept.splice(line - 1, 0, added);
        expect(kept).toEqual(second);
        if (before === after) expect(changed).toEqual([]);
      }),
    );
  });
});
