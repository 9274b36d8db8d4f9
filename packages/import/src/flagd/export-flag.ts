import type { Document, Flag, JsonObject, JsonValue, Path, Rollout, Rule } from '@sluice/core';
import { type ExportSegment, exportCondition, variable } from './export-condition.ts';
import type { ConditionNotes, ExportCode, ExportNoting } from './export-report.ts';
import { exportRollout } from './export-rollout.ts';
import { conditionNotes } from './export-segments.ts';
import { noteConditions } from './note-conditions.ts';

/** A flag as flagd has it. */
export interface FlagdFlag {
  readonly state: 'ENABLED' | 'DISABLED';
  readonly variants: Readonly<Record<string, JsonValue>>;
  readonly defaultVariant: string | null;
  readonly targeting?: JsonValue;
}

export interface FlagSurroundings {
  readonly document: Document;
  readonly segment: ExportSegment;
  readonly noting: ExportNoting;
}

/** More is no targeting that anybody reads: rules that fall through are written out twice. */
const MAX_CHARACTERS = 1_000_000;

export function exportFlag(key: string, flag: Flag, surroundings: FlagSurroundings): FlagdFlag {
  const { noting } = surroundings;
  noting.carry(flag.enabled === false ? 'disabled flag' : 'flag');
  const { variants = { on: true, off: false } } = flag;
  const control = flag.control === undefined ? 'off' : flag.control;
  const targeting = new FlagExport(key, flag, surroundings).targeting();
  return {
    state: flag.enabled === false ? 'DISABLED' : 'ENABLED',
    variants,
    defaultVariant: control,
    ...(targeting === null ? {} : { targeting: asObject(targeting) }),
  };
}

/** flagd's schema wants an expression, and a name is none. */
function asObject(result: JsonValue): JsonObject {
  return typeof result === 'object' && result !== null && !Array.isArray(result)
    ? (result as JsonObject)
    : { if: [true, result, null] };
}

/** One flag's targeting, while it is written. */
class FlagExport {
  readonly #key: string;
  readonly #flag: Flag;
  readonly #surroundings: FlagSurroundings;
  readonly #path: Path;
  readonly #notes: ConditionNotes = conditionNotes();

  constructor(key: string, flag: Flag, surroundings: FlagSurroundings) {
    this.#key = key;
    this.#flag = flag;
    this.#surroundings = surroundings;
    this.#path = ['flags', key];
  }

  /** The variant that a context gets; null for control. */
  targeting(): JsonValue {
    const { noting } = this.#surroundings;
    const kept = this.#isStopped() || this.#hasPrerequisites() ? null : this.#chain();
    noteConditions(this.#key, this.#path, this.#notes, noting);
    if (JSON.stringify(kept).length <= MAX_CHARACTERS) return kept;
    noting.note(
      'size',
      this.#path,
      `${this.#key} has more rules that fall through than fit; everybody gets control instead`,
    );
    return null;
  }

  #isStopped(): boolean {
    const { document, noting } = this.#surroundings;
    const { requires = [], killed = false } = this.#flag;
    if (killed) return true;
    const off = requires.filter((name) => document.switches?.[name]?.enabled === false);
    if (requires.length === 0) return false;
    noting.note(
      'switches',
      [...this.#path, 'requires'],
      `${this.#key} stops with its switches, of which flagd knows nothing: it answers as with the switches ` +
        `${off.length === 0 ? 'on, whatever becomes of them' : `as they are, and ${off.join(', ')} is off, so everybody gets control`}`,
    );
    return off.length > 0;
  }

  #hasPrerequisites(): boolean {
    if (this.#flag.prerequisites === undefined || Object.keys(this.#flag.prerequisites).length === 0) return false;
    this.#lose(
      'prerequisites',
      ['prerequisites'],
      'has prerequisites, and flagd asks no other flags; everybody gets control',
    );
    return true;
  }

