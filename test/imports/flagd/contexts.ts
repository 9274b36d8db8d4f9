import type { Context } from '@sluice/core';
import { Random } from '../random.ts';
import { ATTRIBUTES, NUMBERS, TEXTS, VERSIONS } from './generate.ts';

const UNITS = ['', 'é', '日本', '😀', '\ud800', ' ', '0', 'null', 'user-1', 'x'.repeat(37)];

/** Contexts with attributes at, beside and away from what the definitions compare them with, of every type, and missing. */
export function* generateContexts(seed: number, count: number): Generator<Context> {
  const random = Random.ofSeed(seed * 31 + 7);
  for (let index = 0; index < count; index++) {
    const context: Record<string, unknown> = {};
    if (random.chance(0.97)) context['targetingKey'] = unit(random, index);
    for (const name of ATTRIBUTES) {
      if (random.chance(0.25)) continue;
      const [outer = '', inner] = name.split('.');
      const value =
        name === 'email' && random.chance(0.5) ? `${unit(random, index)}@acme.com` : attribute(random, name);
      context[outer] = inner === undefined ? value : random.chance(0.95) ? { [inner]: value } : value;
    }
    if (random.chance(0.8)) context['version'] = version(random);
    if (random.chance(0.8)) context['roles'] = roles(random);
    if (random.chance(0.5)) context['variant'] = random.pick(['on', 'red', 'a', true, 1, 2, null, 'gone', ['red']]);
    if (random.chance(0.02)) context['user.tier'] = 'flat';
    if (random.chance(0.02)) context['$flagd'] = { flagKey: 'mine', timestamp: 1 };
    yield context;
  }
}

function unit(random: Random, index: number): unknown {
  if (random.chance(0.9)) return `user-${index}-${random.below(1e9)}`;
  return random.chance(0.8) ? random.pick(UNITS) : random.pick([0, 42, -1.5, true, false, null]);
}

/** Mostly of the type that is meant. */
function attribute(random: Random, name: string): unknown {
  const text = (): unknown => random.pick([...TEXTS, 'pro plan', 'd@acme.com', 'Z']);
  const number = (): unknown => random.pick(NUMBERS) + random.pick([0, 0, 1, -1, 0.5]);
  if (random.chance(0.7))
    return ['age', 'größe'].includes(name) ? number() : name === 'beta' ? random.chance(0.5) : text();
  return random.pick<() => unknown>([
    text,
    number,
    () => String(number()),
    () => random.chance(0.5),
    () => null,
    () => random.pick<unknown>([[], ['pro'], [5], {}, { a: 1 }]),
  ])();
}

function version(random: Random): unknown {
  const near = [random.below(3), random.below(4), random.below(5)].join('.');
  const odd = [
    'V1.2.3',
    'v2',
    '2.1-rc',
    'x',
    '1.2.3.4',
    ' 1.2.3',
    '01.2.3',
    'vv1.2.3',
    2,
    1.2,
    true,
    null,
    '',
    '1.2.3-0',
  ];
  return random.pick<unknown>([near, near, near, ...VERSIONS, ...odd]);
}

function roles(random: Random): unknown {
  if (random.chance(0.1)) return random.pick<unknown>(['admin', 5, true, {}, null, false]);
  return random.times(0, 3, () =>
    random.chance(0.9) ? random.pick(['admin', 'pro', 'é', 'aden']) : random.pick<unknown>([5, null, true, ['admin']]),
  );
}
