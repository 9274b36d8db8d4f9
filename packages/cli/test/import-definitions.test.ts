import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseText } from '@sluice/core/text';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { percentages, truncated, written } from './definitions.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('sluice import', () => {
  it('prints a document that is valid, and on stderr what was carried and what not', async () => {
    const input = written(temporaryFolder(), 'flags.json', percentages);
    const { exitCode, stdout, stderr } = await sluice(['import', 'percentages', input]);
    expect(exitCode).toBe(0);
    const { document } = parseText(stdout);
    expect(Object.keys(document?.flags ?? {})).toEqual(['search', 'chat']);
    expect(stderr).toMatch(/^percentages: 2 flags; carried \d+ × /);
  });

  it('writes it to a file: JSON by its ending, else YAML', async () => {
    const folder = temporaryFolder();
    const input = written(folder, 'in.json', percentages);
    for (const name of ['flags.json', 'flags.yaml']) {
      const out = join(folder, name);
      expect((await sluice(['import', 'percentages', input, '--out', out])).exitCode).toBe(0);
      expect(readFileSync(out, 'utf8').startsWith('{')).toBe(name.endsWith('.json'));
      expect((await sluice(['validate', out])).exitCode).toBe(0);
    }
  });

  it('prints document and report as JSON where it is asked to, and reads standard input', async () => {
    const { stdout } = await sluice(['import', 'percentages', '-', '--json'], { stdin: JSON.stringify(percentages) });
    expect(JSON.parse(stdout)).toMatchObject({ document: { sluice: 1 }, report: { vendor: 'percentages' } });
  });

  it('reports every caveat and every loss with its place in the input and its code', async () => {
    const definitions = {
      version: 2,
      features: [
        {
          name: 'checkout',
          enabled: true,
          strategies: [
            { name: 'ourOwn', parameters: {} },
            { name: 'flexibleRollout', parameters: { rollout: '50', stickiness: 'random', groupId: 'g' } },
          ],
        },
      ],
    };
    const input = written(temporaryFolder(), 'unleash.json', definitions);
    const { exitCode, stderr } = await sluice(['import', 'unleash', input]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^ {2}lost {2}features\[0\]\.strategies\[0\].* {2}.*\[.+\]$/m);
    expect(stderr).toMatch(/^ {2}caveat {2}features\[0\]\.strategies\[1\].* {2}.*\[.+\]$/m);
  });

  it.each(['launchdarkly', 'unleash', 'flagsmith', 'flagd', 'flagd-1', 'growthbook', 'percentages'])(
    'exits with 1 where nothing usable comes out of what is said to be from %s, and writes no file',
    async (vendor) => {
      const folder = temporaryFolder();
      const out = join(folder, 'flags.yaml');
      // To the last vendor any name may be a flag.
      const wrong = vendor === 'percentages' ? '{}' : '{"flags":1,"features":1,"feature_states":1}';
      for (const content of [truncated, '', '[]', 'null', '"x"', wrong]) {
        const input = written(folder, 'in.json', content);
        const { exitCode, stderr, stdout } = await sluice(['import', vendor, input, '--out', out]);
        expect([content, exitCode]).toEqual([content, 1]);
        expect(stderr).toContain(input);
        expect(stdout).toBe('');
      }
      expect(readdirSync(folder)).toEqual(['in.json']);
      expect(existsSync(out)).toBe(false);
    },
  );

  it('exits with 2 for a vendor that it does not know, and with 3 for a file that is not there', async () => {
    const unknown = await sluice(['import', 'optimizely', 'flags.json']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('It has to be one of launchdarkly, unleash');
    const missing = await sluice(['import', 'unleash', join(temporaryFolder(), 'none.json')]);
    expect(missing.exitCode).toBe(3);
    expect(missing.stderr).toContain('cannot be read');
  });
});
