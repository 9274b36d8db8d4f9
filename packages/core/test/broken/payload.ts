import { inFlag, type Row } from './row.ts';

const of = (kind: string, value: unknown): object =>
  inFlag({ kind, requires: [], variants: { a: value }, control: 'a' });
const at = (...path: readonly (string | number)[]) => ['flags', 'f', 'variants', 'a', ...path];
const says = (role: unknown): object => of('prompt', { messages: [{ role, content: 'Hi' }] });
const under = (schema: unknown, value: unknown = 'x'): object =>
  inFlag({ schema, variants: { a: value }, control: 'a' });
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });

/** Payloads that their flag's kind or schema refuses, and schemas that refuse themselves. */
export const brokenPayload: readonly Row[] = [
  [
    'a temperature in quotes',
    of('model', { model: 'gpt-4o', temperature: '0.2' }),
    at('temperature'),
    'has to be a number from 0 to 2, not "0.2"; write 0.2 without quotes',
  ],
  ['a temperature above 2', of('parameters', { temperature: 20 }), at('temperature'), 'from 0 to 2, not 20'],
  ['no temperature', of('model', { temperature: null }), at('temperature'), 'not null; or leave it out'],
  ['a model that is a number', of('model', { model: 4 }), at('model'), 'the name of a model, such as "gpt-4o", not 4'],
  ['a model without a name', of('agent', { model: '' }), at('model'), 'the name of a model, such as "gpt-4o", not ""'],
  ['a model object without a name', of('model', { model: { name: 1 } }), at('model', 'name'), 'the name of a model'],
  ['a provider that is true', of('model', { provider: true }), at('provider'), 'the name of a provider'],
  ['no tokens', of('model', { max_tokens: 0 }), at('max_tokens'), 'a whole number of at least 1, not 0'],
  ['half a token', of('model', { maxOutputTokens: 0.5 }), at('maxOutputTokens'), 'a whole number of at least 1'],
  ['a share above 1', of('parameters', { top_p: 90 }), at('top_p'), 'has to be a number from 0 to 1, not 90'],
  [
    'a penalty below -2',
    of('parameters', { frequencyPenalty: -3 }),
    at('frequencyPenalty'),
    'has to be a number from -2 to 2, not -3',
  ],
  [
    'a setting within settings',
    of('model', { settings: { topP: '1' } }),
    at('settings', 'topP'),
    'from 0 to 1, not "1"; write 1 without quotes',
  ],
  ['a stop that is a number', of('parameters', { stop: ['a', 1] }), at('stop', 1), 'has to be a string, not 1'],
  [
    'a second model that is no model',
    of('model', ['gpt-4o', 4]),
    at(1),
    'has to be a model, by its name or as an object',
  ],
  [
    'an unknown role',
    says('robot'),
    at('messages', 0, 'role'),
    'one of system, developer, user, assistant, tool, not "robot"',
  ],
  ['a role as people say it', says('human'), at('messages', 0, 'role'), 'not "human"; write user'],
  ['a role in capitals', says('System'), at('messages', 0, 'role'), 'not "System"; write system'],
  [
    'a message without content',
    of('prompt', { messages: [{ role: 'user' }] }),
    at('messages', 0, 'content'),
    'has to be a string or a list of parts, not nothing',
  ],
  [
    'messages by role',
    of('prompt', { messages: { system: 'Hi' } }),
    at('messages'),
    'has to be a list, not an object; write the messages as a list of { role, content }',
  ],
  ['a message that is a string', of('prompt', ['Hi']), at(0), 'has to be { role, content }, not "Hi"'],
  [
    'a part that is a string',
    of('prompt', [{ role: 'user', content: ['Hi'] }]),
    at(0, 'content', 0),
    'has to be an object with a type, not "Hi"; write { type: text, text: … }',
  ],
  [
    'a text part without text',
    of('prompt', [{ role: 'user', content: [{ type: 'text' }] }]),
    at(0, 'content', 0, 'text'),
    'has to be a string, not nothing',
  ],
  ['a template that is a list', of('prompt', { template: ['a'] }), at('template'), 'has to be a string, not a list'],
  ['a tool with a space in its name', of('tool', { name: 'search orders' }), at('name'), 'has to be 1 to 128 letters'],
  [
    'a tool that takes a string',
    of('tool', { name: 'search', parameters: { type: 'string' } }),
    at('parameters', 'type'),
    'of a tool\'s parameters has to be object, not "string"',
  ],
  [
    'a parameter of a type that is none',
    of('tool', { parameters: object({ n: { type: 'float' } }) }),
    at('parameters', 'properties', 'n', 'type'),
    'has to be one of string, number, integer, boolean, object, array, null, not "float"; write number',
  ],
  [
    "a tool in OpenAI's wrapping",
    of('tool', { type: 'function', function: { name: '' } }),
    at('function', 'name'),
    'has to be 1 to 128 letters',
  ],
  [
    'tools that are one',
    of('agent', { tools: 'search' }),
    at('tools'),
    'has to be a list of tools, not "search"; write [search]',
  ],
  ['a tool that is a number', of('agent', { tools: ['search', 1] }), at('tools', 1), 'has to be a tool, not 1'],
  ['no steps', of('agent', { maxSteps: 0 }), at('maxSteps'), 'a whole number of at least 1, not 0'],
  ['instructions that are a list', of('agent', { instructions: [] }), at('instructions'), 'has to be a string'],

  [
    'a value of another type',
    under({ type: 'number' }, '3'),
    at(),
    'has to be of type number, not "3"; write 3 without quotes',
  ],
  [
    'a member of another type',
    under(object({ retries: { type: ['integer', 'null'] } }), { retries: 'many' }),
    at('retries'),
    'has to be of type integer or null, not "many"',
  ],
  [
    'members that are not there',
    under(object({}, { required: ['model', 'tone'] }), { model: 'x' }),
    at(),
    'needs "tone", which the flag\'s schema requires',
  ],
  [
    'a member that the schema does not know',
    under(object({ model: {} }, { additionalProperties: false }), { model: 'x', 'a/b%': 1 }),
    at('a/b%'),
    "is not allowed by the flag's schema; take it out, or allow it there",
  ],
  ['none of an enum', under({ enum: ['a', 2] }), at(), 'has to be one of "a", 2, not "x"'],
  ['below the least', under({ minimum: 3 }, 2), at(), 'has to be at least 3, not 2'],
  ['a pattern that does not match', under({ pattern: '^[a-c]+$' }), at(), 'has to match "^[a-c]+$", and is "x"'],
  [
    'an item far down',
    under({ items: { $ref: '#/$defs/low' }, $defs: { low: { maximum: 1 } } }, [0, 5]),
    at(1),
    'has to be at most 1, not 5',
  ],
  [
    'none of the alternatives',
    under({ anyOf: [{ type: 'number' }, { minLength: 2 }] }),
    at(),
    'is "x" and fits none of the 2 schemas under anyOf; make it fit one',
  ],
  ['nothing at all', under(false), at(), "is not allowed by the flag's schema"],
  [
    'a boolean flag whose schema asks for strings',
    inFlag({ schema: { enum: [true] } }),
    ['flags', 'f', 'schema'],
    'has to be one of true, not false',
  ],

  ['an unknown type', under({ type: 'int' }, 1), ['flags', 'f', 'schema', 'type'], 'not "int"; write integer'],
  [
    'a pattern that is none',
    under(object({ id: { pattern: '(' } }), {}),
    ['flags', 'f', 'schema', 'properties', 'id', 'pattern'],
    'is no regular expression of JavaScript',
  ],
  [
    'a name pattern that is none',
    under({ patternProperties: { '[': {} } }),
    ['flags', 'f', 'schema', 'patternProperties', '['],
    'is no regular expression of JavaScript',
  ],
  [
    'a reference to nowhere',
    under({ $ref: '#/$defs/low' }),
    ['flags', 'f', 'schema', '$ref'],
    '"#/$defs/low" leads to no schema',
  ],
  [
    'a reference to elsewhere',
    under({ $ref: 'https://acme.com/s.json' }),
    ['flags', 'f', 'schema', '$ref'],
    'leads out of this schema, and nothing is fetched; put what it names under $defs',
  ],
  [
    'a reference to itself',
    under({ $ref: '#' }),
    ['flags', 'f', 'schema'],
    'leads back to itself without going into a property or an item: # → #; take one of them out',
  ],
  [
    'references in a circle',
    under(object({ a: { $ref: '#/$defs/a' } }, { $defs: { a: { allOf: [{ $ref: '#/properties/a' }] } } })),
    ['flags', 'f', 'schema', 'properties', 'a'],
    '#/properties/a → #/$defs/a → #/$defs/a/allOf/0 → #/properties/a',
  ],
  [
    'required as draft 3 had it',
    under(object({ a: { required: true } }), {}),
    ['flags', 'f', 'schema', 'properties', 'a', 'required'],
    'is a list of names',
  ],
  [
    'items as draft 7 had them',
    under({ items: [{ type: 'string' }] }, []),
    ['flags', 'f', 'schema', 'items'],
    'for one schema an item write prefixItems',
  ],
  [
    'a keyword that nothing reads',
    under({ dependencies: {} }),
    ['flags', 'f', 'schema', 'dependencies'],
    'is not read here; write dependentRequired or dependentSchemas',
  ],
  [
    'alternatives in an object',
    under({ anyOf: {} }),
    ['flags', 'f', 'schema', 'anyOf'],
    'has to be a list of at least one schema, not an object',
  ],
  [
    'a schema that is a string',
    under(object({ a: 'string' }), {}),
    ['flags', 'f', 'schema', 'properties', 'a'],
    'has to be a JSON Schema, an object or true or false, not "string"',
  ],
  [
    'a schema with a name of its own within',
    under({ $defs: { a: { $id: 'a' } } }),
    ['flags', 'f', 'schema', '$defs', 'a', '$id'],
    'cannot stand within a schema',
  ],
];
