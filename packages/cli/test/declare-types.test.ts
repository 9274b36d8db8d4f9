import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { broken } from './documents.ts';

const odd = 'it\'s "odd" \\ \u2028\ud800';

const document = {
  sluice: 1,
  switches: { 'ai-agent': {} },
  flags: {
    tone: { variants: { warm: 'warm', formal: 'formal' }, control: 'formal' },
    limit: { variants: { low: 1, high: 20 }, control: 'low' },
    greeting: { variants: { long: 'Hello,\nwhat can I do?', short: 'Hi' }, control: 'short' },
    'support-model': {
      variants: {
        gpt: { model: 'gpt-4o', temperature: 0.2, stops: ['a'], limits: { tokens: 10 } },
        claude: { model: 'claude', stops: [], limits: { tokens: 20, cost: null }, 'max-steps': 3 },
      },
      control: 'gpt',
    },
    routed: {
      schema: {
        type: 'object',
        properties: {
          route: { enum: ['fast', 'good'] },
          retries: { type: ['integer', 'null'], minimum: 0 },
          any: { type: 'object' },
        },
        required: ['route'],
      },
      variants: { a: { route: 'fast' } },
      control: 'a',
    },
    [odd]: { rollout: { percentage: 1, serve: 'on' } },
  },
};

const program = `
import { OpenFeature } from '@openfeature/server-sdk';
import type { Flags } from './flags.js';

const client = OpenFeature.getClient();
export const right = [
  client.getBooleanValue('ai-agent', true),
  client.getBooleanValue(${JSON.stringify(odd)}, true),
  client.getStringValue('tone', 'formal'),
  client.getStringValue<Flags['tone']['value']>('tone', 'warm'),
  client.getNumberDetails<Flags['limit']['value']>('limit', 20),
  client.getObjectValue<Flags['support-model']['value']>('support-model', { model: 'x', stops: ['b'], limits: { tokens: 1 } }),
  client.getObjectValue<Flags['routed']['value']>('routed', { route: 'good', retries: null, any: { deep: [1] } }),
];
export const variant: Flags['support-model']['variant'] = 'claude';
export const greeting: Flags['greeting']['value'] = 'any text';

export const wrong = [
  // @ts-expect-error no such flag
  client.getBooleanValue('ai-agnet', true),
  // @ts-expect-error a string flag
  client.getBooleanValue('tone', true),
  // @ts-expect-error a switch
  client.getStringValue('ai-agent', ''),
  // @ts-expect-error an object flag
  client.getNumberValue('support-model', 1),
  // @ts-expect-error a number flag
  client.getObjectDetails('limit', {}),
  // @ts-expect-error no such value
  client.getStringValue<Flags['tone']['value']>('tone', 'cold'),
  // @ts-expect-error stops and limits are in every variant
  client.getObjectValue<Flags['support-model']['value']>('support-model', { model: 'x' }),
  // @ts-expect-error a number
  client.getObjectValue<Flags['support-model']['value']>('support-model', { model: 'x', stops: [], limits: { tokens: '1' } }),
  // @ts-expect-error not one of the schema's
  client.getObjectValue<Flags['routed']['value']>('routed', { route: 'slow' }),
];
// @ts-expect-error no such variant
export const nowhere: Flags['support-model']['variant'] = 'gemini';
// @ts-expect-error no such flag
export type Nothing = Flags['nothing'];
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-types-'));
  await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true }));

const stdin = (value: object) => ({ stdin: JSON.stringify(value) });

async function compile(): Promise<string> {
  const require = createRequire(import.meta.url);
  const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'nodenext',
      target: 'es2023',
      types: [],
    },
    files: ['flags.d.ts', 'program.ts'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return new Promise((done) => {
    execFile(process.execPath, [tsc, '-p', folder], (_error, stdout, stderr) => done(stdout + stderr));
  });
}

describe('sluice types', () => {
  it('declares what the compiler then knows: right keys and types compile, wrong ones do not', async () => {
    const { exitCode, stdout, stderr } = await sluice(
      ['types', '-', '--out', join(folder, 'flags.d.ts')],
      stdin(document),
    );
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    await writeFile(join(folder, 'program.ts'), program);
    expect(await compile()).toBe('');
    await writeFile(join(folder, 'program.ts'), program.replaceAll('// @ts-expect-error', '//'));
    expect((await compile()).match(/error TS/g)).toHaveLength(11);
  });

  it('prints them, the same text whatever the order in the document', async () => {
    const { flags } = document;
    const { stdout } = await sluice(['types', '-'], stdin(document));
    const turned = Object.fromEntries(Object.entries(flags).reverse());
    expect((await sluice(['types', '-'], stdin({ ...document, flags: turned }))).stdout).toBe(stdout);
    expect(
      stdout,
    ).toBe(`// Made by \`sluice types\` from standard input. Do not edit it; run the command again when the document has changed.
// It needs "skipLibCheck": true, without which OpenFeature's own declarations refuse to be told flag keys.
import type { JsonValue } from '@openfeature/core';

