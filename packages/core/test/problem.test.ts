import { expect, it } from 'vitest';
import { DocumentError, formatPath, formatProblem, type Problem } from '../src/document/problem.ts';

it('a path reads as one would write it', () => {
  expect(formatPath([])).toBe('(document)');
  expect(formatPath(['flags', 'support-model', 'rules', 0, 'when'])).toBe('flags.support-model.rules[0].when');
  expect(formatPath(['flags', 'a.b', 'with space', '$x', ''])).toBe('flags["a.b"]["with space"].$x[""]');
});

const problem: Problem = {
  severity: 'error',
  check: 'reference',
  path: ['flags', 'f', 'control'],
  message: '"x" is not a declared variant',
};

it('a problem is printed on one line, with its place in the text where it has one', () => {
  expect(formatProblem(problem)).toBe('  error  flags.f.control  "x" is not a declared variant');
  expect(formatProblem({ ...problem, line: 12, column: 5 })).toBe(
    '  12:5  error  flags.f.control  "x" is not a declared variant',
  );
});

it('an error about a document lists every problem and keeps them as data', () => {
  const cause = new Error('why');
  const error = new DocumentError('flags.yaml', [problem, { ...problem, severity: 'warning', path: [] }], { cause });
  expect(error.name).toBe('DocumentError');
  expect(error.cause).toBe(cause);
  expect(error.problems).toHaveLength(2);
  expect(error.message.split('\n')).toEqual([
    'flags.yaml is not a usable flag document:',
    '  error  flags.f.control  "x" is not a declared variant',
    '  warning  (document)  "x" is not a declared variant',
  ]);
});
