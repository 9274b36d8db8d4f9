import { describe, expect, it } from 'vitest';
import { parseTokens } from '../src/serve/tokens-file.ts';

const sha256 = 'a1'.repeat(32);

describe('a file of tokens', () => {
  it('holds one token a line, with comments between', () => {
    const text = `# web\r\n{"name":"web","role":"evaluate:client","sha256":"${sha256}"}\n\n  # ops\n{"name":"ann","role":"operate","sha256":"${sha256}"}`;
    expect(parseTokens(text, 'tokens')).toEqual([
      { name: 'web', role: 'evaluate:client', sha256 },
      { name: 'ann', role: 'operate', sha256 },
    ]);
  });

  it.each([
    ['a secret', 'sluice_abc'],
    ['null', 'null'],
    ['an unknown role', `{"name":"web","role":"admin","sha256":"${sha256}"}`],
    ['no name', `{"name":"","role":"operate","sha256":"${sha256}"}`],
    ['a short hash', `{"name":"web","role":"operate","sha256":"${sha256.slice(2)}"}`],
    ['a list', '[1]'],
  ])('with %s in a line is refused, and the line is named but not repeated', (_, line) => {
    expect(() => parseTokens(`# first\n${line}\n`, 'tokens')).toThrow('tokens:2 is no token. A line is {"name":"web"');
    expect(() => parseTokens(`# first\n${line}\n`, 'tokens')).not.toThrow('sluice_abc');
  });
});