declare module '@openfeature/core' {
  export type BooleanFlagKey = 'ai-agent' | 'it\\'s "odd" \\\\ \\u2028\\ud800';
  export type StringFlagKey = 'greeting' | 'tone';
  export type NumberFlagKey = 'limit';
  export type ObjectFlagKey = 'routed' | 'support-model';
}

/** Every flag and switch: the names of its variants, and what they hold. */
export interface Flags {
  'ai-agent': {
    variant: 'off' | 'on';
    value: boolean;
  };
  greeting: {
    variant: 'long' | 'short';
    value: string;
  };
  'it\\'s "odd" \\\\ \\u2028\\ud800': {
    variant: 'off' | 'on';
    value: boolean;
  };
  limit: {
    variant: 'high' | 'low';
    value: 1 | 20;
  };
  routed: {
    variant: 'a';
    value: {
      any?: Record<string, JsonValue>;
      retries?: null | number;
      route: 'fast' | 'good';
    };
  };
  'support-model': {
    variant: 'claude' | 'gpt';
    value: {
      limits: {
        cost?: null;
        tokens: number;
      };
      'max-steps'?: number;
      model: string;
      stops: string[];
      temperature?: number;
    };
  };
  tone: {
    variant: 'formal' | 'warm';
    value: 'formal' | 'warm';
  };
}
`);
  });

  it('gives every payload a type that it has, whatever JSON it is', async () => {
    // To the compiler every object has the members of Object, so it takes no other type for them where they are optional.
    const inherited = Object.getOwnPropertyNames(Object.prototype).map((name) => `"${name}":`);
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => {
      const printed = JSON.stringify(value);
      return !inherited.some((member) => printed.includes(member));
    });
    const values = fc.oneof(
      fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c d'), json), { minLength: 1 }),
      fc.array(fc.string(), { minLength: 1 }),
    );
    const flags = fc.sample(values, 100).map((list, number): [string, { variants: object; control: string }] => {
      const variants = Object.fromEntries(list.map((value, index) => [`v${index}`, value]));
      return [`f${number}`, { variants, control: 'v0' }];
    });
    await sluice(
      ['types', '-', '--out', join(folder, 'flags.d.ts')],
      stdin({ sluice: 1, flags: Object.fromEntries(flags) }),
    );
    const head = `import type { JsonValue } from '@openfeature/core';
import type { Flags } from './flags.js';
type Json<Type extends JsonValue> = Type;
`;
    const lines = flags.map(([key, { variants }]) => {
      const values = Object.values(variants).map((value) => JSON.stringify(value));
      return `export const ${key}: Json<Flags['${key}']['value']>[] = [${values.join(', ')}];`;
    });
    await writeFile(join(folder, 'program.ts'), head + lines.join('\n'));
    expect(await compile()).toBe('');
  });

  it('breaks long unions over lines, and types what a schema is too rich for by its payloads', async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `a-flag-with-a-long-name-${index}`);
    const mixed = { schema: { items: { $ref: '#' } }, variants: { a: [1, 'x', { b: [] }] }, control: 'a' };
    const flags = { ...Object.fromEntries(keys.map((key) => [key, {}])), mixed };
    const { stdout } = await sluice(['types', '-'], stdin({ sluice: 1, flags }));
    expect(stdout).toContain(
      `  export type BooleanFlagKey =\n    | 'a-flag-with-a-long-name-0'\n    | 'a-flag-with-a-long-name-1'\n`,
    );
    expect(stdout).toContain('  export type NumberFlagKey = never;\n');
    expect(stdout).toContain(`    value: Array<
      | {
          b: never[];
        }
      | number
      | string
    >;
`);
    await writeFile(join(folder, 'flags.d.ts'), stdout);
    await writeFile(
      join(folder, 'program.ts'),
      "import type { Flags } from './flags.js';\nexport const value: Flags['mixed']['value'] = [1, 'y', { b: [] }];\n",
    );
    expect(await compile()).toBe('');
  });

  it('writes a file whole or not at all, and leaves nothing else behind', async () => {
    const place = join(folder, 'written');
    await mkdir(join(place, 'taken.d.ts'), { recursive: true });
    const out = join(place, 'flags.d.ts');
    await writeFile(out, 'before');
    const refused = await sluice(['types', '-', '--out', out], { stdin: broken });
    expect(refused.exitCode).toBe(1);
    expect(await readFile(out, 'utf8')).toBe('before');
    const taken = await sluice(['types', '-', '--out', join(place, 'taken.d.ts')], stdin(document));
    expect(taken).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('cannot be written') });
    expect((await sluice(['types', '-', '--out', out], stdin(document))).exitCode).toBe(0);
    expect(await readFile(out, 'utf8')).toBe((await sluice(['types', '-'], stdin(document))).stdout);
    expect((await readdir(place)).sort()).toEqual(['flags.d.ts', 'taken.d.ts']);
  });

  it('refuses a file that the compiler would not take them from', async () => {
    const { exitCode, stderr } = await sluice(['types', '-', '--out', 'flags.ts'], stdin(document));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('It has to end in .d.ts');
  });
});
