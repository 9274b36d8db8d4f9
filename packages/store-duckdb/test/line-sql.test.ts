import type { OutcomeRecord, SummaryReport } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { duckdbStore } from '../src/index.ts';
import { segmentDirectory } from './segment-directory.ts';

const whole: OutcomeRecord = {
  v: 1,
  type: 'outcome',
  id: 'id',
  at: 5,
  flag: 'model',
  variant: 'old',
  arm: 'control',
  stage: 's1',
  unit: 'ann',
  run: 'r1',
  metric: 'quality',
  value: 1,
};
const exposure = { ...whole, type: 'exposure', run: undefined, metric: undefined, value: undefined };

/** A whole line of a run of its own. */
const line = (run: string | number): string => JSON.stringify({ ...whole, run: `run ${run}` });

async function read(...segments: readonly (string | Uint8Array)[]): Promise<SummaryReport> {
  const files = Object.fromEntries(segments.map((content, index) => [`${index}.ndjson`, content]));
  const store = duckdbStore(await segmentDirectory(files));
  const report = await store.summarise({
    from: 0,
    to: 100,
    metrics: { quality: { aggregate: 'p95', better: 'higher' } },
  });
  await store.close();
  return report;
}

async function counts(...segments: readonly (string | Uint8Array)[]): Promise<{ runs: number; skipped: number }> {
  const { summaries, skippedLines } = await read(...segments);
  return { runs: summaries[0]?.runs ?? 0, skipped: skippedLines };
}

describe('lines', () => {
  it('reads the last line of a segment with and without its newline', async () => {
    expect(await counts(`${line(1)}\n${line(2)}`, `${line(3)}\n`)).toEqual({ runs: 3, skipped: 0 });
  });

  it('skips a line torn at any place, and loses no line after it', async () => {
    const torn = line('torn');
    const segments = Array.from({ length: torn.length - 1 }, (_, index) => {
      const start = torn.slice(0, index + 1);
      return `${line(`${index} a`)}\n${start}\n${line(`${index} b`)}\n${line(`${index} c`)}\n${start}`;
    });
    expect(await counts(...segments)).toEqual({ runs: 3 * segments.length, skipped: 2 * segments.length });
  });

  it('skips a line torn within a character', async () => {
    const bytes = Buffer.from(`${line(1)}\n{"v":1,"flag":"é`).subarray(0, -1);
    expect(await counts(bytes)).toEqual({ runs: 1, skipped: 1 });
  });

  it('passes over blank lines and reads lines that end in a carriage return', async () => {
    expect(await counts('', '\n', `\n\n${line(1)}\r\n\r\n${line(2)}\n\n`)).toEqual({ runs: 2, skipped: 0 });
  });

  it('skips what is no JSON, or no object', async () => {
    const junk = ['junk', '"', "'", '\\', '{', '[', '[]', '""', '5', 'null', 'true', '{}', '#', ' ', `${line(9)}x`];
    for (const text of junk) {
      expect(await counts(`${line(1)}\n${text}\n${line(2)}\n`), text).toEqual({ runs: 2, skipped: 1 });
    }
  });

  it('skips invalid UTF-8 and NUL bytes', async () => {
    const junk = [[0xff, 0xfe], [0xc3, 0x28], [0], [0, 0, 0, 0], [0x22, 0xff, 0x22], [0x1f, 0x1f]];
    for (const bytes of junk) {
      const content = Buffer.concat([Buffer.from(`${line(1)}\n`), Buffer.from(bytes), Buffer.from(`\n${line(2)}\n`)]);
      expect(await counts(content), String(bytes)).toEqual({ runs: 2, skipped: 1 });
    }
  });

  it('skips a line that is longer than all buffers, such as the zeros that a crash of the machine leaves', async () => {
    for (const size of [3e6, 40e6]) {
      const before = Buffer.from(`${line(1)}\n`);
      const content = Buffer.concat([before, Buffer.alloc(size), Buffer.from(`\n${line(2)}\n`)]);
      const tail = Buffer.concat([Buffer.from(`${line(3)}\n`), Buffer.alloc(size)]);
      expect(await counts(content, tail)).toEqual({ runs: 3, skipped: 2 });
    }
  });

  it('skips an unknown version or type', async () => {
    for (const change of [
      { v: 2 },
      { v: 0 },
      { v: '1' },
      { v: null },
      { v: undefined },
      { type: 'verdict' },
      { type: 1 },
    ]) {
      const text = JSON.stringify({ ...whole, ...change });
      expect(await counts(`${text}\n${line(1)}\n`), text).toEqual({ runs: 1, skipped: 1 });
    }
  });

  it('skips a record with a field that is missing or of the wrong type', async () => {
    const wrong = { text: [undefined, null, 1, true, {}, []], number: [undefined, null, '1', true, {}, []] };
    const texts = ['type', 'id', 'flag', 'variant', 'arm', 'stage', 'unit', 'run', 'metric'];
    const changes = [
      ...texts.flatMap((field) => wrong.text.map((value) => ({ [field]: value }))),
      ...['at', 'value'].flatMap((field) => wrong.number.map((value) => ({ [field]: value }))),
      { arm: 'treatment' },
      { at: 5.5 },
      { at: 2 ** 53 },
    ];
    const lines = changes.map((change) => JSON.stringify({ ...whole, ...change }));
    expect(await counts([...lines, line(1)].join('\n'))).toEqual({ runs: 1, skipped: changes.length });
  });

  it('skips values that are not finite', async () => {
    const lines = ['1e400', '-1e400', 'NaN', 'Infinity', '-Infinity'].map((value) =>
      line(9).replace('"value":1', `"value":${value}`),
    );
    expect(await counts([...lines, line(1)].join('\n'))).toEqual({ runs: 1, skipped: 5 });
  });

  it('skips an exposure whose share is no share', async () => {
    const shares = ['0.5', -0.1, 1.1, true, {}];
    const lines = shares.map((share) => JSON.stringify({ ...exposure, share }));
    const { summaries, skippedLines } = await read([...lines, JSON.stringify({ ...exposure, share: 1 })].join('\n'));
    expect([summaries[0]?.share, skippedLines]).toEqual([1, shares.length]);
  });

  it('passes over fields that it does not know, whatever they hold', async () => {
    const extra = { 'new': { a: ['{'] }, share: 'of an outcome', "it's": null, value2: 'x\ny', V: 2, __proto__: 1 };
    const text = JSON.stringify({ ...extra, ...whole, constructor: 1 });
    expect(await counts(text)).toEqual({ runs: 1, skipped: 0 });
  });

  it('reads every way JSON has of writing a text and a number', async () => {
    const text = line(1)
      .replace('"ann"', '"\\u0061nn"')
      .replace('"at":5', '"at":0.5E1')
      .replace('"v":1', '"v":1.0')
      .replace('"value":1', ' "value" : -25e-2 ');
    const { summaries } = await read(`${text}\n${line(2)}\n`);
    expect([summaries[0]?.units, summaries[0]?.metrics['quality']?.sum]).toEqual([1, 0.75]);
  });

  it('does not fail on numbers whose squares are infinite', async () => {
    const lines = ['1e200', '-1e308', '1e308'].map((value, index) =>
      line(index).replace('"value":1', `"value":${value}`),
    );
    const { summaries } = await read(lines.join('\n'));
    expect(summaries[0]?.metrics['quality']?.p95?.value).toBe(1e308);
  });
});
