import { mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOrMakeUnitKey } from '../../src/sinks/unit-key-file.ts';
import { runProgram } from '../program.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const root = temporaryDirectory();

describe('the key of a directory', () => {
  it('is made once, of 32 random bytes that only the owner may read, with nothing left beside it', () => {
    const directory = join(root, 'deep', 'fresh');
    const key = readOrMakeUnitKey(directory);
    expect(key).toHaveLength(32);
    expect(readOrMakeUnitKey(directory)).toEqual(key);
    expect(readdirSync(directory)).toEqual(['unit.key']);
    expect(statSync(join(directory, 'unit.key')).mode & 0o777).toBe(0o600);
    expect(readOrMakeUnitKey(join(root, 'other'))).not.toEqual(key);
  });

  it('is one for all processes that ask for it at the same time', async () => {
    const directory = join(root, 'raced');
    const keys = await Promise.all(Array.from({ length: 6 }, () => runProgram('print-key', directory)));
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(keys).size).toBe(1);
    expect(readdirSync(directory)).toEqual(['unit.key']);
  });

  it('is refused where the file is not whole, with the way to mend it', () => {
    const directory = join(root, 'truncated');
    readOrMakeUnitKey(directory);
    truncateSync(join(directory, 'unit.key'), 5);
    expect(() => readOrMakeUnitKey(directory)).toThrow(
      /unit\.key holds 5 bytes and a key has 32: bring back a copy.*or delete it/,
    );
    expect(statSync(join(directory, 'unit.key')).size).toBe(5);
  });

  it('is refused where it can neither be read nor made', () => {
    const directory = join(root, 'blocked');
    mkdirSync(join(directory, 'unit.key'), { recursive: true });
    expect(() => readOrMakeUnitKey(directory)).toThrow(/EISDIR/);
  });
});
