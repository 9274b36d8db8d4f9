import type { VendorOracle } from '@sluice/cli/verify-import';
import type { Context } from '@sluice/core';
import type { ImportReport } from '@sluice/import';
import type { Outside } from '../differential.ts';
import { ODD_DATES, UNLIKE_CHARACTERS } from './literals.ts';
import type { Payload } from './payload.ts';

/** Contexts of which a caveat speaks. */
const aboutContexts: Readonly<Record<string, (context: Context) => boolean>> = {
  'context-keys': isRefused,
  'context-kinds': ({ kind }) => typeof kind === 'string' && kind !== 'user',
  'date-objects': (context) => holds(context, (value) => value instanceof Date),
  'date-texts': (context) => holds(context, (value) => ODD_DATES.includes(value as (typeof ODD_DATES)[number])),
  'dotted-name': (context) => partsOf(context).some((part) => isFields(part['geo']) && part['geo.city'] === undefined),
  'nested-attribute': (context) =>
    partsOf(context).some((part) => 'address.city' in part || Array.isArray(part['address'])),
  'clause-value': (context) => holds(context, (value) => Array.isArray(value) && value.includes(null)),
  'regular-expression-characters': (context) =>
    holds(context, (value) => typeof value === 'string' && UNLIKE_CHARACTERS.test(value)),
  'bucket-by-name': (context) => partsOf(context).some(({ name }) => typeof name === 'number'),
};

/** After which the flag in whose rules they are is not what it was. */
const aboutRules: readonly string[] = [
  ...['segment-lost', 'attribute-name', 'kind-name', 'kind-operator', 'date-value', 'regular-expression'],
];

/** @param oracle tells whose answer is an error, and so whose a caveat about errors names */
export function outsideOf(payload: Payload, { notes }: ImportReport, oracle: VendorOracle): Outside {
  const codes = new Set(notes.map(({ code }) => code));
  const flagsWith = (...wanted: readonly string[]): ReadonlySet<string> =>
    new Set(
      notes.filter(({ code, path }) => wanted.includes(code) && path[0] === 'flags').map(({ path }) => String(path[1])),
    );
  const changed = withDescendants(payload, flagsWith(...aboutRules));
  const afterError = flagsWith('error-behind-prerequisites');
  const afterParents = flagsWith('prerequisite-error');
  const named = Object.entries(aboutContexts).filter(([code]) => codes.has(code));
  return async (flag, context) => {
    const isDefault = async (each: string) => (await oracle.ask(each, context)).value === undefined;
    if (changed.has(flag) || named.some(([, names]) => names(context))) return true;
    if (afterError.has(flag) && (await isDefault(flag))) return true;
    if (!afterParents.has(flag)) return false;
    for (const parent of ancestors(payload, flag)) if (await isDefault(parent)) return true;
    return false;
  };
}

function withDescendants(payload: Payload, flags: ReadonlySet<string>): ReadonlySet<string> {
  const keys = Object.keys(payload.flags);
  return new Set(keys.filter((key) => flags.has(key) || [...ancestors(payload, key)].some((each) => flags.has(each))));
}

function ancestors({ flags }: Payload, flag: string, found: Set<string> = new Set()): ReadonlySet<string> {
  for (const { key } of flags[flag]?.prerequisites ?? []) {
    if (found.has(key)) continue;
    found.add(key);
    ancestors({ flags, segments: {} }, key, found);
  }
  return found;
}

/** Whom LaunchDarkly refuses to evaluate, or reads the key of elsewhere. */
function isRefused(context: Context): boolean {
  const { kind } = context;
  const names = kind === 'multi' ? Object.keys(context).filter((name) => isFields(context[name])) : [kind];
  const badKind = names.some((name) => typeof name === 'string' && (!/^[\w.-]+$/.test(name) || name === 'kind'));
  const parts = partsOf(context);
  return (
    badKind ||
    parts.length === 0 ||
    parts.some(({ targetingKey }) => typeof targetingKey !== 'string' || targetingKey === '')
  );
}

function partsOf(context: Context): readonly Context[] {
  return context['kind'] === 'multi' ? Object.values(context).filter(isFields) : [context];
}

function isFields(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function holds(value: unknown, wanted: (value: unknown) => boolean): boolean {
  if (wanted(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => holds(each, wanted));
}
