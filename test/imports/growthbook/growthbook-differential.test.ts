import { growthbookImporter } from '@sluice/import';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { generatePayload } from './generate.ts';
import { generateContexts } from './generate-contexts.ts';

/** Of a full run 50 and 100,000; here a sample. */
const SEEDS = Number(process.env['SLUICE_IMPORT_SEEDS'] ?? 50);
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

// The SDK prints every unknown operator and odd weight, and the payloads hold many.
const { error } = console;
beforeAll(() => {
  console.error = () => {};
});
afterAll(() => {
  console.error = error;
});

describe('GrowthBook payloads, imported', () => {
  it('answer as the SDK does, with every construct and every note at least once', { timeout: 86_400_000 }, async () => {
    const constructs = new Map<string, number>();
    const codes = new Map<string, number>();
    const excused = new Map<string, number>();
    let compared = 0;
    const differences: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const result = await compare(generatePayload(seed), generateContexts(seed, UNITS));
      for (const [construct, count] of Object.entries(result.report.carried)) add(constructs, construct, count);
      for (const { code } of result.report.notes) add(codes, code, 1);
      for (const [code, count] of result.excusedDifferences) add(excused, code, count);
      compared += result.compared;
      differences.push(...result.differences.map((each) => `seed ${seed}: ${each}`));
    }
    console.log(`growthbook: ${compared} answers compared, ${constructs.size} constructs, ${codes.size} notes`);
    console.log(Object.fromEntries([...constructs, ...codes]), 'excused', Object.fromEntries(excused));
    expect(differences.slice(0, 3).join('\n\n')).toBe('');
    if (SEEDS < 50) return;
    expect(growthbookImporter.constructs.filter((construct) => !constructs.has(construct))).toEqual([]);
    expect(Object.keys(growthbookImporter.codes).filter((code) => !codes.has(code))).toEqual([]);
  });
});

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
