import { type Context, compileDocument, evaluate, parseDocument } from '@sluice/core';
import { flagsmithImporter } from '@sluice/import';
import * as sdk from 'flagsmith-nodejs';
import { describe, expect, it } from 'vitest';
import { startFlagsmith } from '../../../packages/cli/src/verify-import/flagsmith-oracle.ts';
import { generateContexts } from './contexts.ts';
import { generateEnvironment } from './generate.ts';
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

describe('an imported Flagsmith environment', () => {
  it('answers everybody as flagsmith-nodejs does, but for those whom a note names', async () => {
    const run: Run = { differences: [], carried: new Map(), noted: new Map(), compared: 0, outside: 0 };
    for (let seed = 0; seed < SEEDS && run.differences.length < ENOUGH; seed++) await compareOne(seed, run);
    console.info(
      `${run.compared} answers compared, ${run.outside} outside; constructs:`,
      Object.fromEntries(run.carried),
      'notes:',
      Object.fromEntries(run.noted),
    );
    expect(run.differences).toEqual([]);
    expect([...run.carried.keys()].toSorted()).toEqual(flagsmithImporter.constructs.toSorted());
    expect([...run.noted.keys()].toSorted()).toEqual(Object.keys(flagsmithImporter.codes).toSorted());
    expect(run.outside).toBeLessThan(run.compared / 2);
  }, 14_400_000);
});

async function compareOne(seed: number, run: Run): Promise<void> {
  const environment = generateEnvironment(seed);
  const { input, forSdk } = spoil(environment, seed);
  const { document, report } = flagsmithImporter.convert(input);
  for (const [construct, count] of Object.entries(report.carried)) add(run.carried, construct, count);
  for (const { code } of report.notes) add(run.noted, code, 1);
  if (document === undefined) return;
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const flags = compileDocument(document);
  const keys = Object.keys(document.flags ?? {});
  const features = new Set(forSdk.feature_states.map(({ feature }) => feature.name));
  const featureOf = (key: string): string => (features.has(key) ? key : key.replace(/\.enabled$/, ''));
  const isOutside = outsideOf(input, report);
  const oracle = await startFlagsmith(sdk, forSdk);
  for (const context of generateContexts(forSdk, seed, UNITS)) {
    if (run.differences.length >= ENOUGH) break;
    for (const key of keys) {
      if (isOutside(featureOf(key), context)) run.outside++;
      else {
        run.compared++;
        const expected = (await oracle.ask(key, context)).value;
        const { value, errorCode } = evaluate(flags, key, context);
        if (value !== expected || errorCode !== undefined)
          run.differences.push(print(seed, key, context, expected, value));
      }
    }
  }
  await oracle.close();
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function print(seed: number, key: string, context: Context, expected: unknown, value: unknown): string {
  return `seed ${seed}, ${key} for ${JSON.stringify(context)}: ${JSON.stringify(expected)} from the SDK, ${JSON.stringify(value)} from Sluice`;
}
