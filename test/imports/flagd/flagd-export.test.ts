import * as sdk from '@openfeature/flagd-core';
import { startFlagd } from '@sluice/cli/verify-import';
import { type Context, compileDocument, type Document, type Evaluation, evaluate, parseDocument } from '@sluice/core';
import { exportFlagd, flagdImporter } from '@sluice/import';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { document as anyDocuments } from '../../../packages/core/test/arbitraries.ts';
import { context as anyContexts } from '../../../packages/core/test/condition-arbitraries.ts';
import { exportCodes } from '../../../packages/import/src/flagd/export-report.ts';
import { generateContexts } from './contexts.ts';
import { contexts, documents } from './document-arbitraries.ts';
import { generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';

const RUNS = Number(process.env['SLUICE_EXPORT_RUNS'] ?? 300);

const silent = { error() {}, warn() {}, info() {}, debug() {} };

/** flagd's own check of definitions against its schema, which its evaluator only logs. */
function checkStrictly(definitions: unknown): void {
  new sdk.MemoryStorage(silent).setConfigurations(JSON.stringify(definitions), true);
}

describe('a document exported to flagd', () => {
  const noted = new Map<string, number>();
  const counts = { compared: 0, outside: 0 };

  it('is accepted by flagd and answered by it as by Sluice, but for what a note names', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.array(contexts, { minLength: 8, maxLength: 8 }), (document, asked) => {
        expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        return compare(document, asked, noted, counts);
      }),
      { numRuns: RUNS },
    );
    // Of more rules that fall through than there is room for, the exporter's own test has an example.
    expect([...noted.keys(), 'size'].toSorted()).toEqual(Object.keys(exportCodes).toSorted());
    console.info(`${counts.compared} answers compared, ${counts.outside} outside; notes:`, Object.fromEntries(noted));
    expect(counts.outside).toBeLessThan(counts.compared);
  }, 600_000);

  it('is so for any document', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocuments, fc.array(anyContexts, { minLength: 4, maxLength: 4 }), (document, asked) =>
        compare(document, asked, noted, counts),
      ),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('comes back as it answered before it was imported from there', async () => {
    let compared = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { document, report } = flagdImporter.convert(generateDefinitions(seed));
      if (document === undefined) continue;
      const isOutside = outsideOf(report);
      const flags = compileDocument(document);
      const { definitions, report: exported } = exportFlagd(document);
      checkStrictly(definitions);
      const lost = new Set(exported.notes.filter(({ severity }) => severity === 'lost').map(({ path }) => path[1]));
      const isOutsideThere = outsideOf(exported);
      const oracle = await startFlagd(sdk, definitions);
      for (const context of generateContexts(seed, 50)) {
        for (const key of Object.keys(document.flags ?? {})) {
          if (lost.has(key) || isOutside(key, context) || isOutsideThere(key, context)) continue;
          compared++;
          const { variant } = evaluate(flags, key, context, { now: Date.now });
          expect({ key, context, variant: (await oracle.ask(key, context)).variant }).toEqual({
            key,
            context,
            variant,
          });
        }
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });
});

async function compare(
  document: Document,
  asked: readonly Context[],
  noted: Map<string, number>,
  counts: { compared: number; outside: number },
): Promise<void> {
  const { definitions, report } = exportFlagd(document);
  for (const { code } of report.notes) noted.set(code, (noted.get(code) ?? 0) + 1);
  checkStrictly(definitions);
  const flags = compileDocument(document);
  const isOutside = outsideOf(report);
  const of = (code: string): Set<unknown> =>
    new Set(report.notes.filter((note) => note.code === code).map(({ path }) => path[1]));
  const rebucketed = of('new-buckets');
  const lost = new Set(
    ['bucketing', 'condition', 'prerequisites', 'layer-or-holdout', 'size'].flatMap((code) => [...of(code)]),
  );
  const disabled = of('when-disabled');
  const oracle = await startFlagd(sdk, definitions);
  for (const context of asked) {
    for (const key of Object.keys(definitions.flags)) {
      const here = evaluate(flags, key, context, { now: Date.now });
      // Whom a rollout that falls through let pass, only the rules after it tell.
      const passed = document.flags?.[key]?.rules?.some(({ otherwise }) => otherwise === 'next') === true;
      const moved = rebucketed.has(key) && (passed || here.reason === 'SPLIT' || here.reason === 'ERROR');
      if (isOutside(key, context) || moved || (disabled.has(key) && here.reason === 'DISABLED')) {
        counts.outside++;
        continue;
      }
      counts.compared++;
      const there = await oracle.ask(key, context);
      if (lost.has(key) && there.variant === controlOf(document, key)) continue;
      expect(there, `${key} for ${JSON.stringify(context)}`).toEqual(answerOf(here));
    }
  }
}

function answerOf({ value, variant }: Evaluation): object {
  return variant === undefined ? { value: undefined } : { value, variant };
}

function controlOf({ flags = {} }: Document, key: string): string | undefined {
  const control = flags[key]?.control;
  return control === undefined ? 'off' : (control ?? undefined);
}
