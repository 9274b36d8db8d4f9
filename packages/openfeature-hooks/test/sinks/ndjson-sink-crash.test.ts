import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../program.ts';
import { readSegments } from '../read-segments.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const root = temporaryDirectory();

interface Said {
  readonly submitted: Set<string>;
  readonly acknowledged: Set<string>;
}

/** Starts a writer, kills it without warning after it has said `lines` lines, and gives what it said until its death. */
async function writeUntilKilled(directory: string, writer: string, runsPerFlush: number, lines: number): Promise<Said> {
  const said: Said = { submitted: new Set(), acknowledged: new Set() };
  const child = startProgram('write-until-killed', directory, writer, String(runsPerFlush));
  const exit = once(child, 'exit');
  let count = 0;
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [word, ...runs] = line.split(' ');
    if (word === 'submitted' || word === 'acknowledged') for (const run of runs) said[word].add(run);
    count += 1;
    if (count === lines) child.kill('SIGKILL');
  }
  const [code, signal] = await exit;
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return said;
}

describe('writers that are killed in the middle of writing', () => {
  it('leave what was acknowledged, nothing that was not submitted, nothing twice, and torn lines only at the end', async () => {
    const directory = join(root, 'crash');
    const said: Said[] = [];
    for (let round = 0; round < 4; round += 1) {
      const writers = [200, 2_000, 5_000].map((runsPerFlush, index) =>
        writeUntilKilled(directory, `writer-${round}-${index}`, runsPerFlush, 37 + 20 * round),
      );
      said.push(...(await Promise.all(writers)));
    }
    const submitted = new Set(said.flatMap((writer) => [...writer.submitted]));
    const acknowledged = said.flatMap((writer) => [...writer.acknowledged]);
    // Reading fails on a torn line anywhere but at the end of its segment.
    const records = readSegments(directory).flatMap((segment) => segment.records);
    const stored = records.map((record) => (record.type === 'outcome' ? record.run : record.id));
    const storedOnce = new Set(stored);

    expect(acknowledged.length).toBeGreaterThan(10_000);
    expect(acknowledged.filter((run) => !storedOnce.has(run))).toEqual([]);
    expect(stored.filter((run) => !submitted.has(run))).toEqual([]);
    expect(stored).toHaveLength(storedOnce.size);
  });
});
