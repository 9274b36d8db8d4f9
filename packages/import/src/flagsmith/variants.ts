import type { Scalar } from '@sluice/core';
import type { FeatureState, Option } from './environment.ts';
import { Names } from './names.ts';

/** Names the values of one feature: own values by the state they are of, options by their id. */
export class Variants {
  readonly #names = new Names();
  readonly #own = new Map<Scalar, string>();
  readonly #options = new Map<string, string>();
  readonly #values = new Map<string, Scalar>();

  /** `undefined` where the state has no value, which is the caller's own default. */
  ofState({ value }: FeatureState, wanted: string): string | undefined {
    if (value === null || value === undefined) return undefined;
    const name = this.#own.get(value) ?? this.#add(wanted, value);
    this.#own.set(value, name);
    return name;
  }

  ofOption({ id, value }: Option): string | undefined {
    if (value === null || value === undefined) return undefined;
    const key = JSON.stringify([id, value]);
    const name = this.#options.get(key) ?? this.#add(`option-${String(id)}`, value);
    this.#options.set(key, name);
    return name;
  }

  get values(): Readonly<Record<string, Scalar>> {
    return Object.fromEntries(this.#values);
  }

  /** Types of the values, of which a document allows one. */
  get types(): readonly string[] {
    return [...new Set([...this.#values.values()].map((each) => typeof each))];
  }

  #add(wanted: string, value: Scalar): string {
    const name = this.#names.give(wanted);
    this.#values.set(name, value);
    return name;
  }
}
