import { type Context, compileDocument, evaluate, parseDocument } from '@sluice/core';
import { unleashImporter } from '@sluice/import';
import sdk from 'unleash-client';
import { describe, expect, it } from 'vitest';
import { startUnleash } from '../../../packages/cli/src/verify-import/unleash-oracle.ts';
import { generateContexts } from './contexts.ts';
import { generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

const SEEDS = Number(process.env['SLUICE_IMPORT_SEEDS'] ?? 54);
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

interface Run {
  readonly differences: string[];
  readonly carried: Map<string, number>;
  readonly noted: Map<string, number>;
  compared: number;
  outside: number;
}

describe('imported Unleash features', () => {
  it('answer everybody as unleash-client does, but for those whom a note names', async () => {
    const run: Run = { differences: [], carried: new Map(), noted: new Map(), compared: 0, outside: 0 };
    for (let seed = 0; seed < SEEDS && run.differences.length < 5; seed++) await compareOne(seed, run);
    console.info(
      `${run.compared} answers compared, ${run.outside} outside; constructs:`,
      Object.fromEntries(run.carried),
      'notes:',
      Object.fromEntries(run.noted),
    );
    expect(run.differences).toEqual([]);
    expect([...run.carried.keys()].toSorted()).toEqual(unleashImporter.constructs.toSorted());
    expect([...run.noted.keys()].toSorted()).toEqual(Object.keys(unleashImporter.codes).toSorted());
    expect(run.outside).toBeLessThan(run.compared / 4);
  }, 3_600_000);
});

async function compareOne(seed: number, run: Run): Promise<void> {
  const { input, definitions } = spoil(generateDefinitions(seed), seed);
  const { document, report } = unleashImporter.convert(input);
  for (const [construct, count] of Object.entries(report.carried)) add(run.carried, construct, count);
  for (const { code } of report.notes) add(run.noted, code, 1);
  if (document === undefined) return;
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const flags = compileDocument(document);
  const features = new Set(definitions.features.map(({ name }) => name));
  const keys = Object.keys(document.flags ?? {}).map((key) => ({
    key,
    feature: features.has(key) ? key : key.replace(/\.enabled$/, ''),
  }));
  const isOutside = outsideOf(input, definitions, report);
  const oracle = await startUnleash(sdk, input);
  for (const context of generateContexts(seed, UNITS)) {
    for (const { key, feature } of keys) {
      if (isOutside(feature, context)) {
        run.outside++;
        continue;
      }
      run.compared++;
      const expected = await oracle.ask(key, context);
      const given = evaluate(flags, key, context, { now: Date.now });
      const named = expected.variant === undefined || expected.variant === given.variant;
      if (!named || !same(given.value, expected.value) || given.errorCode !== undefined) {
        run.differences.push(print(seed, key, context, expected, given));
      }
    }
  }
  await oracle.close();
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function print(seed: number, key: string, context: Context, expected: unknown, given: unknown): string {
  return `seed ${seed}, ${key} for ${JSON.stringify(context)}: ${JSON.stringify(expected)} from the SDK, ${JSON.stringify(given)} from Sluice`;
}
