import type { Context } from '@sluice/core';
import { Random } from '../random.ts';
import { fields, literals } from './generate-constraint.ts';

const ids = ['user-1', 'user-7', 'Zoë', '用户', '\ud83d\ude00', '\ud800', '42', '0', ' ', ''];
const times = [
  '2025-01-01',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.001Z',
  '2032-01-01T00:00:00+01:00',
  'soon',
];
const addresses = [
  '10.1.2.3',
  '11.0.0.1',
  '192.168.1.5',
  '2001:db8::1',
  '2001:DB8:0::ff',
  'fe80::1',
  '010.1.2.3',
  '::1',
  'no',
];
const oddAddresses = ['::ffff:10.1.2.3', '::ffff:a01:203', 'fe80::1%eth0', '10.1.2.3/8', '10.1.2.3/32'];

/** OpenFeature contexts that hit what constraints compare with, just miss it, or have another type. */
export function* generateContexts(seed: number, count: number): Generator<Context> {
  const random = Random.ofSeed(seed + 1_000_003);
  for (let unit = 0; unit < count; unit++) yield generateContext(random, unit);
}

function generateContext(random: Random, unit: number): Context {
  const context: Record<string, unknown> = {};
  const set = (name: string, chance: number, value: () => unknown): void => {
    if (random.chance(chance)) context[name] = value();
  };
  set('targetingKey', 0.95, () =>
    random.chance(0.8) ? `user-${unit}` : random.pick<unknown>([...ids, random.below(100), 1.5, true]),
  );
  set('sessionId', 0.5, () => (random.chance(0.8) ? `s-${random.below(1000)}` : random.pick<unknown>([...ids, 7])));
  set('tenant', 0.8, () =>
    random.chance(0.9) ? `t-${random.below(500)}` : random.pick<unknown>(['', 0, 12, null, 'ä']),
  );
  for (const name of ['remoteAddress', 'clientIp'])
    set(name, 0.6, () => random.pick(random.chance(0.9) ? addresses : oddAddresses));
  for (const name of ['environment', 'appName', 'country', 'plan', 'age', 'email']) {
    set(name, 0.6, () => around(random, fields[name] ?? []));
  }
  set('build', 0.6, () => random.pick([...literals.versions, '1.2.3-beta.10', '1.3', 'v1.3.0', '1.2.3+other']));
  set('currentTime', 0.4, () =>
    random.pick<unknown>([...times, new Date('2026-01-01T00:00:00Z'), 1767225600000, -1, 0, '', null]),
  );
  set('user', 0.05, () => ({ plan: 'pro' }));
  set('user.plan', 0.3, () => random.pick(['pro', 'free']));
  return context;
}

/** One of these texts, or near it, or of another type. */
function around(random: Random, texts: readonly string[]): unknown {
  const text = random.pick(texts).trim();
  switch (random.below(10)) {
    case 0:
      return `${text}x`;
    case 1:
      return `x${text}`;
    case 2:
      return text.toUpperCase();
    case 3:
      return Number(text);
    case 4:
      return Number(text) + 1;
    case 5:
      return random.pick<unknown>([true, false, null, '', 0, [text], ['a', 'b']]);
    default:
      return text;
  }
}
