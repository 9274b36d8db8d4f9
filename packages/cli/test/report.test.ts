import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasurementRecord } from '@sluice/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';

const DAY_MS = 86_400_000;
let directory: string;

/** Two arms of 300 units each; the candidate answers better. */
function* records(flag: string, daysAgo: number): Generator<MeasurementRecord> {
  const at = Date.now() - daysAgo * DAY_MS;
  for (let index = 0; index < 600; index++) {
    const candidate = index % 2 === 0;
    const base = {
      v: 1,
      at,
      flag,
      variant: candidate ? 'claude' : 'gpt',
      arm: candidate ? 'candidate' : 'control',
      stage: '1',
      unit: `user-${index}`,
    } as const;
    yield { ...base, type: 'exposure', id: `e-${flag}-${index}`, share: 0.5 };
    const value = (index % 10) / 10 < (candidate ? 0.9 : 0.6) ? 1 : 0;
    yield { ...base, type: 'outcome', id: `o-${flag}-${index}`, run: `r-${flag}-${index}`, metric: 'quality', value };
  }
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sluice-report-'));
  const lines = [...records('support-model', 1), ...records('old-model', 20)].map((record) => JSON.stringify(record));
  await writeFile(join(directory, '1.ndjson'), `${lines.join('\n')}\n`);
});

afterAll(() => rm(directory, { recursive: true }));

describe('sluice report', () => {
  it('prints a table and the verdict of one flag', async () => {
    const { exitCode, stdout } = await sluice(['report', 'support-model', '--store', directory]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('support-model');
    expect(stdout).toMatch(/promote/i);
  });

  it('prints the report as JSON, flag by flag', async () => {
    const { stdout } = await sluice(['report', '--store', directory, '--since', '30d', '--json']);
    const { flags } = JSON.parse(stdout);
    expect(flags.map(({ flag }: { flag: string }) => flag)).toEqual(['old-model', 'support-model']);
    const [candidate] = flags[1].stages[0].candidates;
    expect(candidate).toMatchObject({
      variant: 'claude',
      verdict: 'promote',
      sample_size: { candidate: { units: 300, runs: 300 }, control: { units: 300, runs: 300 } },
      latency_delta: null,
    });
    expect(candidate.quality_delta).toMatchObject({ margin: 0.02 });
    expect(candidate.quality_delta.low).toBeLessThan(candidate.quality_delta.estimate);
  });

  it('looks back only as far as it is told', async () => {
    const { stdout } = await sluice(['report', 'old-model', '--store', directory, '--since', '7d', '--json']);
    expect(JSON.parse(stdout).flags[0].stages).toEqual([]);
  });

  it('takes margins from a document', async () => {
    const document = join(directory, 'flags.yaml');
    await writeFile(document, 'sluice: 1\nmetrics: { quality: { aggregate: mean, better: higher, margin: 0.1 } }\n');
    const { stdout } = await sluice([
      'report',
      'support-model',
      '--store',
      directory,
      '--document',
      document,
      '--json',
    ]);
    expect(JSON.parse(stdout).flags[0].stages[0].candidates[0].quality_delta.margin).toBe(0.1);
  });

  it('writes a page that stands alone', async () => {
    const file = join(directory, 'report.html');
    const { exitCode } = await sluice(['report', '--store', directory, '--html', file]);
    const html = await readFile(file, 'utf8');
    expect(exitCode).toBe(0);
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
  });

  it.each([
    [['--store', 'no/such/directory'], 'no/such/directory'],
    [['missing-flag', '--store', '.'], 'missing-flag'],
  ])('exits with 3 and says why for %j', async (commandLine, message) => {
    const { exitCode, stderr } = await sluice([
      'report',
      ...commandLine.map((word) => (word === '.' ? directory : word)),
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(message);
  });
});
