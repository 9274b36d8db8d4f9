import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Captured } from './captured-terminal.ts';

export interface Served {
  readonly url: string;
  /** Resolves once this is on stderr. */
  saying(text: string): Promise<void>;
  /** Ends it as an operator would, and resolves with what it said. */
  stop(): Promise<Captured>;
}

/** Runs `sluice serve` as built, in a process of its own, on a free port; it is gone after the test. */
export async function served(commandLine: readonly string[]): Promise<Served> {
  const main = 'packages/cli/dist/esm/main.js';
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...commandLine]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const said = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.stdout += `${line}\n`;
      resolve(line);
    });
    ended.then(() => reject(new Error(`it ended: ${said.stderr}`)), reject);
  });
  return {
    url,
    async saying(text) {
      while (!said.stderr.includes(text)) await once(child.stderr, 'data');
    },
    async stop() {
      child.kill('SIGTERM');
      const [exitCode] = await ended;
      return { exitCode, ...said };
    },
  };
}
