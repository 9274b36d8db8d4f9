// Writes the public surface of each published package to its *.api.md, or with --check fails where one is out of date.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const check = process.argv.includes('--check');
let failed = false;

for (const name of readdirSync('packages')) {
  const folder = resolve('packages', name);
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  for (const [path, target] of Object.entries(manifest.exports)) {
    const types = target.import?.types;
    if (types === undefined) continue;
    const entry = path === '.' ? 'index' : path.slice(2);
    const { succeeded, apiReportChanged } = Extractor.invoke(configOf(folder, types, entry), {
      localBuild: !check,
      messageCallback: (message) => {
        message.handled = message.logLevel !== 'error';
      },
    });
    if (check ? apiReportChanged || !succeeded : !succeeded) {
      failed = true;
      console.error(`packages/${name}/${entry}.api.md is out of date: run "pnpm api" and read what changed.`);
    }
  }
}
process.exitCode = failed ? 1 : 0;

function configOf(folder, types, reportFileName) {
  return ExtractorConfig.prepare({
    packageJsonFullPath: `${folder}/package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: resolve(folder, types),
      compiler: { tsconfigFilePath: `${folder}/tsconfig.json` },
      apiReport: { enabled: true, reportFileName, reportFolder: folder, reportTempFolder: `${folder}/dist/api` },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
}
