import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../program.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const directory = temporaryDirectory();

describe('a process that records', () => {
  it('stores a million outcomes and loads no DuckDB', async () => {
    const { counts, sharedObjects } = JSON.parse(await runProgram('record-a-million', directory));
    expect(counts).toMatchObject({ outcomes: 1_000_000, stored: 1_000_000, dropped: 0, failedWrites: 0 });
    expect(sharedObjects.filter((name: string) => /duckdb/i.test(name))).toEqual([]);
  });

  it('ends by itself while records are buffered: the timer holds nobody up', async () => {
    expect(await runProgram('record-and-leave', directory)).toBe('recorded');
  });
});

describe('what this package depends on', () => {
  it('is pure JavaScript, all the way down', () => {
    const names = dependencyNames(new URL('../../package.json', import.meta.url).pathname);
    expect([...names].toSorted()).toEqual(
      [
        '@cfworker/json-schema',
        '@sluice/core',
        'ipaddr.js',
        'lru-cache',
        'mustache',
        're2js',
        'semver',
        'yaml',
      ].toSorted(),
    );
  });
});

function dependencyNames(manifest: string, names: Set<string> = new Set()): Set<string> {
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  for (const name of Object.keys(dependencies)) {
    if (names.has(name)) continue;
    names.add(name);
    const paths = createRequire(manifest).resolve.paths(name) ?? [];
    for (const path of paths) {
      try {
        dependencyNames(`${path}/${name}/package.json`, names);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }
  return names;
}
