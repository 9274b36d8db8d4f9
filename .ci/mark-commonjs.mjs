// Node takes the nearest package.json's `type` for a .js file; this one makes dist/cjs CommonJS in a `module` package.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';

for (const name of readdirSync('packages')) {
  const folder = `packages/${name}/dist/cjs`;
  if (existsSync(folder)) writeFileSync(`${folder}/package.json`, '{ "type": "commonjs" }\n');
}
