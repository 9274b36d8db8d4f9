import type { Random } from '../random.ts';
import type { Json } from './generate.ts';

interface Names {
  readonly random: Random;
  name(): Json;
}

/** `fractional` by all that it can be by, with the weights that people write and some that they should not. */
export function generateFractional(names: Names): Json {
  const { random } = names;
  const by = random.pick<readonly Json[]>([
    ...[[], [], []],
    [{ var: 'email' }],
    [{ var: ['email', 'nobody'] }],
    [{ cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] }],
    [{ cat: ['sält-', { var: random.pick(['email', 'age', 'beta']) }] }],
    [{ cat: ['a', 1, { var: 'targetingKey' }] }],
    ['everybody alike'],
  ]);
  const weight = random.pick<() => Json>([
    () => random.below(100),
    () => random.pick([0, 1, 50]),
    () => random.pick([1, 2 ** 30]),
    ...(random.chance(0.2) ? [() => random.pick<Json>([33.3, 0.1, 99.9])] : []),
    ...(random.chance(0.1) ? [() => random.pick<Json>([-5, '10', null])] : []),
  ]);
  const parts = random.times(1, 4, (): Json => {
    const name = random.chance(0.1) ? null : random.chance(0.03) ? 'no such variant' : names.name();
    return random.chance(0.15) ? [name] : [name, weight()];
  });
  return { fractional: [...by, ...parts] };
}
