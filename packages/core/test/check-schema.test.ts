import { describe, expect, it } from 'vitest';
import { Review } from '../src/document/review.ts';
import { applySchema } from '../src/payload/apply-schema.ts';
import { checkSchema } from '../src/payload/check-schema.ts';

function messagesOf(schema: unknown): readonly string[] {
  const review = new Review();
  checkSchema(schema, [], review);
  return review.problems.map(({ path, message }) => `${path.join('.')} ${message}`);
}

function misfits(schema: unknown, value: unknown): readonly string[] {
  const review = new Review();
  const checked = checkSchema(schema, ['schema'], review);
  expect(review.problems).toEqual([]);
  if (checked !== undefined) applySchema(checked, value, ['value'], review);
  return review.problems.map(({ path, message }) => `${path.join('.')} ${message}`);
}

const chain = (length: number) => {
  const link = (index: number) => (index === length ? {} : { $ref: `#/$defs/d${index + 1}` });
  return Object.fromEntries(Array.from({ length: length + 1 }, (_, index) => [`d${index}`, link(index)]));
};

describe('a schema', () => {
  it('may refer to itself from within a property or an item, as trees do', () => {
    const tree = { type: 'object', properties: { children: { items: { $ref: '#' } }, name: { type: 'string' } } };
    expect(misfits(tree, { children: [{ name: 'a', children: [{ name: 'b' }] }] })).toEqual([]);
    expect(misfits(tree, { children: [{ children: [{ name: 3 }] }] })).toEqual([
      'value.children.0.children.0.name has to be of type string, not 3',
    ]);
  });

  it('may name its parts by pointer, by anchor, and with characters that a pointer writes differently', () => {
    const $defs = { 'a/b c': { const: 1 }, named: { $anchor: 'low', const: 2 } };
    const schema = { $defs, prefixItems: [{ $ref: '#/$defs/a~1b%20c' }, { $ref: '#/$defs/a~1b c' }, { $ref: '#low' }] };
    expect(misfits(schema, [1, 1, 2])).toEqual([]);
    expect(misfits(schema, [2, 2, 1])).toHaveLength(3);
  });

  it('is refused where references follow one another without end or nearly so, and the stack bears it', () => {
    expect(messagesOf({ $defs: chain(20), $ref: '#/$defs/d0' })).toEqual([]);
    expect(messagesOf({ $defs: chain(40) })).toEqual([
      expect.stringMatching(/^\$defs\.d\d+ begins a chain of more than 32 schemas/),
    ]);
    const forwards = { $ref: '#/$defs/d0', $defs: chain(20_000) };
    const backwards = { $defs: Object.fromEntries(Object.entries(chain(20_000)).reverse()) };
    for (const long of [forwards, backwards]) expect(messagesOf(long)[0]).toContain('begins a chain of more than 32');
    expect(messagesOf({ if: { not: { $ref: '#' } } })[0]).toContain('leads back to itself');
  });

  it('is refused where it holds itself', () => {
    const schema: Record<string, unknown> = {};
    schema['allOf'] = [schema, schema];
    expect(messagesOf(schema)).toEqual([
      'allOf.0 is nested too deep; make the schema flatter',
      'allOf.1 is nested too deep; make the schema flatter',
    ]);
  });

  it('whose references double with each step is given up, not waited for', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => {
        const next = index === 29 ? {} : { $ref: `#/$defs/d${index + 1}` };
        return [`d${index}`, { properties: { next: { allOf: [next, next] } } }];
      }),
    );
    const value = JSON.parse(`${'{"next":'.repeat(30)}1${'}'.repeat(30)}`);
    expect(misfits({ $defs, $ref: '#/$defs/d0' }, value)).toEqual([
      'value cannot be checked against its schema: it follows more than 20000 references; make the schema simpler',
    ]);
  });

  it('is not written to', () => {
    const schema = Object.freeze({
      $id: 'https://acme.com/a',
      properties: Object.freeze({ a: Object.freeze({ $ref: '#' }) }),
    });
    expect(misfits(schema, { a: {} })).toEqual([]);
    expect(Reflect.ownKeys(schema)).toEqual(['$id', 'properties']);
  });

  it('may hold what means nothing, keywords that objects inherit included', () => {
    expect(messagesOf({ title: 't', 'x-tra': [], constructor: {}, format: 'constructor', $schema: 'draft' })).toEqual(
      [],
    );
    expect(misfits({ required: ['constructor'] }, {})).toEqual([
      'value needs "constructor", which the flag\'s schema requires',
    ]);
  });

  it('tells one problem where several schemas could have fitted, and every problem elsewhere', () => {
    const text = { type: 'string' };
    const schema = {
      properties: {
        contains: { anyOf: [text, { properties: { a: text }, required: ['b'] }] },
        list: { contains: text, minContains: 1 },
        names: { propertyNames: { pattern: '^a' } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of that name
        n: { if: { minimum: 5 }, then: { multipleOf: 5 } },
      },
    };
    expect(misfits(schema, { contains: { a: 1 }, list: [1], names: { b: 1 }, n: 7 })).toEqual([
      'value.contains is an object and fits none of the 2 schemas under anyOf; make it fit one',
      expect.stringMatching(/^value\.list does not fit the flag's schema at #\/properties\/list\/minContains/),
      expect.stringMatching(/^value\.names does not fit the flag's schema at .*propertyNames: Property name "b"/),
      'value.n has to be a multiple of 5, not 7',
    ]);
  });

  it('tells a problem once that several of its parts see', () => {
    const text = { type: 'string' };
    expect(misfits({ allOf: [text, text, { anyOf: [text] }] }, 1)).toEqual([
      'value has to be of type string, not 1',
      'value is 1 and fits none of the 1 schemas under anyOf; make it fit one',
    ]);
  });

  it('tells at most 20 problems of one payload, and of a text that is no Unicode that it cannot be checked', () => {
    expect(
      misfits(
        { items: { type: 'string' } },
        Array.from({ length: 50 }, () => 1),
      ),
    ).toHaveLength(20);
    expect(misfits({ additionalProperties: false }, { '\ud800': 1 })[0]).toContain('cannot be checked');
  });
});
