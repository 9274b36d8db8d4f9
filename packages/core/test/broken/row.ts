import type { Path } from '../../src/document/problem.ts';

/** A document with one thing wrong with it, where that is, and what the parser has to say of it. */
export type Row = readonly [name: string, document: object, path: Path, message: string];

export const inFlag = (flag: object): object => ({ sluice: 1, flags: { f: flag } });
export const two = { variants: { a: 'A', b: 'B' }, control: 'a' };
export const inRollout = (rollout: object): object => inFlag({ ...two, rollout });
export const inRule = (rule: object): object => inFlag({ rules: [rule] });
export const inCondition = (when: unknown): object => inRule({ when, serve: 'on' });
export const WHEN: Path = ['flags', 'f', 'rules', 0, 'when'];
export const ROLLOUT: Path = ['flags', 'f', 'rollout'];
export const own = (key: string, value: unknown): object =>
  JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);

export const nested = (depth: number, wrap: (inner: unknown) => unknown, core: unknown): unknown => {
  let value = core;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
};
