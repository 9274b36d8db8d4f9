import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';

describe('the command line', () => {
  it('shows its commands and exit codes when asked for help', async () => {
    const { exitCode, stdout, stderr } = await sluice(['--help']);
    for (const command of ['validate', 'simulate', 'report', 'kill', 'set', 'serve']) expect(stdout).toContain(command);
    expect(stdout).toContain('Exit codes: 0 done');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['simulate', true],
    ['kill', false],
  ])('loads for %s only what it needs (a progress bar: %s)', async (command, expected) => {
    const program = `
      import { createRequire } from 'node:module';
      import { run } from './packages/cli/dist/esm/run.js';
      await run(['${command}', '--help'], { ...process, stdout: process.stderr });
      const loaded = Object.keys(createRequire(process.cwd() + '/').cache);
      console.log(loaded.some((file) => file.includes('cli-progress')));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    expect(stdout).toBe(`${expected}\n`);
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['validate'], "missing required argument 'file'"],
    [['evaluate', 'x.yaml', 'flag', '--context', '{'], 'It has to be JSON'],
    [['evaluate', 'x.yaml', 'flag', '--context', '[]'], 'It has to be a JSON object'],
    [['simulate', 'x.yaml', 'flag', '--units', '0'], 'whole number of at least 1'],
    [['report', '--store', 'x', '--since', 'a week'], 'It has to be a duration'],
    [['report'], "required option '--store <directory>' not specified"],
  ])('says what is wrong with %j, on stderr, with exit code 2', async (commandLine, message) => {
    const { exitCode, stdout, stderr } = await sluice(commandLine);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('names a file that cannot be read, with exit code 3', async () => {
    const { exitCode, stderr } = await sluice(['validate', 'no/such/file.yaml']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('no/such/file.yaml cannot be read');
  });
});
