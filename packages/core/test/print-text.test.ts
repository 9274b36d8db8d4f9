import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document/document.ts';
import { parseText } from '../src/text/parse-text.ts';
import { printText } from '../src/text/print-text.ts';
import { document } from './arbitraries.ts';
import { targetedDocument } from './targeted-documents.ts';

describe('a printed document', () => {
  it('is read as the same document, as YAML and as JSON', () => {
    fc.assert(
      fc.property(fc.oneof(document, targetedDocument), fc.constantFrom('yaml', 'json'), (each, format) => {
        const { document: read } = parseText(printText(each, format as 'yaml'), { format: format as 'yaml' });
        expect(read).toEqual(each);
      }),
    );
  });

  it('is read as the same where YAML has other plans for a text', () => {
    const odd = [
      '<<',
      'on',
      'null',
      '~',
      '1e3',
      '0x10',
      '1_000',
      '- a',
      '# a',
      'a: b',
      '',
      ' a ',
      'a\nb\n',
      '{{name}}',
      '\ud83d\ude00',
    ];
    const flags = Object.fromEntries(
      odd.map((text, index): [string, object] => [
        `f${index}`,
        { variants: { a: { [text]: text, deep: [text] } }, control: 'a', description: text },
      ]),
    );
    const each = { sluice: 1, flags } as Document;
    expect(parseText(printText(each)).document).toEqual(each);
  });

  it('repeats a part that occurs twice, as an alias would hide from its editor what it changes', () => {
    const shared = { country: ['DE', 'AT'] };
    const each: Document = { sluice: 1, segments: { a: { when: shared }, b: { when: shared } } };
    expect(printText(each)).not.toContain('*');
    expect(parseText(printText(each)).document).toEqual(each);
  });
});
