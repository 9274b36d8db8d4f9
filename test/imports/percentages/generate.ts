import type { Context } from '@sluice/core';
import { Random } from '../random.ts';

/** Settings of home-grown code, with the mistakes that people make in them. */
export function generateSettings(seed: number): Readonly<Record<string, unknown>> {
  const random = new Random(seed);
  return Object.fromEntries(
    ['new-model', 'prompt ü', 'a:b', 'x', '1', 'agent', ''].map((flag) => [flag, setting(random)]),
  );
}

function setting(random: Random): unknown {
  const percentage = () => random.pick([random.below(101), random.below(1001) / 10, 0, 100, 250, -5]);
  return random.pick<() => unknown>([
    () => ({ enabled: random.chance(0.8), percentage: percentage() }),
    () => ({ enabled: true, percentage: percentage() }),
    () => ({ percentage: percentage() }),
    () => ({ enabled: random.chance(0.5) }),
    percentage,
    () => random.chance(0.5),
    () => random.pick([null, '5', [], { enabled: 'yes' }, { enabled: true, percentage: '5' }]),
  ])();
}

export function* generateUsers(seed: number, count: number): Generator<Context> {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    yield random.pick<() => Context>([
      () => ({ targetingKey: `user-${random.below(1e9)}` }),
      () => ({ targetingKey: `${random.below(1e9)}`, plan: 'pro' }),
      () => ({ targetingKey: random.below(1e9) }),
      () => ({ targetingKey: `Zoë-${random.below(1e6)}-😀` }),
      () => ({ targetingKey: 'x'.repeat(random.below(200)) }),
      () => ({}),
    ])();
  }
}
