import type { Random } from '../random.ts';
import type { Strategy, Variant } from './definitions.ts';
import { generateConstraint } from './generate-constraint.ts';

const groups = ['', 'group', 'grüppe-中', '7'];
const addresses = ['10.0.0.0/8', '10.1.2.3', '2001:db8::1', 'localhost', ' 192.168.1.0/24'];

/** @param segments how many there are */
export function generateStrategy(random: Random, feature: string, segments: number): Strategy {
  const { name, parameters } = generateEntering(random, feature);
  return {
    name,
    parameters,
    ...(random.chance(0.6) && { constraints: random.times(0, 2, () => generateConstraint(random)) }),
    ...(segments > 0 && random.chance(0.2) && { segments: random.times(1, 2, () => 1 + random.below(segments)) }),
    ...(random.chance(0.3) && { variants: generateVariants(random) }),
  };
}

function generateEntering(random: Random, feature: string): Required<Pick<Strategy, 'name' | 'parameters'>> {
  const percentage = random.pick([
    '0',
    '1',
    '10',
    '33',
    '50',
    '50',
    '73',
    '99',
    '100',
    '100',
    '150',
    '-5',
    '',
    'half',
    '1e1',
  ]);
  const group = random.chance(0.2) ? undefined : random.pick([feature, feature, ...groups]);
  const groupId = group === undefined ? {} : { groupId: group };
  const kind = random.below(14);
  if (kind < 8) {
    const stickiness = random.pick(['default', 'default', 'userId', 'sessionId', 'tenant', undefined]);
    const sticky = stickiness === undefined ? {} : { stickiness };
    return { name: 'flexibleRollout', parameters: { rollout: percentage, ...sticky, ...groupId } };
  }
  if (kind < 9) return { name: 'gradualRolloutUserId', parameters: { percentage, ...groupId } };
  if (kind < 10) return { name: 'gradualRolloutSessionId', parameters: { percentage, ...groupId } };
  if (kind < 11) {
    const userIds = random
      .times(0, 3, () => random.pick(['user-1', 'user-7', '42', 'Zoë', '']))
      .join(random.pick([',', ' , ']));
    return { name: 'userWithId', parameters: { userIds } };
  }
  if (kind < 12) {
    return { name: 'remoteAddress', parameters: { IPs: random.times(0, 3, () => random.pick(addresses)).join(', ') } };
  }
  if (kind < 13) return { name: 'gradualRolloutRandom', parameters: { percentage: random.pick(['0', '100']) } };
  return { name: 'default', parameters: {} };
}

const payloads: Readonly<Record<string, readonly string[]>> = {
  string: ['', 'one', 'zwölf'],
  csv: ['a,b', 'c'],
  number: ['0', '1.5', '', '-2e3'],
  json: ['{"model":"m","n":1}', '[1,2]', '{}'],
};

/** Of one type, so that they can be variants of one flag. */
export function generateVariants(random: Random, type = 'string'): readonly Variant[] {
  const stickiness = random.pick([undefined, 'default', 'default', 'userId', 'tenant']);
  const names = ['a', 'b', 'disabled', 'ä 中', '10'].filter(() => random.chance(0.6));
  return (names.length === 0 ? ['only'] : names).map((name, index) => ({
    name,
    weight: random.pick([0, 1, 105, 333, 447, 500]),
    ...(stickiness !== undefined && { stickiness }),
    ...(type !== 'none' && {
      payload: { type, value: (payloads[type] ?? []).at(index % (payloads[type]?.length ?? 1)) ?? '' },
    }),
    ...(random.chance(0.2) && {
      overrides: [{ contextName: random.pick(['userId', 'country', 'age']), values: ['user-7', 'DE', '42', '18'] }],
    }),
  }));
}

/** Payloads of this type instead, so that all lists of a feature agree. */
export function withPayloads(variants: readonly Variant[], type: string, random: Random): readonly Variant[] {
  return variants.map(({ payload: _, ...variant }) =>
    type === 'none' ? variant : { ...variant, payload: { type, value: random.pick(payloads[type] ?? ['']) } },
  );
}
