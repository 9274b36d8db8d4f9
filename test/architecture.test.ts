import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

// Imports point down only: a package may import those on lower floors and never one on its own.
const floors: Readonly<Record<string, number>> = {
  core: 1,
  analysis: 2,
  import: 2,
  conformance: 2,
  redis: 2,
  'store-duckdb': 2,
  'openfeature-provider': 3,
  'openfeature-hooks': 3,
  report: 3,
  server: 4,
  cli: 5,
};

const packages = readdirSync('packages').sort();
const pure = ['core', 'analysis', 'import'];

interface Manifest {
  readonly name: string;
  readonly [field: string]: unknown;
}

const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
const names = (manifest: Manifest, field: string): string[] => Object.keys((manifest[field] ?? {}) as object);

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative('.', join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path));
}

const sources = (name: string): string[] => filesBelow(`packages/${name}/src`).filter((path) => path.endsWith('.ts'));
const read = (path: string): string => readFileSync(path, 'utf8');

/** The packages that a file imports, static and dynamic, without their subpaths. */
function importedBy(path: string): string[] {
  const specifiers = [
    ...read(path).matchAll(/(?:^(?:import|export)\s[^'"]*?\bfrom|^import|\bimport\()\s*['"]([^'"]+)['"]/gm),
  ].map(([, each]) => each ?? '');
  return specifiers
    .filter((specifier) => !specifier.startsWith('.'))
    .map((specifier) =>
      specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

describe('the house', () => {
  it('has a floor for every package, and a package for every floor', () => {
    expect(packages).toEqual(Object.keys(floors).sort());
  });

  it('has at the top only what the tools need', () => {
    const top = readdirSync('.').filter((entry) => !entry.startsWith('.') && !['node_modules', 'dist'].includes(entry));
    const known =
      /^(packages|examples|test|package\.json|pnpm-workspace\.yaml|pnpm-lock\.yaml|tsconfig(\.\w+)?\.json|biome\.json|knip\.json|vitest\.config\.ts|README\.md|CONTRIBUTING\.md|LICENSE)$/;
    expect(top.filter((entry) => !known.test(entry))).toEqual([]);
  });

  it.each(packages)('%s imports only from floors below its own', (name) => {
    const above = sources(name).flatMap((path) =>
      importedBy(path)
        .filter((each) => each.startsWith('@sluice/'))
        .map((each) => each.slice('@sluice/'.length))
        .filter((each) => each !== name && !((floors[each] ?? Number.NaN) < (floors[name] ?? 0)))
        .map((each) => `${path} → ${each}`),
    );
    expect(above).toEqual([]);
  });

  it.each(packages)('%s declares what it imports and imports what it declares', (name) => {
    const manifest = manifestOf(name);
    const optional = names(manifest, 'peerDependenciesMeta');
    // An optional peer is loaded by name from the user's project, and so by no import.
    const peers = names(manifest, 'peerDependencies').filter((each) => !optional.includes(each));
    const declared = new Set([...names(manifest, 'dependencies'), ...peers]);
    const imported = new Set(
      sources(name)
        .flatMap(importedBy)
        .filter((each) => !each.startsWith('node:')),
    );
    // The SDK's own peer: whoever installs one has the other.
    declared.delete('@openfeature/core');
    imported.delete('@openfeature/core');
    // A peer of a package that this one brings along is asked of the user here too.
    for (const below of [...imported].filter((each) => each.startsWith('@sluice/'))) {
      const peersBelow = names(manifestOf(below.slice('@sluice/'.length)), 'peerDependencies');
      for (const peer of peersBelow) if (!imported.has(peer)) declared.delete(peer);
    }
    expect([...imported].sort()).toEqual([...declared].sort());
  });

  it.each(packages)('%s takes the OpenFeature SDK from its user', (name) => {
    const own = names(manifestOf(name), 'dependencies').filter((each) => each.startsWith('@openfeature/'));
    expect(own.sort()).toEqual(name === 'cli' ? ['@openfeature/core', '@openfeature/server-sdk'] : []);
  });

  it.each(pure)('%s touches no clock, no chance, no file, no process and no log', (name) => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.|process\.|console\.|setTimeout|setInterval|fetch\(|'node:)/;
    expect(sources(name).filter((path) => impure.test(read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))).toEqual([]);
    const options = JSON.parse(read(`packages/${name}/tsconfig.json`)).compilerOptions;
    expect(options).toMatchObject({ types: [], lib: ['ES2023'] });
  });

  it('reads text with positions only behind the subpath @sluice/core/text', () => {
    const reading = packages.flatMap(sources).filter((path) => importedBy(path).includes('yaml'));
    expect(reading.filter((path) => !path.startsWith('packages/core/src/text/'))).toEqual([]);
    const beside = sources('core').filter((path) => !path.startsWith('packages/core/src/text'));
    expect(beside.filter((path) => /from '\.[^']*\/text\//.test(read(path)))).toEqual([]);
  });
});

describe('a package', () => {
  it.each(packages)('%s has the manifest of a published package', (name) => {
    const manifest = manifestOf(name);
    expect(manifest).toMatchObject({
      name: `@sluice/${name}`,
      license: 'Apache-2.0',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19' },
      publishConfig: { access: 'public' },
    });
    expect(String(manifest['description'])).toMatch(/\.$/);
    for (const [path, target] of Object.entries(manifest['exports'] as Record<string, unknown>)) {
      if (typeof target === 'string') continue;
      const ways = name === 'cli' ? ['@sluice/source', 'import'] : ['@sluice/source', 'import', 'require'];
      expect(Object.keys(target as object), path).toEqual(ways);
    }
  });

  it.each(packages)('%s has a README and a report of its public surface', (name) => {
    expect(existsSync(`packages/${name}/README.md`)).toBe(true);
    if (name !== 'cli') expect(existsSync(`packages/${name}/index.api.md`)).toBe(true);
  });

  it.each(packages)('%s is referenced and references what it imports', (name) => {
    const references = JSON.parse(read(`packages/${name}/tsconfig.json`)).references.map(({ path }: { path: string }) =>
      basename(path),
    );
    const siblings = names(manifestOf(name), 'dependencies').filter((each) => each.startsWith('@sluice/'));
    expect(references.sort()).toEqual(siblings.map((each) => each.slice('@sluice/'.length)).sort());
    const root = JSON.parse(read('tsconfig.json')).references.map(({ path }: { path: string }) => path);
    expect(root).toContain(`packages/${name}`);
  });
});

describe('a file', () => {
  const all = [...packages.flatMap(sources), ...filesBelow('examples'), ...filesBelow('test')];

  it('has a name that says what is inside', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared|lib|manager|types)(\/|\.[cm]?ts$|\.mjs$)/;
    expect(all.filter((path) => vague.test(path))).toEqual([]);
  });

  it('has one subject, so at most 250 lines', () => {
    const long = packages.flatMap(sources).filter((path) => read(path).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  it('that is an index lists names and holds nothing else', () => {
    for (const path of packages.flatMap(sources).filter((each) => basename(each) === 'index.ts')) {
      const rest = read(path)
        .replace(/export (type )?\{[^}]*\} from '[^']+';/g, '')
        .trim();
      expect(rest, path).toBe('');
    }
  });

  it('never exports everything or by default', () => {
    expect(packages.flatMap(sources).filter((path) => /export \*|export default/.test(read(path)))).toEqual([]);
  });

  it('of tests mirrors a source by name, or is one of the laws over several', () => {
    const orphans = packages.flatMap((name) => {
      const known = new Set(sources(name).map((path) => basename(path, '.ts')));
      return filesBelow(`packages/${name}/test`)
        .filter((path) => path.endsWith('.test.ts') && !path.includes('/test/laws/'))
        .filter((path) => {
          const subject = basename(path, '.test.ts');
          return ![...known].some((each) => subject === each || subject.startsWith(`${each}-`));
        });
    });
    expect(orphans).toEqual([]);
  });
});
