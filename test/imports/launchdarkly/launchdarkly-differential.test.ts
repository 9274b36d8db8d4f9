import { isDeepStrictEqual } from 'node:util';
import * as sdk from '@launchdarkly/node-server-sdk';
import { type Context, compileDocument, evaluate } from '@sluice/core';
import { launchdarklyImporter } from '@sluice/import';
import { describe, expect, it } from 'vitest';
import { startLaunchDarkly } from '../../../packages/cli/src/verify-import/launchdarkly-oracle.ts';
import { generateContexts } from './contexts.ts';
import { generatePayload } from './generate.ts';
import { outsideOf } from './outside.ts';

const SEEDS = Number(process.env['SLUICE_IMPORT_SEEDS'] ?? 80);
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

interface Run {
  readonly differences: string[];
  readonly carried: Map<string, number>;
  readonly noted: Map<string, number>;
  compared: number;
  outside: number;
}

describe('an imported LaunchDarkly payload', () => {
  it('answers everybody as the Node SDK does, but for those whom a note names', async () => {
    const run: Run = { differences: [], carried: new Map(), noted: new Map(), compared: 0, outside: 0 };
    noteInto(run, launchdarklyImporter.convert([]));
    for (let seed = 0; seed < SEEDS && run.differences.length < 5; seed++) await compareOne(seed, run);
    console.info(
      `${run.compared} answers compared, ${run.outside} outside; constructs:`,
      Object.fromEntries(run.carried),
      'notes:',
      Object.fromEntries(run.noted),
    );
    expect(run.differences).toEqual([]);
    expect([...run.carried.keys()].toSorted()).toEqual(launchdarklyImporter.constructs.toSorted());
    expect([...run.noted.keys()].toSorted()).toEqual(Object.keys(launchdarklyImporter.codes).toSorted());
    expect(run.outside).toBeLessThan(run.compared);
  }, 3_600_000);
});

async function compareOne(seed: number, run: Run): Promise<void> {
  const payload = generatePayload(seed);
  const input = seed % 3 === 0 ? { path: '/', data: payload } : payload;
  const result = launchdarklyImporter.convert(input);
  noteInto(run, result);
  const lost = result.report.notes.filter(({ severity }) => severity === 'lost').map(({ path }) => String(path[1]));
  expect(lost.filter((name) => !/^(odd-|another)/.test(name))).toEqual([]);
  if (result.document === undefined) throw new Error(`seed ${seed} gave no document`);
  const flags = compileDocument(result.document);
  const isOutside = outsideOf(payload, result.report);
  const oracle = await startLaunchDarkly(sdk, input);
  for (const context of generateContexts(payload, seed, UNITS)) {
    const isDefault = async (flag: string) => (await oracle.ask(flag, context)).value === undefined;
    for (const key of Object.keys(result.document.flags ?? {})) {
      if (await isOutside(key, context, isDefault)) {
        run.outside++;
        continue;
      }
      run.compared++;
      const expected = await oracle.ask(key, context);
      const { value, variant } = evaluate(flags, key, context);
      if (!isDeepStrictEqual({ value, variant }, { value: expected.value, variant: expected.variant })) {
        run.differences.push(
          `seed ${seed}, ${key} for ${print(context)}: ${print(expected)} from the SDK, ${print({ value, variant })} from Sluice`,
        );
      }
    }
  }
  await oracle.close();
}

function noteInto(run: Run, { report }: ReturnType<typeof launchdarklyImporter.convert>): void {
  for (const [construct, count] of Object.entries(report.carried)) {
    run.carried.set(construct, (run.carried.get(construct) ?? 0) + count);
  }
  for (const { code } of report.notes) run.noted.set(code, (run.noted.get(code) ?? 0) + 1);
}

const print = (value: Context | object): string => JSON.stringify(value);
