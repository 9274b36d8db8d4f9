import type { JsonValue, Path, Tests } from '@sluice/core';
import { type Comparison, compareLiterals } from './compare-literals.ts';
import { exportRange } from './export-range.ts';
import type { ConditionNotes } from './export-report.ts';
import { both, either } from './logic.ts';

/** What is tested. */
export interface Subject {
  readonly logic: JsonValue;
  readonly attribute: string;
  /** `text`: printed, so that it is always text. `number`: compared as a number whatever it is. */
  readonly as: 'itself' | 'text' | 'number';
}

interface Expression {
  readonly logic: JsonValue;
  /** Whether it would hold of a missing attribute, of which no test holds. */
  readonly needsThere: boolean;
}

/** That an attribute is there and passes all these tests. */
export function exportTests(tests: Tests, subject: Subject, path: Path, notes: ConditionNotes): JsonValue {
  const { exists, ...others } = tests;
  const there: JsonValue = { '!==': [subject.logic, null] };
  if (exists === false) return Object.keys(others).length === 0 ? { '===': [subject.logic, null] } : false;
  const parts = Object.entries(others).flatMap(([name, operand]): Expression[] =>
    operand === undefined ? [] : [exportTest(name, operand as JsonValue, subject, [...path, name], notes)],
  );
  const needsThere =
    subject.as !== 'text' && (exists === true || parts.length === 0 || parts.some((part) => part.needsThere));
  return both([...(needsThere ? [there] : []), ...parts.map(({ logic }) => logic)]);
}

const orders: Readonly<Record<string, Comparison>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

function exportTest(name: string, operand: JsonValue, subject: Subject, path: Path, notes: ConditionNotes): Expression {
  const { logic, attribute, as } = subject;
  const says = (logic: JsonValue): Expression => ({ logic, needsThere: false });
  const saysOfWhatIsThere = (logic: JsonValue): Expression => ({ logic, needsThere: true });
  const assume = (types: string): void => {
    if (as === 'itself') notes.types.set(attribute, (notes.types.get(attribute) ?? new Set()).add(types));
  };
  const list = (Array.isArray(operand) ? operand : [operand]) as readonly JsonValue[];
  if (as === 'number' && !['is', 'not', ...Object.keys(orders)].includes(name)) return unsaid(name, path, notes);
  switch (name) {
    case 'is':
      return says({ [as === 'number' ? '==' : '===']: [logic, operand] });
    case 'not':
      return saysOfWhatIsThere({ [as === 'number' ? '!=' : '!==']: [logic, operand] });
    case 'in':
      return says({ in: [logic, operand] });
    case 'notIn':
      return saysOfWhatIsThere({ '!': [{ in: [logic, operand] }] });
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compared(orders[name] as Comparison, operand, subject, assume);
    case 'startsWith':
      return says(either(list.map((each) => ({ starts_with: [logic, each] }))));
    case 'endsWith':
      return says(either(list.map((each) => ({ ends_with: [logic, each] }))));
    case 'contains':
      if (as === 'text' && typeof operand !== 'string') return says(false);
      assume(typeof operand === 'string' ? 'text or a list' : 'a list');
      return says(operand === '' ? either([{ '===': [logic, ''] }, { in: ['', logic] }]) : { in: [operand, logic] });
    case 'modulo':
      if (as === 'text') return says(false);
      assume('a number');
      return saysOfWhatIsThere({ '===': [{ '%': [logic, list[0] ?? 1] }, list[1] ?? 0] });
    case 'type':
      if (operand === 'string') return says({ starts_with: [logic, ''] });
      return operand === 'boolean' ? says({ in: [logic, [true, false]] }) : unsaid(`type ${operand}`, path, notes);
    case 'semver': {
      const range = exportRange(String(operand), logic);
      if (range === undefined) return unsaid(`the range ${operand}`, path, notes);
      notes.versions.add(attribute);
      return says(range);
    }
    default:
      return converted(name, operand as Tests, subject, path, notes, assume);
  }
}

function compared(
  order: Comparison,
  operand: JsonValue,
  subject: Subject,
  assume: (types: string) => void,
): Expression {
  if (subject.as === 'text' && typeof operand === 'number') return { logic: false, needsThere: false };
  assume(typeof operand === 'number' ? 'a number' : 'text');
  const comparing = { generation: 2, mode: 'compiled', rightIsRead: false } as const;
  // To flagd a missing attribute is a 0.
  const needsThere = subject.as !== 'text' && compareLiterals(order, null, operand, comparing) === true;
  return { logic: { [order]: [subject.logic, operand] }, needsThere };
}

function converted(
  name: string,
  tests: Tests,
  subject: Subject,
  path: Path,
  notes: ConditionNotes,
  assume: (types: string) => void,
): Expression {
  const { logic, attribute, as } = subject;
  if (name === 'asText') {
    const text: Subject = as === 'text' ? subject : { logic: { cat: [logic, ''] }, attribute, as: 'text' };
    return { logic: exportTests(tests, text, path, notes), needsThere: true };
  }
  if (name === 'asNumber' && as === 'itself') {
    assume('a number, or text that is a number');
    return { logic: exportTests(tests, { logic, attribute, as: 'number' }, path, notes), needsThere: true };
  }
  if (name === 'asVersion' && Object.keys(tests).every((test) => test === 'semver')) {
    return { logic: exportTests(tests, subject, path, notes), needsThere: true };
  }
  return unsaid(name, path, notes);
}

function unsaid(what: string, path: Path, notes: ConditionNotes): Expression {
  notes.unsaid.push({ path, what });
  return { logic: false, needsThere: false };
}
