import { describe, expect, it } from 'vitest';
import { runProgram } from './program.ts';

describe('the ESM and the CommonJS copy of this package in one process', () => {
  it("meet: one copy's measure finds the other copy's hook, and its run the other copy's recorder", async () => {
    const recorded = JSON.parse(await runProgram('both-copies'));
    expect(recorded).toEqual(['exposure', 'thumbs-up', 'errors', 'latency']);
  });
});
