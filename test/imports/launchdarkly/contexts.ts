import type { Context } from '@sluice/core';
import { Random } from '../random.ts';
import { usersOnly } from './generate.ts';
import { DATES, KEYS, NO_DATES, NUMBERS, ODD_DATES, TEXTS, TIMES, UNLIKE_TEXTS, VERSIONS } from './literals.ts';
import type { ClauseData, Payload } from './payload.ts';

type Fields = Record<string, unknown>;

/** Contexts aimed at what a payload asks for: its attributes, its literals, and what is just beside them. */
export function* generateContexts(payload: Payload, seed: number, count: number): Iterable<Context> {
  const random = Random.ofSeed(seed + 0x5eed);
  // Others are taken for users where users alone are known, which is a caveat: a few are enough to see that nothing breaks.
  const kinds = usersOnly(seed) ? 0.05 : 0.55;
  const asked = askedFor(payload);
  for (let index = 0; index < count; index++) yield context(random, asked, index, kinds);
}

/** By attribute, the values that clauses compare it with. */
function askedFor({ flags, segments }: Payload): ReadonlyMap<string, readonly unknown[]> {
  const asked = new Map<string, unknown[]>();
  const rules = [...Object.values(flags), ...Object.values(segments)].flatMap((each) => each.rules ?? []);
  for (const { clauses } of rules.filter((rule) => typeof rule === 'object')) {
    for (const { attribute, values } of (clauses ?? []) as readonly ClauseData[]) {
      asked.set(attribute, [...(asked.get(attribute) ?? []), ...values]);
    }
  }
  return asked;
}

function context(
  random: Random,
  asked: ReadonlyMap<string, readonly unknown[]>,
  index: number,
  withKind: number,
): Context {
  const one = () => contextOfOneKind(random, asked, index);
  if (!random.chance(withKind)) return random.chance(0.7) ? one() : { kind: 'user', ...one() };
  const form = random.next();
  if (form < 0.3) return { kind: random.pick(['org', 'org', 'device', 'org.unit']), ...one() };
  if (form < 0.35) return { kind: random.pick<unknown>(['kind', 'no kind', '', 5, null, true]), ...one() };
  const kinds = ['user', 'org', 'device', 'multi', 'x'].filter((_, place) =>
    random.chance([0.8, 0.7, 0.3, 0.03, 0.1][place] ?? 0),
  );
  const contexts = kinds.map((kind) => [kind, random.chance(0.02) ? 'text' : one()] as const);
  return { kind: 'multi', ...Object.fromEntries(contexts), ...(random.chance(0.1) && { targetingKey: 'top' }) };
}

function contextOfOneKind(random: Random, asked: ReadonlyMap<string, readonly unknown[]>, index: number): Fields {
  const fields: Fields = {};
  const key = random.chance(0.4) ? random.pick(KEYS) : `unit-${index}-${random.below(1000)}`;
  if (random.chance(0.97))
    fields['targetingKey'] = random.chance(0.97) ? key : random.pick<unknown>(['', 42, null, ['a'], true]);
  else if (random.chance(0.5)) fields['key'] = key;
  if (random.chance(0.4)) fields['anonymous'] = random.pick<unknown>([true, true, false, 'true', null, 1]);
  for (const attribute of ['plan', 'age', 'version', 'signedUp', 'tags', 'beta', 'name', 'país', 'email']) {
    if (random.chance(0.7)) fields[attribute] = value(random, attribute, asked.get(attribute) ?? []);
  }
  if (random.chance(0.4)) fields['address'] = { city: value(random, 'city', asked.get('/address/city') ?? []) };
  if (random.chance(0.02)) fields['address'] = random.pick<unknown>([['Paris'], 'Paris', null]);
  if (random.chance(0.02)) fields['address.city'] = 'Paris';
  if (random.chance(0.3)) fields['geo.city'] = random.pick(['Paris', 'Rome']);
  if (random.chance(0.02)) fields['geo'] = { city: 'Paris' };
  for (const rare of ['all', 'any', 'toString', '~1plan', '/plan', 'a.b', '_meta'])
    if (random.chance(0.04)) fields[rare] = 'x';
  if (random.chance(0.02)) fields['privateAttributes'] = ['plan'];
  return fields;
}

const natural: Readonly<Record<string, readonly unknown[]>> = {
  age: NUMBERS,
  version: VERSIONS,
  signedUp: [...DATES, ...NO_DATES, ...TIMES],
  city: ['Paris', 'Rome'],
};

function value(random: Random, attribute: string, literals: readonly unknown[]): unknown {
  const one = (): unknown => {
    const form = random.next();
    if (form < 0.5 && literals.length > 0) return random.pick(literals);
    if (form < 0.65 && literals.length > 0) return beside(random, random.pick(literals));
    if (form < 0.9) return random.pick(natural[attribute] ?? TEXTS);
    if (form < 0.91) return random.pick([...UNLIKE_TEXTS, ...ODD_DATES]);
    return random.pick<unknown>([true, false, 0, 3.5, '', {}, [], Number.NaN, 'other', 42]);
  };
  const form = random.next();
  if (form < 0.8) return one();
  if (form < 0.93)
    return random.times(0, 3, () => (random.chance(0.1) ? random.pick<unknown>([null, ['pro'], ['p', 'o']]) : one()));
  return form < 0.935 ? new Date(random.pick(TIMES)) : null;
}

function beside(random: Random, literal: unknown): unknown {
  if (typeof literal === 'number') return literal + random.pick([-1, 1, 0.001]);
  if (typeof literal === 'string')
    return random.pick([`${literal}x`, `x${literal}`, literal.toUpperCase(), literal.slice(1), Number(literal)]);
  return String(literal);
}
