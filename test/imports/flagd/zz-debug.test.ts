import * as current from '@openfeature/flagd-core';
import { compileDocument, evaluate } from '@sluice/core';
import { flagd1Importer, flagdImporter } from '@sluice/import';
import * as first from 'flagd-core-1';
import { it } from 'vitest';
import { startFlagd } from '../../../packages/cli/src/verify-import/flagd-oracle.ts';
import { generateContexts } from './contexts.ts';
import { generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

async function differs(importer: any, sdk: any, defs: any, key: string, context: any): Promise<any> {
  const { document, report } = importer.convert(defs);
  if (!document?.flags?.[key]) return undefined;
  if (report.notes.some((n: any) => n.severity === 'lost' && n.path[1] === key)) {
  }
  if (outsideOf(report)(key, context)) return undefined;
  const oracle = await startFlagd(sdk, defs);
  const e: any = await oracle.ask(key, context);
  const got = evaluate(compileDocument(document), key, context, { now: Date.now });
  if (e.variant === got.variant) return undefined;
  if (
    report.notes.some((n: any) => n.severity === 'lost' && n.path[1] === key && n.path[2] === 'targeting') &&
    got.variant === (defs.flags[key].defaultVariant ?? undefined)
  )
    return undefined;
  return { e: e.variant, got: got.variant, flag: document.flags[key] };
}
function* smaller(node: any): Generator<any> {
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i++) {
      if (node.length > 1) yield node.filter((_: any, j: number) => j !== i);
      if (node.length > 2)
        for (let k = i + 1; k < node.length; k++) yield node.filter((_: any, j: number) => j !== i && j !== k);
      for (const s of smaller(node[i])) yield node.map((x: any, j: number) => (j === i ? s : x));
    }
  } else if (node && typeof node === 'object') {
    const [op] = Object.keys(node) as any;
    if (Array.isArray(node[op])) yield* node[op];
    else yield node[op];
    if (!['$ref', 'var'].includes(op)) {
      yield true;
      yield null;
      yield 'a';
    }
    for (const s of smaller(node[op])) yield { [op]: s };
  }
}
it('debug', async () => {
  let shown = 0;
  for (const [importer, sdk, v] of [
    [flagdImporter, current, 4],
    [flagd1Importer, first, 1],
  ] as any[]) {
    shown = 0;
    for (let seed = 0; seed < Number(process.env['S'] ?? 60) && shown < Number(process.env['N'] ?? 3); seed++) {
      const { input, forSdk } = spoil(generateDefinitions(seed), seed);
      const seen = new Set<string>();
      const { document, report } = importer.convert(input);
      if (!document) continue;
      const flags = compileDocument(document);
      const outside = outsideOf(report);
      const oracle = await startFlagd(sdk, forSdk);
      for (const context of generateContexts(seed, Number(process.env['U'] ?? 40))) {
        for (const key of Object.keys(forSdk.flags)) {
          if (seen.has(key) || shown >= 3 || !document.flags[key] || outside(key, context)) continue;
          if ((await oracle.ask(key, context)).variant === evaluate(flags, key, context, { now: Date.now }).variant)
            continue;
          if (!(await differs(importer, sdk, forSdk, key, context))) continue;
          seen.add(key);
          shown++;
          let defs: any = forSdk;
          let ctx: any = context;
          for (let steps = 0; steps < 300; steps++) {
            let found = false;
            for (const t of smaller(defs.flags[key].targeting)) {
              const next = { ...defs, flags: { [key]: { ...defs.flags[key], targeting: t } } };
              try {
                if (await differs(importer, sdk, next, key, ctx)) {
                  defs = next;
                  found = true;
                  break;
                }
              } catch {}
            }
            if (!found) break;
          }
          for (const name of Object.keys(ctx)) {
            const { [name]: _, ...rest } = ctx;
            if (await differs(importer, sdk, defs, key, rest)) ctx = rest;
          }
          const d = await differs(importer, sdk, defs, key, ctx);
          console.log(
            'v' + v,
            seed,
            key,
            JSON.stringify(defs.flags[key]),
            JSON.stringify(defs).includes('$ref') && JSON.stringify(defs.flags[key]).includes('$ref')
              ? JSON.stringify(defs.$evaluators)
              : '',
            '\n CTX',
            JSON.stringify(ctx),
            '\n',
            JSON.stringify(d),
          );
        }
      }
    }
  }
}, 600000);
