import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { JsonReport } from '@sluice/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
let report: JsonReport;
let printed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-demo-'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [resolve('examples/language-router/dist/main.js'), '--json'],
    { cwd: folder, maxBuffer: 2 ** 26 },
  );
  printed = stdout;
  report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}, 180_000);

afterAll(() => rm(folder, { recursive: true }));

describe('the language router', () => {
  it('finds eld better and lande worse, because that is what it measured', () => {
    const [stage] = report.flags[0]?.stages ?? [];
    const verdicts = stage?.candidates.map(({ variant, verdict }) => [variant, verdict]);
    expect(verdicts).toEqual([
      ['eld', 'promote'],
      ['lande', 'rollback'],
    ]);
    const [eld, lande] = stage?.candidates ?? [];
    expect(eld?.quality_delta?.low).toBeGreaterThan(0);
    expect(lande?.latency_delta?.low).toBeGreaterThan(0);
  });

  it('measures thousands of users, none of them in two variants', () => {
    const flag = report.flags[0];
    const units = flag?.stages[0]?.candidates.map(({ sample_size }) => sample_size.candidate.units) ?? [];
    expect(Math.min(...units)).toBeGreaterThan(1000);
    expect(flag).toMatchObject({ skipped_lines: 0, duplicates: 0 });
    expect(flag?.stages[0]).toMatchObject({ crossovers: 0, sample_ratio: { status: 'balanced' } });
  });

  it('hears from users a day later', () => {
    const figures = report.flags[0]?.stages[0]?.candidates.map(({ arms }) => arms.candidate.other['feedback']);
    for (const feedback of figures ?? []) expect(feedback).toBeGreaterThan(0);
  });

  it('prints a table and writes a page with plots', async () => {
    expect(printed).toContain('PROMOTE eld');
    expect(await readFile(join(folder, '.sluice/language-router/report.html'), 'utf8')).toContain('<svg');
  });
});
