import { conversions, isConversionName } from '../conditions/conversions.ts';
import { isOperatorName, isScalar, operators } from '../conditions/operators.ts';
import { isObject } from '../json.ts';
import { bucket } from './parse-bucket.ts';
import type { Path } from './problem.ts';
import { describe, isName, list, name, type Reader, type Review, refusedName } from './review.ts';

/** Deeper conditions have no readable meaning, and an object that holds itself is infinitely deep. */
const MAX_DEPTH = 32;

export const condition: Reader = (value, path, review) => void readCondition(value, path, review, 0);

/** False where it goes too deep: then nothing beside it is read, as a condition that holds itself twice would never end. */
function readCondition(value: unknown, path: Path, review: Review, depth: number): boolean {
  if (!isObject(value)) {
    review.refuse(path, `a condition has to be an object, not ${describe(value)}`);
    return true;
  }
  if (depth > MAX_DEPTH) {
    review.refuse(path, `is nested deeper than ${MAX_DEPTH} conditions; name a part of it as a segment`, 'reference');
    return false;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) {
    review.refuse(path, 'is empty; name at least one attribute, all, any, none, inSegment, now or bucket');
  }
  let ends = true;
  const nested = list((entry, at) => {
    ends &&= readCondition(entry, at, review, depth + 1);
  }, 1);
  for (const key of keys) {
    if (!ends) return false;
    const at = [...path, key];
    if (key === 'all' || key === 'any' || key === 'none') nested(value[key], at, review);
    else if (key === 'inSegment') (typeof value[key] === 'string' ? name : list(name, 1))(value[key], at, review);
    else if (key === 'now') readNow(value[key], at, review);
    else if (key === 'bucket') bucket(value[key], at, review);
    else if (!isName(key)) review.refuse(at, refusedName(key));
    else readTest(value[key], at, review);
  }
  return ends;
}

function readNow(value: unknown, path: Path, review: Review): void {
  if (isObject(value)) readTests(value, path, review, 1);
  else review.refuse(path, `is the time and takes operators, such as { after: "2026-11-22" }, not ${describe(value)}`);
}

function readTest(test: unknown, path: Path, review: Review): void {
  if (isScalar(test)) return;
  if (test === null || test === undefined) return review.refuse(path, 'cannot equal nothing; write { exists: false }');
  if (Array.isArray(test)) {
    if (!operators.in.accepts(test)) {
      review.refuse(path, 'a list has to hold strings, numbers or booleans, at least one');
    }
    return;
  }
  if (!isObject(test)) return review.refuse(path, `cannot be compared with ${describe(test)}`);
  readTests(test, path, review, 0);
}

/** `depth`: in how many conversions these tests are. False as in `readCondition`. */
function readTests(tests: Readonly<Record<string, unknown>>, path: Path, review: Review, depth: number): boolean {
  if (depth > MAX_DEPTH) {
    review.refuse(path, `is nested deeper than ${MAX_DEPTH} conversions; take some of them out`, 'reference');
    return false;
  }
  const names = Object.keys(tests);
  if (names.length === 0) review.refuse(path, 'is empty; name at least one operator');
  for (const each of names) {
    const at = [...path, each];
    const operand = tests[each];
    if (each === 'exists') readExists(operand, at, review, depth);
    else if (isOperatorName(each)) readOperand(each, operand, at, review);
    else if (isConversionName(each)) {
      if (!isObject(operand))
        review.refuse(at, `${each} takes operators, such as { is: "x" }, not ${describe(operand)}`);
      else if (!readTests(operand, at, review, depth + 1)) return false;
    } else {
      const known = [...Object.keys(operators), 'exists', ...Object.keys(conversions)].join(', ');
      review.refuse(at, `is no operator; operators are ${known}; for a nested attribute write its dotted path`);
    }
  }
  return true;
}

function readExists(operand: unknown, path: Path, review: Review, depth: number): void {
  if (depth > 0) review.refuse(path, 'asks nothing here, where something always is; ask it of the attribute');
  else if (typeof operand !== 'boolean') review.refuse(path, `exists takes true or false, not ${describe(operand)}`);
}

function readOperand(operator: keyof typeof operators, operand: unknown, path: Path, review: Review): void {
  const { accepts, compile, takes } = operators[operator];
  if (!accepts(operand)) return review.refuse(path, `${operator} takes ${takes}, not ${describe(operand)}`);
  try {
    compile(operand as never);
  } catch (error) {
    review.refuseReference(
      path,
      `${operator} takes ${takes}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
