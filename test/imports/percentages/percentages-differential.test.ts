import { compileDocument, evaluate } from '@sluice/core';
import { percentagesImporter } from '@sluice/import';
import { describe, expect, it } from 'vitest';
import { startPercentages } from '../../../packages/cli/src/verify-import/percentages-oracle.ts';
import { generateSettings, generateUsers } from './generate.ts';

const SEEDS = Number(process.env['SLUICE_IMPORT_SEEDS'] ?? 50);
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

describe('imported home-grown percentages', () => {
  it('answer as the code does, with every construct and every note at least once', async () => {
    const met = new Set<string>();
    const differences: string[] = [];
    let compared = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const settings = generateSettings(seed);
      const { document, report } = percentagesImporter.convert(settings);
      for (const name of [...Object.keys(report.carried), ...report.notes.map(({ code }) => code)]) met.add(name);
      if (document === undefined) continue;
      const flags = compileDocument(document);
      const oracle = await startPercentages(undefined, settings);
      for (const context of generateUsers(seed, UNITS)) {
        for (const flag of Object.keys(document.flags ?? {})) {
          compared++;
          const { value, errorCode } = evaluate(flags, flag, context);
          const expected = (await oracle.ask(flag, context)).value;
          if (value === expected && errorCode === undefined) continue;
          if (differences.length < 5)
            differences.push(`seed ${seed}, ${flag}, ${JSON.stringify(context)}: ${expected}`);
        }
      }
    }
    console.info(`percentages: ${compared} answers compared; met: ${[...met].join(', ')}`);
    expect(differences).toEqual([]);
    const known = [...percentagesImporter.constructs, ...Object.keys(percentagesImporter.codes)];
    expect([...met].toSorted()).toEqual(known.toSorted());
  }, 3_600_000);
});
