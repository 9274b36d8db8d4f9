import {
  compileDocument,
  type Document,
  evaluate,
  type JsonObject,
  type JsonValue,
  type Path,
  type Prerequisites,
  parseDocument,
} from '@sluice/core';
import { Noting } from '../noting.ts';
import { isList, isRecord } from '../plain-json.ts';
import { convertCondition } from './convert-condition.ts';
import { type Code, type Construct, codes } from './growthbook-report.ts';
import { member } from './json-shapes.ts';
import { plainCondition } from './plain-condition.ts';
import type { Reading, Segments } from './reading.ts';
import type { FeatureReading } from './step.ts';

/** What is known of a feature that others may ask for. */
export interface Answers {
  /** Its variants' values by name, as far as they are served. */
  readonly values: ReadonlyMap<string, JsonValue>;
  /** Whether it may answer with the caller's default. */
  readonly nullable: boolean;
}

/** `cyclic`: it asks for itself. `lost`: it was not carried. `undefined`: there is none, which answers `null`. */
export type AnswersOf = (feature: string) => Answers | 'cyclic' | 'lost' | undefined;

/** What a rule's prerequisites come to. */
type Asked =
  /** A gate never holds: from here on the answer is null. */
  | 'null'
  /** A gate cannot be carried, without which the feature would answer where GrowthBook does not. */
  | 'feature lost'
  | {
      /** Where they don't hold the answer is null, for this rule and all behind it. */
      readonly gates: Prerequisites;
      /** Where they don't hold the rule is passed over; `undefined`: it always is, or cannot be carried. */
      readonly own: Prerequisites | undefined;
    };

export function readPrerequisites(rule: JsonObject, answersOf: AnswersOf, feature: FeatureReading, path: Path): Asked {
  const conditions = member(rule, 'parentConditions') || [];
  if (!isList(conditions)) return malformed(feature, path);
  let gates: Prerequisites = {};
  let own: Prerequisites | undefined = {};
  for (const [index, condition] of conditions.entries()) {
    const at = [...path, 'parentConditions', index];
    const id = isRecord(condition) ? member(condition, 'id') : undefined;
    if (!isRecord(condition) || typeof id !== 'string') return malformed(feature, at);
    const gate = Boolean(member(condition, 'gate'));
    const holds = decide(id, member(condition, 'condition') || {}, gate, answersOf, feature, at);
    feature.notes.carry(gate ? 'prerequisite gate' : 'prerequisite');
    if (holds === 'always') continue;
    if (gate || holds === 'cyclic') {
      if (own === undefined || Object.keys(own).length > 0) return loseOrder(feature, at);
      if (holds === 'lost') return 'feature lost';
      const merged: Prerequisites | undefined = typeof holds === 'string' ? undefined : withParent(gates, id, holds);
      if (merged === undefined) return 'null';
      gates = merged;
    } else if (holds === 'never') {
      // What stands behind it is not asked.
      return { gates, own: undefined };
    } else {
      own = holds === 'lost' ? undefined : own && withParent(own, id, holds);
      if (own === undefined && holds !== 'lost') return { gates, own };
    }
  }
  return { gates, own };
}

function malformed({ notes }: FeatureReading, path: Path): Asked {
  notes.note('malformed', path, 'parentConditions is a list of objects with an id; the whole feature is left out');
  return 'feature lost';
}

function loseOrder({ notes }: FeatureReading, path: Path): Asked {
  notes.note(
    'gate-order',
    path,
    'ends the feature behind a prerequisite that only ends the rule, so whether it counts depends on the other; put it first, or into a rule of its own. The whole feature is left out',
  );
  return 'feature lost';
}

/** Both; `undefined` where they cannot hold together. */
export function merge(a: Prerequisites, b: Prerequisites): Prerequisites | undefined {
  let merged: Prerequisites | undefined = a;
  for (const [parent, variants] of Object.entries(b)) merged = merged && withParent(merged, parent, variants);
  return merged;
}

