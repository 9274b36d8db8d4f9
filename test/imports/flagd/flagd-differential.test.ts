import * as current from '@openfeature/flagd-core';
import { type Context, compileDocument, evaluate, parseDocument } from '@sluice/core';
import { flagd1Importer, flagdImporter, type Importer } from '@sluice/import';
import * as first from 'flagd-core-1';
import { describe, expect, it } from 'vitest';
import { startFlagd } from '../../../packages/cli/src/verify-import/flagd-oracle.ts';
import { generateContexts } from './contexts.ts';
import { type DefinitionsJson, generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

const SEEDS = Number(process.env['SLUICE_IMPORT_SEEDS'] ?? 54);
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

/** More differences say no more. */
const ENOUGH = 5;

interface Run {
  readonly differences: string[];
  readonly carried: Map<string, number>;
  readonly noted: Map<string, number>;
  compared: number;
  outside: number;
}

describe.each([
  { importer: flagdImporter, sdk: current, version: 'flagd-core 4' },
  { importer: flagd1Importer, sdk: first, version: 'flagd-core 1' },
])('imported flagd definitions', ({ importer, sdk, version }) => {
  it(`answer everybody as ${version} does, but for those whom a note names`, async () => {
    const run: Run = { differences: [], carried: new Map(), noted: new Map(), compared: 0, outside: 0 };
    for (let seed = 0; seed < SEEDS && run.differences.length < ENOUGH; seed++)
      await compareOne(seed, importer, sdk, run);
    console.info(
      `${version}: ${run.compared} answers compared, ${run.outside} outside; constructs:`,
      Object.fromEntries(run.carried),
      'notes:',
      Object.fromEntries(run.noted),
    );
    expect(run.differences).toEqual([]);
    expect([...run.carried.keys()].toSorted()).toEqual(importer.constructs.toSorted());
    expect([...run.noted.keys()].toSorted()).toEqual(Object.keys(importer.codes).toSorted());
    expect(run.outside).toBeLessThan(run.compared / 2);
  }, 3_600_000);
});

async function compareOne(seed: number, importer: Importer, sdk: unknown, run: Run): Promise<void> {
  const { input, forSdk } = spoil(generateDefinitions(seed), seed);
  const { document, report } = importer.convert(input);
  for (const [construct, count] of Object.entries(report.carried)) add(run.carried, construct, count);
  for (const { code } of report.notes) add(run.noted, code, 1);
  if (document === undefined) return;
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const flags = compileDocument(document);
  const isOutside = outsideOf(report);
  // Where something of a flag's targeting was lost, whoever gets that far gets the default variant.
  const lost = new Set(
    report.notes.filter((note) => note.severity === 'lost' && note.path[2] === 'targeting').map(({ path }) => path[1]),
  );
  const oracle = await startFlagd(sdk, forSdk);
  for (const context of generateContexts(seed, UNITS)) {
    for (const key of Object.keys(document.flags ?? {})) {
      if (run.differences.length >= ENOUGH) return;
      if (isOutside(key, context)) {
        run.outside++;
        continue;
      }
      run.compared++;
      const expected = await oracle.ask(key, context);
      const { value, variant } = evaluate(flags, key, context, { now: Date.now });
      if (variant === expected.variant && JSON.stringify(value) === JSON.stringify(expected.value)) continue;
      if (lost.has(key) && variant === (forSdk.flags[key]?.defaultVariant ?? undefined)) continue;
      run.differences.push(print(seed, key, context, forSdk, expected.variant, variant, document.flags?.[key]));
    }
  }
  await oracle.close();
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function print(
  seed: number,
  key: string,
  context: Context,
  { flags, $evaluators }: DefinitionsJson,
  expected: unknown,
  variant: unknown,
  flag: unknown,
): string {
  const shown = { flag: flags[key], ...(JSON.stringify(flags[key]).includes('$ref') && { $evaluators }) };
  return `seed ${seed}, ${key} for ${JSON.stringify(context)}: ${expected} from flagd, ${variant} from Sluice\n${JSON.stringify(shown)}\n${JSON.stringify(flag)}`;
}