  #lose(code: 'prerequisites' | 'layer-or-holdout' | 'bucketing' | 'condition', steps: Path, what: string): null {
    this.#note(code, [...this.#path, ...steps], what);
    return null;
  }

  #note(code: ExportCode, path: Path, what: string): void {
    this.#surroundings.noting.note(code, path, `${this.#key} ${what}`);
  }

  #chain(): JsonValue {
    const { layer, holdout, targets = {}, unit = 'targetingKey' } = this.#flag;
    const kept = layer === undefined && holdout === undefined;
    if (!kept) {
      this.#lose(
        'layer-or-holdout',
        [],
        'is in a layer or a holdout, which flagd has none of; everybody but targets gets control',
      );
    }
    let chain = kept ? this.#rules() : null;
    const read = variable(unit);
    for (const [variant, units] of Object.entries(targets).toReversed()) {
      if (read === undefined || units.length === 0) continue;
      this.#surroundings.noting.carry('target');
      chain = ifElse({ in: [read, units.flatMap(bothWays)] }, variant, chain);
    }
    return chain;
  }

  #rules(): JsonValue {
    const { rules = [], rollout } = this.#flag;
    const conditions: JsonValue[] = [];
    for (const [index, rule] of rules.entries()) {
      const condition = this.#condition(rule, index);
      if (condition === undefined) break;
      conditions.push(condition);
    }
    const complete = conditions.length === rules.length;
    let chain = complete && rollout !== undefined ? this.#rollout(rollout, null, ['rollout']) : null;
    for (const [index, condition] of [...conditions.entries()].toReversed()) {
      const rule = rules[index] as Rule;
      this.#surroundings.noting.carry('rule');
      const outside = rule.otherwise === 'next' ? chain : null;
      const given = rule.serve ?? this.#rollout(rule.rollout as Rollout, outside, ['rules', index, 'rollout']);
      chain = ifElse(condition, given, chain);
      if (JSON.stringify(chain).length > MAX_CHARACTERS) return chain;
    }
    return chain;
  }

  /** `undefined`, with a note, where nobody knows any more who gets past the rule. */
  #condition(rule: Rule, index: number): JsonValue | undefined {
    const { segment } = this.#surroundings;
    const before = this.#notes.unsaid.length;
    const path: Path = [...this.#path, 'rules', index, 'when'];
    const condition = exportCondition(rule.when, path, segment, this.#notes);
    const instead = 'so whoever gets as far as this rule gets control';
    if (rule.prerequisites !== undefined) {
      this.#lose(
        'prerequisites',
        ['rules', index],
        `has a rule with prerequisites, and flagd asks no other flags, ${instead}`,
      );
      return undefined;
    }
    const [unsaid] = this.#notes.unsaid.slice(before);
    if (unsaid === undefined) return condition;
    this.#note(
      'condition',
      unsaid.path[0] === 'segments' ? path : unsaid.path,
      `asks for ${unsaid.what}, which flagd cannot, ${instead}`,
    );
    return undefined;
  }

  #rollout(rollout: Rollout, outside: JsonValue, steps: Path): JsonValue {
    const { noting } = this.#surroundings;
    const path = [...this.#path, ...steps];
    const given = exportRollout(rollout, { flagKey: this.#key, flag: this.#flag, outside, path, noting });
    if (given !== undefined) return given;
    this.#lose('bucketing', steps, 'has a rollout whose buckets flagd does not have; whoever gets here gets control');
    return null;
  }
}

function ifElse(condition: JsonValue, yes: JsonValue, no: JsonValue): JsonValue {
  const nested = typeof no === 'object' && no !== null && 'if' in no ? (no['if'] as readonly JsonValue[]) : [no];
  return { if: [condition, yes, ...nested] };
}

/** A unit is looked up by its text, and flagd looks for what it is. */
function bothWays(unit: string | number): readonly (string | number)[] {
  const [text, number] = [String(unit), Number(unit)];
  return Number.isSafeInteger(number) && String(number) === text ? [text, number] : [text];
}
