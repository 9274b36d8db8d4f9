import { setImmediate } from 'node:timers/promises';
import { type CompiledFlags, type Context, evaluate, metadataKeys } from '@sluice/core';
import { unitAttributes, withUnit } from '@sluice/import';
import type { Command } from 'commander';
import { parseContext } from './context.ts';
import { exitCodes, Failure } from './failure.ts';
import { progressBar } from './progress-bar.ts';
import { readFlags } from './read-document.ts';
import { formatTable } from './table.ts';
import { printJson, type Terminal } from './terminal.ts';
import { parseWholeNumber } from './whole-number.ts';

/** Units between two drawings of the progress bar. */
const CHUNK = 20_000;

interface Group {
  readonly variant: string | null;
  readonly reason: string;
  readonly arm: string;
  readonly stage: string | null;
  readonly errorCode: string | null;
  units: number;
  share: number;
}

export function addSimulate(program: Command, terminal: Terminal): void {
  program
    .command('simulate')
    .description('evaluate one flag for many made-up units: who gets what before anything ships')
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .argument('<flag>', 'key of a flag')
    .option('--units <n>', 'how many units', parseWholeNumber, 100_000)
    .option('--context <json>', 'what all units have in common', parseContext, {})
    .option('--json', 'print the groups as JSON')
    .action(async (file: string, key: string, options: { units: number; context: Context; json?: boolean }) => {
      const { document, flags } = await readFlags(file, terminal);
      if (!flags.flags.has(key)) throw new Failure(exitCodes.refused, `${file} has no flag ${JSON.stringify(key)}`);
      const groups = await simulate(flags, key, unitAttributes(document, key), options, terminal);
      if (options.json) printJson(terminal, { flag: key, units: options.units, groups });
      else terminal.stdout.write(`${formatGroups(groups)}\n`);
    });
}

/** Units are `unit-1`, `unit-2`, …: the same ones each time, so two documents can be compared. */
async function simulate(
  flags: CompiledFlags,
  key: string,
  attributes: readonly string[],
  { units, context }: { units: number; context: Context },
  terminal: Terminal,
): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  const bar = progressBar(units, terminal);
  for (let unit = 1; unit <= units; unit++) {
    const made = withUnit(context, attributes, `unit-${unit}`);
    const { variant, reason, flagMetadata, errorCode } = evaluate(flags, key, made, { now: Date.now });
    const arm = String(flagMetadata[metadataKeys.arm] ?? 'none');
    const stage = flagMetadata[metadataKeys.stage] ?? null;
    const name = JSON.stringify([variant, reason, arm, stage, errorCode]);
    const group = groups.get(name);
    if (group !== undefined) group.units++;
    else {
      groups.set(name, {
        variant: variant ?? null,
        reason,
        arm,
        stage: stage === null ? null : String(stage),
        errorCode: errorCode ?? null,
        units: 1,
        share: 0,
      });
    }
    if (unit % CHUNK === 0) {
      bar?.update(unit);
      await setImmediate();
    }
  }
  bar?.stop();
  for (const group of groups.values()) group.share = group.units / units;
  return [...groups.values()].sort((left, right) => right.units - left.units);
}

function formatGroups(groups: readonly Group[]): string {
  const rows = groups.map(({ variant, reason, arm, stage, errorCode, units, share }) => [
    variant ?? `(${errorCode ?? "the caller's default"})`,
    String(units),
    `${(share * 100).toFixed(3)}%`,
    reason,
    arm,
    stage ?? '',
  ]);
  return formatTable([['variant', 'units', 'share', 'reason', 'arm', 'stage'], ...rows], [1, 2]);
}
