import { type AttributeReader, attributeReader, type Context } from '../conditions/attribute.ts';
import { printed } from '../conditions/conversions.ts';
import { type RequiredValues, requiredValues } from '../conditions/required-values.ts';
import type { Rule } from '../document/flag.ts';
import type { CompiledRule } from './compile-flag.ts';

/** A few rules are asked faster than they are looked up. */
const LEAST_RULES = 8;

/** What one rule has to say about one attribute. */
interface Requirement extends RequiredValues {
  readonly place: number;
}

/** An index over the rules that ask for values of one attribute, where there are many of them. */
export function indexRules(rules: readonly Rule[], compiled: readonly CompiledRule[]): RuleIndex | undefined {
  if (rules.length < LEAST_RULES) return undefined;
  const byAttribute = new Map<string, Requirement[]>();
  for (const [place, rule] of rules.entries()) {
    const seen = new Set<string>();
    for (const required of requiredValues(rule.when)) {
      const name = `${required.conversion}:${required.attribute}`;
      // Two requirements of one rule on one attribute would list it twice; either alone finds it.
      if (seen.has(name)) continue;
      seen.add(name);
      const requirements = byAttribute.get(name);
      if (requirements === undefined) byAttribute.set(name, [{ ...required, place }]);
      else requirements.push({ ...required, place });
    }
  }
  const [best] = [...byAttribute.values()].sort((left, right) => right.length - left.length);
  return best === undefined || best.length < LEAST_RULES ? undefined : new RuleIndex(best, compiled);
}

/** Finds the rules that may match a context by the value of one attribute, and not by asking each. */
export class RuleIndex {
  readonly #read: AttributeReader;
  readonly #conversion: RequiredValues['conversion'];
  readonly #rules: readonly CompiledRule[];
  /** By value: the places of the rules that ask for it. */
  readonly #asking = new Map<unknown, number[]>();
  /** The places of the rules that ask for no value of the attribute. */
  readonly #others: readonly number[];
  readonly #otherRules: readonly CompiledRule[];
  /** By value that rules ask for: those rules and the others, in order. Filled when a value is first met. */
  readonly #found = new Map<unknown, readonly CompiledRule[]>();

  constructor(requirements: readonly Requirement[], rules: readonly CompiledRule[]) {
    const [first] = requirements as readonly [Requirement];
    this.#read = attributeReader(first.attribute);
    this.#conversion = first.conversion;
    this.#rules = rules;
    const indexed = new Set<number>();
    for (const { values, place } of requirements) {
      indexed.add(place);
      for (const value of new Set(values)) {
        const asking = this.#asking.get(value);
        if (asking === undefined) this.#asking.set(value, [place]);
        else asking.push(place);
      }
    }
    this.#others = [...rules.keys()].filter((place) => !indexed.has(place));
    this.#otherRules = this.#at(this.#others);
  }

  /** In order, all rules that match this context, and perhaps some that don't. */
  candidates(context: Context): readonly CompiledRule[] {
    let read: unknown;
    try {
      read = this.#read(context);
    } catch {
      // A getter. The rules before the first that asks for the attribute may decide without it.
      return this.#rules;
    }
    if (read === undefined) return this.#otherRules;
    if (this.#conversion === 'some' && Array.isArray(read)) return this.#rules;
    const value = this.#conversion === 'asText' ? printed(read) : read;
    const known = this.#found.get(value);
    if (known !== undefined) return known;
    const asking = this.#asking.get(value);
    if (asking === undefined) return this.#otherRules;
    const found = this.#at([...asking, ...this.#others].sort((left, right) => left - right));
    this.#found.set(value, found);
    return found;
  }

  #at(places: readonly number[]): readonly CompiledRule[] {
    return places.map((place) => this.#rules[place] as CompiledRule);
  }
}
