import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = join(here, '../../packages/cli/dist/esm/main.js');
const folder = mkdtempSync(join(tmpdir(), 'sluice-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The built command, as somebody calls it in a project that has the vendors' SDKs. */
function sluice(...commandLine: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...commandLine], { cwd: here, encoding: 'utf8' });
}

describe.each(['launchdarkly', 'unleash', 'flagsmith', 'flagd', 'growthbook', 'percentages'])('from %s', (vendor) => {
  const input = join(here, 'definitions', `${vendor}.json`);
  const document = join(folder, `${vendor}.yaml`);

  it('comes a document in which nobody changed, by the vendor’s own SDK', () => {
    const imported = sluice('import', vendor, input, '--out', document);
    expect([imported.status, imported.stdout]).toEqual([0, '']);
    expect(imported.stderr).not.toContain('  lost  ');
    const verified = sluice('verify-import', vendor, input, document, '--units', '3000');
    expect([verified.stdout.split('\n').at(-2), verified.stderr, verified.status]).toEqual(['no difference', '', 0]);
  });

  it('comes none that would hide it if somebody did', () => {
    const text = readFileSync(document, 'utf8');
    const moved = text.replace(/weight: ([\d.]+)|percentage: (10|37.5)$/m, (found) => {
      const [name, value] = found.split(': ');
      return `${name}: ${Number(value) * 0.9}`;
    });
    expect(moved).not.toBe(text);
    const changed = join(folder, `${vendor}-moved.yaml`);
    writeFileSync(changed, moved);
    const { status, stdout } = sluice('verify-import', vendor, input, changed, '--units', '3000');
    expect(stdout).toMatch(/^[\w.-]+: \d+ different$/m);
    expect(status).toBe(1);
  });
});
