import { expect, it } from 'vitest';
import { checkTemplates } from '../src/prompt/check-templates.ts';

const problemsOf = (kind: 'prompt' | 'agent', a: never) =>
  checkTemplates({ sluice: 1, flags: { f: { kind, variants: { a }, control: 'a' }, other: {} } });

it('a template that cannot be read is an error at its place in the payload', () => {
  const payload = {
    messages: [
      { role: 'user', content: 'Hi {{name' },
      { role: 'user', content: 'Hi {{name}}' },
    ],
    system: '{{/a}}',
  };
  expect(problemsOf('prompt', payload as never)).toEqual([
    {
      severity: 'error',
      check: 'reference',
      path: ['flags', 'f', 'variants', 'a', 'system'],
      message: 'is no Mustache template: Unopened section "a" at 0; close every {{tag}} and {{#section}}{{/section}}',
    },
    expect.objectContaining({
      path: ['flags', 'f', 'variants', 'a', 'messages', 0, 'content'],
      message: expect.stringContaining('Unclosed tag at 9'),
    }),
  ]);
});

it('a partial is an error, as its text is nowhere', () => {
  expect(problemsOf('prompt', 'a {{#b}}{{> footer}}{{/b}}' as never).map(({ message }) => message)).toEqual([
    'asks for the partial {{> footer}}, and none are read; write its text here',
  ]);
});

it('sections nested beyond the stack are an error, not a crash', () => {
  const deep = `${'{{#a}}'.repeat(20_000)}${'{{/a}}'.repeat(20_000)}`;
  expect(problemsOf('prompt', deep as never).map(({ message }) => message)).toEqual([
    expect.stringContaining('its sections are nested too deep'),
  ]);
});

it('only prompts hold templates', () => {
  expect(problemsOf('agent', { instructions: 'Write {{ as it is' } as never)).toEqual([]);
  expect(checkTemplates({ sluice: 1 })).toEqual([]);
});
