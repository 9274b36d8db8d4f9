import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const minutes = 60_000;

let folder: string;
let project: string;

/** Runs a program in the consumer's project and gives what it printed. */
async function run(program: string, commandLine: readonly string[]): Promise<string> {
  // What a package manager sets for its scripts would reach the programs that are started here.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE_ENV|VITEST|NODE_OPTIONS)/i.test(name)),
  );
  const { stdout, stderr } = await execute(program, commandLine, { cwd: project, env: environment });
  return stdout + stderr;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-packed-'));
  project = join(folder, 'project');
  await mkdir(project);
  await execute('npx', ['-y', 'pnpm@12', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder]);
  const dependencies: Record<string, string> = {};
  for (const file of (await readdir(folder)).filter((each) => each.endsWith('.tgz'))) {
    dependencies[`@sluice/${file.replace(/^sluice-(.*)-\d+\.\d+\.\d+.*$/, '$1')}`] = `file:../${file}`;
  }
  const { 'server-sdk': sdk, core } = await openFeatureVersions();
  const manifest = {
    private: true,
    dependencies: {
      ...dependencies,
      '@openfeature/server-sdk': sdk,
      '@openfeature/core': core,
      jest: '30.5.2',
      node: '24',
    },
    overrides: dependencies,
  };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  await cp('test/packed/consumer', project, { recursive: true });
}, 10 * minutes);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function openFeatureVersions(): Promise<Record<string, string>> {
  const workspace = await readFile('pnpm-workspace.yaml', 'utf8');
  return Object.fromEntries(
    [...workspace.matchAll(/"@openfeature\/([\w-]+)": ([\d.]+)/g)].map(([, name, version]) => [
      name ?? '',
      version ?? '',
    ]),
  );
}

describe('the packed packages, installed into an empty project', () => {
  it('work by import', async () => {
    expect(await run(process.execPath, ['import.mjs'])).toContain('import works');
  });

  it('work by require', async () => {
    expect(await run(process.execPath, ['require.cjs'])).toContain('require works');
  });

  it(
    'work in Jest',
    async () => {
      expect(await run(process.execPath, ['node_modules/jest/bin/jest.js', '--rootDir', project])).toMatch(
        /Tests:\s+1 passed/,
      );
    },
    minutes,
  );

  it(
    'work on Node 24, by import and by require',
    async () => {
      const node24 = join(project, 'node_modules/node/bin/node');
      expect(await run(node24, ['--version'])).toMatch(/^v24\./);
      expect(await run(node24, ['import.mjs'])).toContain('import works');
      expect(await run(node24, ['require.cjs'])).toContain('require works');
    },
    minutes,
  );

  it(
    'record a million outcomes without loading DuckDB',
    async () => {
      expect(await run(process.execPath, ['record-million.mjs'])).toContain('a million outcomes recorded');
    },
    2 * minutes,
  );

  it('install the command', async () => {
    expect(await run(process.execPath, ['node_modules/.bin/sluice', '--help'])).toContain('validate');
  });
});
