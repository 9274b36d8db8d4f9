import type { Path, Segment } from '@sluice/core';
import { allOf, anyOf, type Decision, noneOf, together } from '../condition-algebra.ts';
import { dependencyOrder } from '../dependency-order.ts';
import { bucketedUnits } from './bucketed-unit.ts';
import { ofKind } from './context-kind.ts';
import type { Conversion } from './conversion.ts';
import { convertClauses } from './convert-clause.ts';
import type { ContextKeys, SegmentDefinition, SegmentRule } from './definitions.ts';

/** Fills `conversion.segments`; gives those that a document needs: what is always or never so is written where it is asked. */
export function convertSegments(conversion: Conversion): Readonly<Record<string, Segment>> {
  const { definitions, segments, notes } = conversion;
  const { order, endless } = dependencyOrder(definitions.segments.keys(), (name) =>
    segmentsIn(definitions.segments.get(name)),
  );
  for (const name of endless) {
    notes.note(
      'segment-cycle',
      ['segments', name],
      'holds itself, or one that does, which LaunchDarkly answers with an error',
    );
  }
  for (const name of order) {
    const segment = definitions.segments.get(name) as SegmentDefinition;
    const decision = convertSegment(name, segment, ['segments', name], conversion);
    if (decision === undefined) continue;
    segments.set(name, decision);
    notes.carry('segment');
  }
  const written = [...definitions.segments.keys()].flatMap((name) => {
    const when = segments.get(name);
    return when === undefined || typeof when === 'boolean' ? [] : [[name, { when }] as const];
  });
  return Object.fromEntries(written);
}

function* segmentsIn(segment: SegmentDefinition | undefined): Iterable<string> {
  for (const { clauses = [] } of segment?.rules ?? []) {
    for (const { op, values } of clauses) {
      if (op === 'segmentMatch') yield* values.filter((each) => typeof each === 'string');
    }
  }
}

function convertSegment(
  name: string,
  segment: SegmentDefinition,
  path: Path,
  conversion: Conversion,
): Decision | undefined {
  const { notes } = conversion;
  if (segment.unbounded) {
    notes.note(
      'big-segment',
      path,
      'is a big segment, whose members are in no payload; keep a list of them in a segment of your own',
    );
    return undefined;
  }
  const included = listed(segment.includedContexts, segment.included, path, conversion);
  const excluded = listed(segment.excludedContexts, segment.excluded, path, conversion);
  if (included === undefined || excluded === undefined) return undefined;
  for (const list of ['included', 'excluded', 'includedContexts', 'excludedContexts'] as const) {
    if (segment[list].length > 0) notes.carry(`segment ${list}`);
  }
  const rules: Decision[] = [];
  for (const [index, rule] of segment.rules.entries()) {
    const decision = convertRule(name, segment, rule, [...path, 'rules', index], conversion);
    if (decision === undefined) return undefined;
    rules.push(decision);
  }
  return anyOf([included, allOf([noneOf(excluded), anyOf(rules)])]);
}

function listed(
  contexts: readonly ContextKeys[],
  users: readonly string[],
  path: Path,
  { kinds, notes }: Conversion,
): Decision | undefined {
  const decisions: Decision[] = [];
  for (const { contextKind, values } of [...contexts, { contextKind: undefined, values: users }]) {
    const forms = kinds.forms(contextKind);
    if (forms === undefined) {
      notes.note(
        'kind-name',
        path,
        `lists contexts of ${contextKind}, and a document reads a dot as a path; name the kind without`,
      );
      return undefined;
    }
    if (values.length === 0) continue;
    decisions.push(ofKind(forms, ({ prefix }) => ({ [`${prefix}targetingKey`]: [...values] })));
  }
  return anyOf(decisions);
}

function convertRule(
  name: string,
  { salt }: SegmentDefinition,
  { clauses, weight, bucketBy, rolloutContextKind }: SegmentRule,
  path: Path,
  conversion: Conversion,
): Decision | undefined {
  const { notes } = conversion;
  const matching = convertClauses(clauses, path, conversion);
  if (matching === undefined) {
    notes.note('segment-lost', path, 'has a clause that was not carried, so the segment was not');
    return undefined;
  }
  const units = weight === undefined ? [] : bucketedUnits(bucketBy, rolloutContextKind, path, conversion);
  if (matching.error || units === 'error') {
    notes.note(
      'segment-error',
      path,
      'has an attribute that is none, which LaunchDarkly answers with an error; name it rightly',
    );
    return undefined;
  }
  if (units === undefined) return undefined;
  notes.carry('segment rule');
  if (weight === undefined) return matching.when;
  notes.carry('segment rule weight');
  if (bucketBy !== '') notes.carry('segment rule bucketBy');
  if (rolloutContextKind !== undefined && !conversion.kinds.usersOnly) notes.carry('segment rule contextKind');
  const share = weight / 100_000;
  let decision: Decision = false;
  for (const { when, unit } of units.toReversed()) {
    const inside: Decision = share > 0 && (unit === undefined || { bucket: bucketOf(unit, `${name}.${salt}`, share) });
    decision = when === true ? inside : anyOf([together([when, inside]), allOf([noneOf(when), decision])]);
  }
  return allOf([matching.when, decision]);
}

function bucketOf(unit: string, salt: string, share: number) {
  return { bucketing: 'launchdarkly-1', unit, salt, ranges: [[0, share]] } as const;
}