function withParent(known: Prerequisites, parent: string, variants: readonly string[]): Prerequisites | undefined {
  const earlier = Object.hasOwn(known, parent) ? known[parent] : undefined;
  const left = earlier === undefined ? variants : variants.filter((variant) => earlier.includes(variant));
  return left.length === 0 ? undefined : { ...known, [parent]: left };
}

type Holding = 'always' | 'never' | 'lost' | 'cyclic' | readonly string[];

function decide(
  parent: string,
  condition: JsonValue,
  gate: boolean,
  answersOf: AnswersOf,
  feature: FeatureReading,
  path: Path,
): Holding {
  const answers = answersOf(parent);
  if (answers === 'cyclic') {
    feature.notes.note(
      'prerequisite-cycle',
      path,
      `asks for ${parent}, which leads back to a feature that asks for itself; GrowthBook answers null where it comes round, and here everybody who gets to this rule has the caller's default; take one of them out`,
    );
    return 'cyclic';
  }
  if (answers === 'lost') {
    feature.notes.note('reference-lost', path, `asks for ${parent}, which could not be carried; see its own note`);
    return 'lost';
  }
  const holds = valueTest(condition, gate, feature, [...path, 'condition']);
  if (holds === undefined) return 'lost';
  if (answers === undefined) return holds(null) ? 'always' : 'never';
  const names = [...answers.values].filter(([, value]) => holds(value)).map(([name]) => name);
  const all = names.length === answers.values.size;
  if (answers.nullable && holds(null)) {
    if (all) return 'always';
    feature.notes.note(
      'prerequisite-null',
      path,
      `holds where ${parent} answers with its caller's default, which no prerequisite can ask for; give ${parent} a default value`,
    );
    return 'lost';
  }
  if (all && !answers.nullable) return 'always';
  return names.length === 0 ? 'never' : names;
}

/** The condition as a test of the parent's value; `undefined` where it is lost, which has been noted. */
function valueTest(
  condition: JsonValue,
  gate: boolean,
  feature: FeatureReading,
  path: Path,
): ((value: JsonValue) => boolean) | undefined {
  const notes = new Noting<Construct, Code>(codes);
  const segments: Segments = { read: new Map(), names: new Set() };
  const nameOf = (attribute: string) => (/^value(\.|$)/.test(attribute) ? attribute : undefined);
  const consequence = gate
    ? 'the whole feature is left out'
    : 'this rule is left out, and whom it would serve go on to the next';
  const reading: Reading = { notes, savedGroups: feature.savedGroups, segments, nameOf, consequence, lost: false };
  const decision = convertCondition(condition, reading, path);
  handOver(notes, feature);
  if (reading.lost) return undefined;
  if (typeof decision === 'boolean') return () => decision;
  const document: Document = {
    sluice: 1,
    segments: segmentsOf(segments),
    flags: { parent: { rules: [{ when: decision, serve: 'on' }] } },
  };
  const { problems } = parseDocument(document);
  const [refused] = problems.filter(({ severity }) => severity === 'error');
  if (refused !== undefined) {
    feature.notes.note('refused', path, refused.message);
    return undefined;
  }
  const compiled = compileDocument(document);
  return (value) => evaluate(compiled, 'parent', { value }).value === true;
}

/** A parent's value comes from the payload, so what differs only for some contexts does not differ here. */
function handOver(notes: Noting<Construct, Code>, feature: FeatureReading): void {
  const { carried, notes: made } = notes.report('growthbook');
  for (const [construct, count] of Object.entries(carried)) {
    for (let index = 0; index < count; index++) feature.notes.carry(construct as Construct);
  }
  for (const { code, path, message } of made) {
    if (code !== 'dotted-name') feature.notes.note(code as Code, path, message);
  }
}

/** Saved groups that were read, as a document holds them. */
export function segmentsOf(segments: Segments): NonNullable<Document['segments']> {
  const written: Record<string, NonNullable<Document['segments']>[string]> = {};
  for (const known of segments.read.values()) {
    if (known === undefined || known.segment.lost || typeof known.segment.decision === 'boolean') continue;
    written[known.name] = { when: plainCondition(known.segment.decision) };
  }
  return written;
}
