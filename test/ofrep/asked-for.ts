import type { GoldenCase } from './golden-cases.ts';

export type AskedType = 'boolean' | 'string' | 'number' | 'object';

const examples = {
  boolean: true as boolean,
  string: 'a default of nobody',
  number: -7.25,
  object: { default: true },
} as const;

/** The type that a flag is asked for, and a default that no variant has, so that it shows. */
export function askedFor({ document, flag }: GoldenCase): {
  readonly type: AskedType;
  readonly defaultValue: (typeof examples)[AskedType];
} {
  const declared = document.flags?.[flag];
  const [first] = Object.values(declared?.variants ?? {});
  const type = first === undefined ? 'boolean' : (typeof first as AskedType);
  return { type, defaultValue: type === 'boolean' ? declared?.control === 'off' : examples[type] };
}
