import type { Condition, Path, Tests } from '@sluice/core';
import { allOf, anyOf, type Decision, noneOf, together } from '../condition-algebra.ts';
import { locate, parseReference } from './attribute-reference.ts';
import { constructOf, testsOf } from './clause-tests.ts';
import { type ContextForm, ofKind } from './context-kind.ts';
import type { Conversion } from './conversion.ts';
import type { Clause } from './definitions.ts';

/** What a list of clauses comes to; `undefined` where one of them was lost, which the report then says. */
export interface Matching {
  readonly when: Decision;
  /** Whoever matches gets LaunchDarkly's error, and so the caller's default. */
  readonly error: boolean;
}

export function convertClauses(
  clauses: readonly Clause[] | undefined,
  path: Path,
  conversion: Conversion,
): Matching | undefined {
  if (clauses === undefined) return { when: false, error: false };
  const decisions: Decision[] = [];
  let error = false;
  for (const [index, clause] of clauses.entries()) {
    const decision = convertClause(clause, [...path, 'clauses', index], conversion);
    if (decision === undefined) return undefined;
    // LaunchDarkly goes on after a clause in error and forgets the error at the next: only in the last place it counts.
    error = decision === 'error';
    if (decision !== 'error') decisions.push(decision);
  }
  return { when: allOf(decisions), error };
}

function convertClause(clause: Clause, path: Path, conversion: Conversion): Decision | 'error' | undefined {
  const { notes, kinds, everywhere } = conversion;
  const { op, values, negate } = clause;
  if (op === 'segmentMatch') return segmentMatch(clause, path, conversion);
  const steps = parseReference(clause.attribute, !clause.contextKind);
  if (steps === undefined) return 'error';
  const result = testsOf(op, values);
  if (result === undefined)
    notes.note('unknown-operator', [...path, 'op'], 'is none that LaunchDarkly knows, so it never matches');
  const { tests, code, what } = result ?? { tests: [] };
  if (code !== undefined) {
    notes.note(code, [...path, 'values'], what ?? '');
    if (tests.length === 0 && code !== 'clause-value') return undefined;
  }
  if (locate(steps, false).is === 'kind') return kindClause(clause, path, conversion);
  const forms = kinds.forms(clause.contextKind);
  if (forms === undefined) {
    notes.note(
      'kind-name',
      [...path, 'contextKind'],
      'has a dot, which a document reads as a path; name the kind without',
    );
    return undefined;
  }
  const conditions: Decision[] = [];
  for (const form of forms) {
    const location = locate(steps, form.nested);
    if (location.is === 'unnameable') {
      notes.note('attribute-name', [...path, 'attribute'], location.why);
      return undefined;
    }
    if (location.is === 'anonymous') conditions.push(together([form.when, anonymity(clause, form)]));
    if (location.is !== 'attribute') continue;
    const test = attributeTest(form.prefix + location.path, tests, location.text, negate);
    conditions.push(together([form.when, test]));
  }
  if (steps.length > 1) {
    notes.note(
      'nested-attribute',
      [...path, 'attribute'],
      `is the path ${steps.join('.')}: contexts differ that have an attribute of this whole name, or a list on the way`,
    );
    notes.carry('attribute reference');
  } else if (steps[0]?.includes('.')) {
    notes.note(
      'dotted-name',
      [...path, 'attribute'],
      'is a name with a dot: contexts without it differ that have such a path',
    );
  }
  for (const builtIn of ['key', 'name', 'anonymous'] as const)
    if (steps[0] === builtIn) notes.carry(`attribute ${builtIn}`);
  everywhere.add('date-objects');
  if (result !== undefined) notes.carry(constructOf(op));
  if (negate) notes.carry('clause negate');
  if (clause.contextKind !== undefined && !kinds.usersOnly) notes.carry('clause contextKind');
  return anyOf(conditions);
}

/** @param text whether what is no string counts as missing */
function attributeTest(path: string, tests: readonly Tests[], text: boolean, negate: boolean): Decision {
  const passes = anyOf(tests.map((test) => ({ [path]: text ? { type: 'string', ...test } : { some: test } })));
  if (!negate) return passes;
  return together([{ [path]: text ? { type: 'string' } : { exists: true } }, noneOf(passes)]);
}

/** A context that says nothing about it is not anonymous. */
function anonymity({ op, values, negate }: Clause, { nested, prefix }: ContextForm): Decision {
  const holds = (anonymous: boolean): boolean => (op === 'in' && values.includes(anonymous)) !== negate;
  const isAnonymous: Condition = { [`${prefix}anonymous`]: true };
  if (!holds(false)) return holds(true) && isAnonymous;
  const there: Decision = nested ? { [`${prefix}targetingKey`]: { exists: true } } : true;
  return together([there, holds(true) || noneOf(isAnonymous)]);
}

/** Asks for the kinds that a context has, whichever kind the clause is about. */
function kindClause(clause: Clause, path: Path, { kinds, notes }: Conversion): Decision | undefined {
  const { op, values, negate } = clause;
  const known = testsOf(op, []) !== undefined;
  if (known && op !== 'in') {
    notes.note(
      'kind-operator',
      [...path, 'op'],
      `is asked of the kind; a document can only ask whether a kind is one of some`,
    );
    return undefined;
  }
  const conditions: Decision[] = [];
  for (const kind of known ? values.filter((each) => typeof each === 'string') : []) {
    const forms = kinds.forms(kind);
    if (forms === undefined || locate([kind], false).is !== 'attribute') {
      notes.note(
        'kind-name',
        [...path, 'values'],
        `${JSON.stringify(kind)} cannot be named in a document; give the kind another name`,
      );
      return undefined;
    }
    conditions.push(ofKind(forms, ({ nested }) => !nested || { [kind]: { type: 'object' } }));
  }
  notes.carry('attribute kind');
  if (negate) notes.carry('clause negate');
  return negate ? noneOf(anyOf(conditions)) : anyOf(conditions);
}

function segmentMatch(
  { values, negate }: Clause,
  path: Path,
  { definitions, segments, notes }: Conversion,
): Decision | undefined {
  const decisions: Decision[] = [];
  const named: string[] = [];
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'string') continue;
    const decision = segments.get(value);
    if (decision === undefined) {
      if (!definitions.places.has(`segments/${value}`)) continue;
      notes.note(
        'segment-lost',
        [...path, 'values', index],
        `${JSON.stringify(value)} was not carried, nor is what asks for it`,
      );
      return undefined;
    }
    if (typeof decision === 'boolean') decisions.push(decision);
    else named.push(value);
  }
  const [first] = named;
  if (first !== undefined) decisions.push({ inSegment: named.length === 1 ? first : named });
  notes.carry('clause segmentMatch');
  if (negate) notes.carry('clause negate');
  const any = anyOf(decisions);
  return negate ? noneOf(any) : any;
}
