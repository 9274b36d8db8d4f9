import type { Tests } from '../document/condition.ts';
import { conversions, isConversionName } from './conversions.ts';
import { isOperatorName, operators, type ValueTest } from './operators.ts';

/** Whether what is there passes all these tests. `exists` is no test of what is there: the matcher asks it. */
export function compileTests(tests: Tests): ValueTest {
  const compiled: ValueTest[] = [];
  for (const [name, operand] of Object.entries(tests)) {
    if (operand === undefined) continue;
    if (isOperatorName(name)) compiled.push(operators[name].compile(operand as never));
    else if (isConversionName(name)) compiled.push(conversions[name](compileTests(operand as Tests)));
  }
  return every(compiled);
}

function every(tests: readonly ValueTest[]): ValueTest {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return tests.length === 2 ? both(first, second) : all(tests);
}

const both =
  (first: ValueTest, second: ValueTest): ValueTest =>
  (value) =>
    first(value) && second(value);

const all =
  (tests: readonly ValueTest[]): ValueTest =>
  (value) =>
    tests.every((test) => test(value));
