import type { Random } from '../random.ts';
import type { Json } from './generate-condition.ts';

/** What no editor of GrowthBook makes, and features that ask for themselves, from the first rule on. */
export function brokenFeatures(random: Random): [string, Json][] {
  const asks = (id: string): Json => ({
    defaultValue: true,
    rules: [{ parentConditions: [{ id, condition: { value: true } }], force: false }],
  });
  const deep = Array.from({ length: 40 }).reduce<Json>((condition) => ({ $not: condition }), { plan: 'US' });
  const wide = Array.from({ length: 80 }).reduce<Json>((value) => ({ value }), {});
  const all: [string, Json][] = [
    ['loop-a', asks('loop-b')],
    ['loop-b', asks('loop-a')],
    ['behind-loop', asks('loop-a')],
    ['mixed', { defaultValue: 5, rules: [{ force: 'five', condition: { plan: 'US' } }] }],
    [
      'behind-mixed',
      {
        defaultValue: 5,
        rules: [
          { parentConditions: [{ id: 'mixed', condition: { value: 5 } }], force: 6 },
          { force: 7, condition: { age: 5 } },
        ],
      },
    ],
    [
      'gated-by-mixed',
      { defaultValue: 5, rules: [{ parentConditions: [{ id: 'mixed', condition: { value: 5 }, gate: true }] }] },
    ],
    [
      'gate-behind',
      {
        defaultValue: 5,
        rules: [
          {
            parentConditions: [
              { id: 'simple', condition: { value: 'US' } },
              { id: 'simple', condition: { value: 'DE' }, gate: true },
            ],
          },
        ],
      },
    ],
    [
      'simple',
      {
        defaultValue: null,
        rules: [
          { force: 'US', condition: { country: 'US' } },
          { force: 'DE', condition: { country: 'DE' } },
        ],
      },
    ],
    [
      'null-wanted',
      {
        defaultValue: 5,
        rules: [{ parentConditions: [{ id: 'simple', condition: { value: { $ne: 'US' } } }], force: 6 }],
      },
    ],
    ['deep', { defaultValue: 5, rules: [{ force: 6, condition: deep }] }],
    ['deep value', { defaultValue: wide }],
    ['', { defaultValue: 5 }],
    ['no-object', 'on'],
    ['no-rules', { defaultValue: 5, rules: 'none' }],
    ['no-rule', { defaultValue: 5, rules: [null] }],
    ['version', { defaultValue: 5, rules: [{ force: 6, condition: { version: { $vgt: '1.2.3.4' } } }] }],
    ['objects', { defaultValue: 5, rules: [{ force: 6, condition: { tags: { $elemMatch: { plan: 'US' } } } }] }],
    ['group', { defaultValue: 5, rules: [{ force: 6, condition: { $savedGroup: { id: 'cyclic' } } }] }],
    ['pattern', { defaultValue: 5, rules: [{ force: 6, condition: { plan: { $regexi: '(?<!a)b' } } }] }],
  ];
  return all.filter(() => random.chance(0.8));
}
