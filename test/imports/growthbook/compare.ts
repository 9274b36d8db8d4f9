import * as growthbook from '@growthbook/growthbook';
import { type Context, compileDocument, evaluate } from '@sluice/core';
import { growthbookImporter, type ImportReport } from '@sluice/import';
import { startGrowthBook } from '../../../packages/cli/src/verify-import/growthbook-oracle.ts';
import type { Json } from './generate-condition.ts';
import { caveatsOf } from './generate-contexts.ts';

export interface Comparison {
  readonly report: ImportReport;
  readonly compared: number;
  /** Answers that were not compared, because a caveat names their context. */
  readonly excused: number;
  /** Of these, the ones that do differ. */
  readonly excusedDifferences: ReadonlyMap<string, number>;
  /** A few of the answers that differ, for a person. */
  readonly differences: readonly string[];
}

/** The SDK's answers beside Sluice's. What the report says is left out is left out of the SDK's payload too. */
export async function compare(payload: Json, contexts: Iterable<Context>): Promise<Comparison> {
  const { document, report } = growthbookImporter.convert(payload);
  if (document === undefined)
    return { report, compared: 0, excused: 0, excusedDifferences: new Map(), differences: [] };
  const flags = compileDocument(document);
  const keys = Object.keys(document.flags ?? {});
  const oracle = await startGrowthBook(growthbook, withoutLost(payload, report, keys));
  // An experiment that is left out has taken its names all the same.
  const partly = new Set(report.notes.filter(({ severity }) => severity === 'lost').map(({ path }) => path[1]));
  const caveats = caveatsByFlag(payload, report, keys);
  const differences: string[] = [];
  const excusedDifferences = new Map<string, number>();
  let compared = 0;
  let excused = 0;
  for (const context of contexts) {
    const named = [...caveatsOf(context)];
    for (const key of keys) {
      const expected = await oracle.ask(key, context);
      const given = evaluate(flags, key, context);
      const same =
        given.errorCode === undefined &&
        (given.value === expected.value || JSON.stringify(given.value) === JSON.stringify(expected.value)) &&
        (expected.variant === undefined || partly.has(key) || expected.variant === given.variant);
      const excuses = named.filter((code) => caveats.get(key)?.has(code));
      if (excuses.length > 0) {
        excused++;
        if (!same) for (const code of excuses) excusedDifferences.set(code, (excusedDifferences.get(code) ?? 0) + 1);
        continue;
      }
      compared++;
      if (!same && differences.length < 5) differences.push(print(key, context, expected, given, payload, document));
    }
  }
  await oracle.close();
  return { report, compared, excused, excusedDifferences, differences };
}

function print(
  key: string,
  context: Context,
  expected: unknown,
  given: object,
  payload: Json,
  document: object,
): string {
  const { features } = payload as { features: Record<string, Json> };
  const { flags } = document as { flags: Record<string, unknown> };
  const { flagMetadata: _, ...answer } = given as { flagMetadata: unknown };
  return [key, context, expected, answer, features[key], flags[key]].map((each) => JSON.stringify(each)).join('\n');
}

/** Rules that are lost, but not their feature, are passed over by whom they would serve; their gates count. */
export function withoutLost(payload: Json, report: ImportReport, keys: readonly string[]): Json {
  const lost = new Map<string, Set<number>>();
  for (const { severity, code, path } of report.notes) {
    const [top, key, rules, index] = path;
    // Where features ask for themselves, the answer is the SDK's.
    if (severity !== 'lost' || code === 'prerequisite-cycle' || top !== 'features' || rules !== 'rules') continue;
    if (typeof index === 'number') lost.set(String(key), (lost.get(String(key)) ?? new Set()).add(index));
  }
  const { features, ...rest } = payload as {
    features: Record<string, { rules?: { parentConditions?: { gate?: true }[] }[] }>;
  };
  const left = keys.map((key): [string, unknown] => {
    const { rules, ...feature } = features[key] ?? {};
    const kept = rules?.map((rule, index) =>
      lost.get(key)?.has(index) ? { parentConditions: rule.parentConditions?.filter(({ gate }) => gate) } : rule,
    );
    return [key, { ...feature, rules: kept }];
  });
  return { ...rest, features: { ...features, ...Object.fromEntries(left) } } as Json;
}

/** A caveat about a feature is one about those that ask for it; one about a saved group is about all. */
function caveatsByFlag(
  payload: Json,
  report: ImportReport,
  keys: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const { features } = payload as { features: Record<string, { rules?: { parentConditions?: { id: string }[] }[] }> };
  const known = new Map<string, ReadonlySet<string>>();
  const shared = report.notes.filter(({ path }) => path[0] !== 'features' || path.length === 1);
  const of = (key: string, trail: readonly string[]): ReadonlySet<string> => {
    const own = report.notes.filter(({ path }) => path[0] === 'features' && path[1] === key);
    const rules = Array.isArray(features[key]?.rules) ? features[key].rules : [];
    const parents = rules.flatMap((rule) => rule?.parentConditions ?? []).map(({ id }) => id);
    const inherited = parents
      .filter((id) => ![...trail, key].includes(id))
      .flatMap((id) => [...of(id, [...trail, key])]);
    return new Set([...[...shared, ...own].map(({ code }) => code), ...inherited]);
  };
  for (const key of keys) known.set(key, of(key, []));
  return known;
}
