import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * The path of a program: the one on the PATH, else the one of Debian's package, which is installed for it.
 *
 * @throws where it can be had neither way, with the one line to run.
 */
export async function debianBinary(program: string, debianPackage: string): Promise<string> {
  const found = await onPath(program);
  if (found !== undefined) return found;
  const install = [
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
    'install',
    '-y',
    '--no-install-recommends',
    debianPackage,
  ];
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  let reason: unknown;
  // The lists of a fresh machine are empty or old, so a first failure may only mean that.
  for (const step of [install, ['apt-get', '-o', 'DPkg::Lock::Timeout=300', 'update'], install]) {
    const [command, ...rest] = [...asRoot, ...step] as [string, ...string[]];
    try {
      await execute(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    } catch (error) {
      reason = error;
    }
    const installed = await onPath(program);
    if (installed !== undefined) return installed;
  }
  throw new Error(`${program} is needed and was not found; run: sudo apt-get install -y ${debianPackage}`, {
    cause: reason,
  });
}

async function onPath(program: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
