import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of a program in `programs`. They import the package by its name, as it was built. */
export function programPath(name: string): string {
  const built = fileURLToPath(new URL('../dist/esm/index.js', import.meta.url));
  if (!existsSync(built)) throw new Error(`${built} is missing: run "pnpm build" first`);
  return fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
}

/** Runs a program to its end and gives its standard output. */
export async function runProgram(name: string, ...values: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [programPath(name), ...values], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

export function startProgram(name: string, ...values: readonly string[]): ChildProcess {
  return spawn(process.execPath, [programPath(name), ...values], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Without the options by which the test runner resolves packages to their sources. */
export const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '' };
