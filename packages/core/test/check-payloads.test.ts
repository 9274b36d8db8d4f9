import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document/document.ts';
import type { Flag, Kind } from '../src/document/flag.ts';
import type { Problem } from '../src/document/problem.ts';
import { Review } from '../src/document/review.ts';
import { checkPayloads } from '../src/payload/check-payloads.ts';
import { brokenPayload } from './broken/payload.ts';

function problemsOf(flag: Flag): readonly Problem[] {
  const review = new Review();
  checkPayloads(flag, ['flags', 'f'], review);
  return review.problems;
}

const ofKind = (kind: Kind, value: unknown) => problemsOf({ kind, variants: { a: value as never }, control: 'a' });

describe('a payload', () => {
  it.each(brokenPayload)(
    'is refused where it is wrong, with what to write instead: %s',
    (_name, document, path, message) => {
      const flag = (document as Document).flags?.['f'] ?? {};
      const [problem, ...more] = problemsOf(flag);
      expect(more).toEqual([]);
      expect(problem).toMatchObject({ severity: 'error', check: 'reference', path });
      expect(problem?.message).toContain(message);
    },
  );

  it.each<[Kind, readonly unknown[]]>([
    [
      'model',
      [
        { model: 'gpt-4o', temperature: 0, top_p: 1, max_tokens: 1, frequency_penalty: -2, stop: ['a'], seed: -1 },
        { model: { name: 'gpt-4o', parameters: { temperature: 2 } }, provider: { name: 'openai' } },
        { provider: 'azure', deployment: 'x', temprature: 'unknown members are left alone', settings: {} },
        ['gpt-4o', { model: 'claude' }],
      ],
    ],
    [
      'prompt',
      [
        { messages: [{ role: 'developer', content: 'Hi {{name}}' }], model: 'gpt-4o', temperature: 1 },
        {
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: 'Hi' },
                { type: 'image_url', image_url: {} },
              ],
            },
          ],
        },
        {
          messages: [
            { role: 'assistant', content: null, tool_calls: [] },
            { role: 'tool', content: '3' },
          ],
        },
        [{ role: 'user', content: '' }],
        { system: [{ type: 'text', text: 'Be brief.' }], prompt: 'Hi', template: '' },
        { prompt: [{ role: 'system', content: 'Hi' }] },
      ],
    ],
    [
      'tool',
      [
        {
          name: 'search',
          description: 'Finds.',
          parameters: { type: 'object', properties: { q: { type: 'string' } } },
        },
        { type: 'function', function: { name: 'search', parameters: { type: 'object' } } },
        { type: 'web_search' },
        { tools: ['search', { name: 'fetch' }] },
        ['search', { name: 'mcp.fetch:1' }],
      ],
    ],
    ['parameters', [{ temperature: 1, topK: -1 }, { parameters: { minP: 0.1 }, name: 'x' }, []]],
    ['agent', [{ instructions: 'Help.', model: 'gpt-4o', tools: ['search'], maxSteps: 1 }, { tools: { search: {} } }]],
    ['release', [{ temperature: 'warm', messages: 3 }]],
  ])('of kind %s passes in every shape that its SDKs take', (kind, values) => {
    for (const value of [...values, 'text', '', 3, true]) expect(ofKind(kind, value)).toEqual([]);
  });

  it('that has a schema is checked against that alone', () => {
    const flag: Flag = { kind: 'model', schema: true, variants: { a: { temperature: 'warm' } }, control: 'a' };
    expect(problemsOf(flag)).toEqual([]);
    expect(problemsOf({ ...flag, schema: { maxProperties: 0 } })).toHaveLength(1);
  });

  it('has every problem told at once, those of other variants too', () => {
    const variants = { a: { temperature: '1', messages: [{ role: 'ai' }] }, b: { temperature: -1 } };
    expect(problemsOf({ kind: 'prompt', variants, control: 'a' }).map(({ path }) => path.slice(3).join('.'))).toEqual([
      'a.temperature',
      'a.messages.0.role',
      'a.messages.0.content',
      'b.temperature',
    ]);
  });

  it('with a role that every object has as a member is told the roles, and nothing of that member', () => {
    const [problem] = ofKind('prompt', [{ role: 'constructor', content: '' }]);
    expect(problem?.message).toBe('has to be one of system, developer, user, assistant, tool, not "constructor"');
  });

  it('that was refused already is not complained about again', () => {
    const review = new Review();
    review.refuse(['flags', 'f', 'variants', 'a'], 'broken');
    checkPayloads(
      { kind: 'model', variants: { a: { temperature: '1' }, b: { temperature: '1' } }, control: 'a' },
      ['flags', 'f'],
      review,
    );
    expect(review.problems.map(({ path }) => path.slice(3).join('.'))).toEqual(['a', 'b.temperature']);
  });

  it('is checked without anything thrown, whatever JSON it is', () => {
    const kinds = fc.constantFrom<Kind>('model', 'prompt', 'tool', 'parameters', 'agent');
    const keys = ['messages', 'role', 'content', 'tools', 'parameters', 'function', 'model', 'type', 'text'] as const;
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(kinds, json, (kind, value) => {
        for (const problem of ofKind(kind, value))
          expect(problem.path.slice(0, 4)).toEqual(['flags', 'f', 'variants', 'a']);
      }),
    );
  });
});
