import type { Operators, Tests } from '../document/condition.ts';
import { present } from './attribute.ts';
import type { ValueTest } from './operators.ts';
import { completeVersion } from './version.ts';

export type ConversionName = Exclude<keyof Tests, keyof Operators>;

/** How each conversion makes a test of what is converted into a test of what is there. */
export const conversions: { readonly [Name in ConversionName]: (test: ValueTest) => ValueTest } = {
  some: (test) => (value) =>
    Array.isArray(value) ? value.some((member) => present(member) !== undefined && test(member)) : test(value),
  asText: (test) => (value) => {
    const text = printed(value);
    return text !== undefined && test(text);
  },
  asLowerCase: (test) => (value) => typeof value === 'string' && test(value.toLowerCase()),
  asNumber: (test) => (value) => {
    const number = Number(printed(value));
    return !Number.isNaN(number) && test(number);
  },
  asVersion: (test) => (value) => {
    const version = typeof value === 'string' ? completeVersion(value) : undefined;
    return version !== undefined && test(version);
  },
  size: (test) => (value) => Array.isArray(value) && test(value.length),
};

export function isConversionName(name: string): name is ConversionName {
  return Object.hasOwn(conversions, name);
}

/** As JavaScript prints it; `undefined` for an object that cannot be printed, which is nobody's error but the test's. */
export function printed(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  try {
    return String(value);
  } catch {
    return undefined;
  }
}
