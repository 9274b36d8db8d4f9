// Checks what would be published: publint on each manifest, attw on how its types resolve in each module system.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

let failed = false;

for (const name of readdirSync('packages')) {
  const folder = `packages/${name}`;
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  run(folder, ['exec', 'publint', '--strict']);
  // A command exports nothing; golden vectors and the schema are data, which have no types.
  if (exports['.'] === undefined) continue;
  const data = Object.keys(exports).filter((path) => typeof exports[path] === 'string');
  run(folder, [
    'exec',
    'attw',
    '--pack',
    '.',
    '--profile',
    'node16',
    ...data.flatMap((path) => ['--exclude-entrypoints', path]),
  ]);
}
process.exitCode = failed ? 1 : 0;

function run(cwd, commandLine) {
  const { status } = spawnSync('npx', ['-y', 'pnpm@12', ...commandLine], { cwd, stdio: 'inherit' });
  if (status !== 0) failed = true;
}
