import { describe, expect, it } from 'vitest';
import { withoutRefused } from '../src/without-refused.ts';

const long = 'x'.repeat(300);
const named = (name: string) => ({ rules: [{ when: { inSegment: name }, serve: 'on' }] });

describe('what is left of a document', () => {
  it('has neither what is refused nor what names it', () => {
    const refused: string[] = [];
    const document = withoutRefused(
      {
        sluice: 1,
        segments: {
          broken: { when: { [long]: 1 } },
          outer: { when: { inSegment: 'broken' } },
          sound: { when: { a: 1 } },
        },
        flags: { one: named('outer'), two: named('sound'), three: { prerequisites: { one: ['on'] } }, [long]: {} },
      },
      (part, name) => refused.push(`${part} ${name.slice(0, 8)}`),
    );
    expect(document).toEqual({ sluice: 1, segments: { sound: { when: { a: 1 } } }, flags: { two: named('sound') } });
    expect(refused.toSorted()).toEqual([
      'flags one',
      'flags three',
      'flags xxxxxxxx',
      'segments broken',
      'segments outer',
    ]);
  });

  it('is nothing where no flag is, or what is refused is neither flag nor segment', () => {
    expect(withoutRefused({ sluice: 1, flags: { [long]: {} } }, () => {})).toBeUndefined();
    expect(withoutRefused({ sluice: 1, version: long, flags: { one: {} } }, () => {})).toBeUndefined();
  });
});
