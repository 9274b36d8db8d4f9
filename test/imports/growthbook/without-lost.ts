import type { VendorOracle } from '@sluice/cli/verify-import';
import type { Imported } from '../differential.ts';
import type { Payload } from './generate.ts';

/** Rules that are lost, but not their feature, are passed over by whom they would serve; their gates count. */
export function withoutLost(payload: Payload, { document, report }: Imported): unknown {
  const lost = new Map<string, Set<number>>();
  for (const { severity, code, path } of report.notes) {
    const [top, key, rules, index] = path;
    // Where features ask for themselves, the answer is the SDK's.
    if (severity !== 'lost' || code === 'prerequisite-cycle' || top !== 'features' || rules !== 'rules') continue;
    if (typeof index === 'number') lost.set(String(key), (lost.get(String(key)) ?? new Set()).add(index));
  }
  const { features, ...rest } = payload;
  const left = Object.keys(document.flags ?? {}).map((key): [string, unknown] => {
    const { rules, ...feature } = (features[key] ?? {}) as Feature;
    const kept = rules?.map((rule, index) =>
      lost.get(key)?.has(index) ? { parentConditions: rule.parentConditions?.filter(({ gate }) => gate) } : rule,
    );
    return [key, { ...feature, rules: kept }];
  });
  return { ...rest, features: { ...features, ...Object.fromEntries(left) } };
}

interface Feature {
  readonly rules?: readonly { readonly parentConditions?: readonly { readonly gate?: true }[] }[];
}

/** An experiment that is left out has taken its names all the same, so those of the others are Sluice's own. */
export function withoutLostNames(oracle: VendorOracle, { report }: Imported): VendorOracle {
  const partly = new Set(report.notes.filter(({ severity }) => severity === 'lost').map(({ path }) => path[1]));
  return {
    ...oracle,
    async ask(key, context) {
      const answer = await oracle.ask(key, context);
      return partly.has(key) ? { value: answer.value } : answer;
    },
  };
}
