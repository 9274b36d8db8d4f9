import type { Context } from '@sluice/core';
import type { Imported, Outside } from '../differential.ts';
import type { Payload } from './generate.ts';

export function outsideOf(payload: Payload, imported: Imported): Outside {
  const caveats = caveatsByFlag(payload, imported);
  // Asked for one flag after another with the same context.
  let last: { readonly context: Context; readonly named: readonly string[] } | undefined;
  return (key, context) => {
    if (last?.context !== context) last = { context, named: [...caveatsAbout(context)] };
    return last.named.some((code) => caveats.get(key)?.has(code));
  };
}

/** Of the importer's caveats, those that name this context. */
function caveatsAbout(context: Context): ReadonlySet<string> {
  const caveats = new Set<string>();
  const walk = (each: unknown): void => {
    if (each instanceof Date) caveats.add('date');
    else if (Array.isArray(each)) {
      if (each.includes(null) || each.includes(undefined)) caveats.add('null-in-list');
      each.forEach(walk);
    } else if (typeof each === 'object' && each !== null) Object.values(each).forEach(walk);
    else if (typeof each === 'string' && !/^[ -~]*$/.test(each)) caveats.add('pattern');
  };
  walk(context);
  const { version } = context;
  const plain = typeof version === 'string' && /^$|^\d{1,5}(\.\d{1,5}){2}$/.test(version);
  if (typeof version === 'number' || (typeof version === 'string' && !plain)) caveats.add('loose-version');
  if (Object.keys(context).some((name) => name.includes('.')) || 'org' in context) caveats.add('dotted-name');
  return caveats;
}

/** A caveat about a feature is one about those that ask for it; one about a saved group is about all. */
function caveatsByFlag(
  { features }: Payload,
  { document, report }: Imported,
): ReadonlyMap<string, ReadonlySet<string>> {
  const shared = report.notes.filter(({ path }) => path[0] !== 'features' || path.length === 1);
  const of = (key: string, trail: readonly string[]): ReadonlySet<string> => {
    const own = report.notes.filter(({ path }) => path[0] === 'features' && path[1] === key);
    const rules = (features[key] as Feature | undefined)?.rules;
    const parents = (Array.isArray(rules) ? (rules as Rules) : []).flatMap((rule) => rule?.parentConditions ?? []);
    const inherited = parents
      .map(({ id }) => id)
      .filter((id) => ![...trail, key].includes(id))
      .flatMap((id) => [...of(id, [...trail, key])]);
    return new Set([...[...shared, ...own].map(({ code }) => code), ...inherited]);
  };
  return new Map(Object.keys(document.flags ?? {}).map((key) => [key, of(key, [])]));
}

/** Those of `brokenFeatures` may be anything. */
interface Feature {
  readonly rules?: unknown;
}

type Rules = readonly ({ readonly parentConditions?: readonly { readonly id: string }[] } | null)[];
