import type { Context } from '@sluice/core';
import { Random } from '../random.ts';
import { LITERALS } from './generate-condition.ts';

const VERSIONS = ['1.2.3', '1.2.0', '1.2.4', '2.0.0', '0.0.0', '10.0.1', '99999.0.0'];
const LOOSE_VERSIONS = ['1.2', '2', 'v1.2.3', '1.2.3-rc.1', '1.2.3.4', 'one', 2, 1.5, '100000.0.0'];

/** Contexts aimed at what generated payloads mention: the same literals, other types, lists, nothing. */
export function* generateContexts(seed: number, count: number): Generator<Context> {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) yield contextOf(random);
}

function contextOf(random: Random): Context {
  const context: Record<string, unknown> = {};
  const put = (name: string, value: unknown): void => {
    if (value !== undefined) context[name] = value;
  };
  put('targetingKey', unit(random));
  for (const name of ['company', 'device']) if (random.chance(0.8)) put(name, unit(random));
  for (const name of ['country', 'plan', 'age', 'beta', 'tags', 'numbers', 'email']) put(name, value(random, 0));
  if (random.chance(0.7))
    put('user', withoutMissing({ plan: value(random, 1), deep: withoutMissing({ age: value(random, 1) }) }));
  if (random.chance(0.05)) put('user', { deep: value(random, 1) ?? null });
  if (random.chance(0.8)) put('version', random.chance(0.8) ? random.pick(VERSIONS) : value(random, 0));
  if (random.chance(0.05)) put('version', random.pick(LOOSE_VERSIONS));
  if (random.chance(0.03)) put('id', 'US');
  if (random.chance(0.02)) put('user.plan', 'US');
  if (random.chance(0.02)) put('org', { id: unit(random) });
  if (random.chance(0.02)) put('org.id', unit(random));
  if (random.chance(0.02)) put('age', new Date(5));
  return context;
}

/** A member that is `undefined` is no JSON. */
function withoutMissing(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, each]) => each !== undefined));
}

/** Mostly ids as applications have them; then what hashes otherwise, or not at all. */
function unit(random: Random): unknown {
  if (random.chance(0.75)) return `user-${random.below(1e9)}`;
  return random.pick<() => unknown>([
    () => random.below(1e6),
    () => `Zoë-${random.below(1e6)}-😀`,
    () => `\ud800${random.below(1000)}`,
    () => undefined,
    () => null,
    () => random.pick(['', 0, false, true, 'US', 2.5]),
    () => random.pick([['a', 'b'], [], {}, [[5]]]),
  ])();
}

function value(random: Random, depth: number): unknown {
  if (random.chance(0.12)) return undefined;
  if (random.chance(0.08)) return null;
  if (depth < 2 && random.chance(0.25)) {
    return random.times(0, 3, () =>
      random.chance(0.02) ? null : random.chance(0.1) ? (value(random, 2) ?? 'US') : random.pick(LITERALS),
    );
  }
  if (depth < 2 && random.chance(0.06)) return random.pick([{}, { plan: 'US' }, { a: 1 }]);
  return random.pick(LITERALS);
}
