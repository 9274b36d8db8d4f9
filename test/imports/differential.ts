import { isDeepStrictEqual } from 'node:util';
import type { VendorAnswer, VendorOracle } from '@sluice/cli/verify-import';
import { type Context, compileDocument, type Document, type Evaluation, evaluate, parseDocument } from '@sluice/core';
import type { Importer, ImportReport, ImportResult } from '@sluice/import';
import { expect, it } from 'vitest';

/** Definitions of a vendor, imported, beside the vendor's own SDK on the same definitions. */
export interface Differential {
  readonly importer: Importer;
  /** Name of the SDK. */
  readonly sdk: string;
  /** How many cases it takes to meet every construct and every note; `SLUICE_IMPORT_SEEDS` sets another number. */
  readonly seeds: number;
  /** Which share of the answers notes may name, 0 to 1: with more of them, too little is compared. */
  readonly mostOutside: number;
  /** @param seed counts from 0 */
  generate(seed: number): Case;
}

export interface Case {
  /** What is imported. */
  readonly input: unknown;
  /** The SDK on the definitions, without what stops it from reading them or what the report says is lost. */
  start(imported: Imported): Promise<VendorOracle>;
  contexts(count: number): Iterable<Context>;
  /** Of whom the notes say that they may get other answers. */
  outside(imported: Imported, oracle: VendorOracle): Outside;
  /** Whether a note names this answer, where the SDK gives another. @default none is */
  allows?(imported: Imported, key: string, given: Evaluation): boolean;
  /** Expects what else has to hold of the import itself. */
  check?(result: ImportResult): void;
  /** What the vendor has under this key of the document, for the message about a difference. */
  definition?(key: string): unknown;
}

export interface Imported {
  readonly document: Document;
  readonly report: ImportReport;
}

/** Whether a caveat, or what was lost, names this key of the document asked with this context. */
export type Outside = (key: string, context: Context) => boolean | Promise<boolean>;

const SEEDS = process.env['SLUICE_IMPORT_SEEDS'];
const UNITS = Number(process.env['SLUICE_IMPORT_UNITS'] ?? 40);

/** More differences say no more. */
const ENOUGH = 5;

/** A full run asks with 100,000 contexts for each of the definitions. */
const TIMEOUT_MS = 86_400_000;

interface Run {
  readonly differences: string[];
  readonly carried: Map<string, number>;
  readonly noted: Map<string, number>;
  compared: number;
  outside: number;
}

/** The test of an importer that no unit moves. */
export function itAnswersAs(differential: Differential): void {
  const { importer, sdk, seeds, mostOutside } = differential;
  it(`answers everybody as ${sdk} does, but for those whom a note names`, { timeout: TIMEOUT_MS }, async () => {
    const run: Run = { differences: [], carried: new Map(), noted: new Map(), compared: 0, outside: 0 };
    for (let seed = 0; seed < Number(SEEDS ?? seeds) && run.differences.length < ENOUGH; seed++)
      await runCase(seed, differential, run);
    const { differences, carried, noted, compared, outside } = run;
    console.info(`${sdk}: ${compared} answers compared, ${outside} outside`);
    console.info(`constructs: ${countsOf(carried)}; notes: ${countsOf(noted)}`);
    expect(differences).toEqual([]);
    expect([...carried.keys()].toSorted()).toEqual(importer.constructs.toSorted());
    expect([...noted.keys()].toSorted()).toEqual(Object.keys(importer.codes).toSorted());
    expect(outside / (outside + compared)).toBeLessThanOrEqual(mostOutside);
  });
}

async function runCase(seed: number, { importer, sdk, generate }: Differential, run: Run): Promise<void> {
  const tried = generate(seed);
  const result = importer.convert(tried.input);
  for (const [construct, count] of Object.entries(result.report.carried)) add(run.carried, construct, count);
  for (const { code } of result.report.notes) add(run.noted, code, 1);
  tried.check?.(result);
  const { document, report } = result;
  if (document === undefined) return;
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const flags = compileDocument(document);
  const imported = { document, report };
  const oracle = await tried.start(imported);
  const isOutside = tried.outside(imported, oracle);
  for (const context of tried.contexts(UNITS)) {
    if (run.differences.length >= ENOUGH) break;
    for (const [key, flag] of Object.entries(document.flags ?? {})) {
      if (await isOutside(key, context)) {
        run.outside++;
        continue;
      }
      run.compared++;
      const expected = await oracle.ask(key, context);
      const given = evaluate(flags, key, context, { now: Date.now });
      if (isSame(expected, given) || tried.allows?.(imported, key, given)) continue;
      const { flagMetadata: _, ...answer } = given;
      run.differences.push(
        `seed ${seed}, ${key} for ${print(context)}: ${print(expected)} from ${sdk}, ${print(answer)} from Sluice; ` +
          `it is ${print(flag)}, imported from ${print(tried.definition?.(key))}`,
      );
    }
  }
  await oracle.close();
}

/** A vendor that serves nothing names no variant either, so there Sluice's must have none. */
function isSame(expected: VendorAnswer, { value, variant, errorCode }: Evaluation): boolean {
  const isNamed = expected.variant !== undefined || expected.value === undefined;
  if (errorCode !== undefined || (isNamed && variant !== expected.variant)) return false;
  return isDeepStrictEqual(value, expected.value);
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function countsOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

const print = (value: unknown): string => JSON.stringify(value);
