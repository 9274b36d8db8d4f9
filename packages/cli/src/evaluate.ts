import { type EvaluationContext, type EvaluationDetails, type JsonValue, OpenFeature } from '@openfeature/server-sdk';
import type { CompiledFlags, Document, ValueType } from '@sluice/core';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import type { Command } from 'commander';
import { parseContext } from './context.ts';
import { exitCodes, Failure } from './failure.ts';
import { readFlags } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addEvaluate(program: Command, terminal: Terminal): void {
  program
    .command('evaluate')
    .description("print OpenFeature's evaluation details for one flag and one context")
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .argument('<flag>', 'key of a flag, or name of a switch')
    .option('--context <json>', 'evaluation context', parseContext, {})
    .option('--json', 'print the details as JSON')
    .action(async (file: string, key: string, options: { context: EvaluationContext; json?: boolean }) => {
      const { document, flags } = await readFlags(file, terminal);
      const details = await evaluateByClient(document, flags, key, options.context);
      if (options.json) printJson(terminal, details);
      else terminal.stdout.write(`${formatDetails(details)}\n`);
      if (details.errorCode !== undefined)
        throw new Failure(exitCodes.refused, details.errorMessage ?? details.errorCode);
    });
}

/** Through the real client and provider, so that what is printed is what an application gets. */
async function evaluateByClient(
  document: Document,
  flags: CompiledFlags,
  key: string,
  context: EvaluationContext,
): Promise<EvaluationDetails<JsonValue>> {
  const provider = new SluiceProvider(memorySource(document), { onWarning: () => {} });
  await OpenFeature.setProviderAndWait('sluice-cli', provider);
  const client = OpenFeature.getClient('sluice-cli');
  const type: ValueType = flags.flags.get(key)?.type ?? 'boolean';
  try {
    if (type === 'boolean') return await client.getBooleanDetails(key, false, context);
    if (type === 'string') return await client.getStringDetails(key, '', context);
    if (type === 'number') return await client.getNumberDetails(key, 0, context);
    return await client.getObjectDetails(key, null as JsonValue, context);
  } finally {
    await OpenFeature.close();
  }
}

function formatDetails(details: EvaluationDetails<JsonValue>): string {
  const { flagMetadata, ...rest } = details;
  const lines = Object.entries({ ...rest, ...flagMetadata }).map(
    ([name, value]) => `${name.padEnd(18)} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return lines.join('\n');
}
