import { type Context, explain, POSITIONS, type TraceStep } from '@sluice/core';
import type { Command } from 'commander';
import { parseContext } from './context.ts';
import { exitCodes, Failure } from './failure.ts';
import { readFlags } from './read-document.ts';
import { printJson, type Terminal } from './terminal.ts';

export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('show each step of the order of evaluation, which one decided, and the numbers')
    .argument('<file>', 'YAML or JSON document, or - for standard input')
    .argument('<flag>', 'key of a flag, or name of a switch')
    .option('--context <json>', 'evaluation context', parseContext, {})
    .option('--json', 'print the evaluation and its steps as JSON')
    .action(async (file: string, key: string, options: { context: Context; json?: boolean }) => {
      const { flags } = await readFlags(file, terminal);
      const { evaluation, steps } = explain(flags, key, options.context, { now: Date.now });
      const { value, variant, reason, errorCode, errorMessage } = evaluation;
      if (options.json) printJson(terminal, { evaluation, steps });
      else {
        const lines = steps.map((step, index) => `${index + 1}. ${describe(step)}`);
        const answer =
          errorCode === undefined
            ? `→ ${variant ?? "the caller's default"} (${reason}) ${value === undefined ? '' : JSON.stringify(value)}`
            : `→ the caller's default (${reason}, ${errorCode})`;
        terminal.stdout.write(`${[...lines, answer.trimEnd()].join('\n')}\n`);
      }
      if (errorCode !== undefined) throw new Failure(exitCodes.refused, errorMessage ?? errorCode);
    });
}

function describe(step: TraceStep): string {
  switch (step.step) {
    case 'enabled':
      return 'the flag is not enabled';
    case 'killed':
      return 'the flag was killed';
    case 'switch':
      return `switch ${step.name} is ${step.passed ? 'on' : 'off'}`;
    case 'prerequisite':
      return `prerequisite ${step.name} serves ${step.variant ?? 'nothing of its own'}: ${step.passed ? 'met' : 'not met'}`;
    case 'target':
      return `the unit is a target of ${step.variant}`;
    case 'holdout':
      return `holdout ${step.name} ${step.passed ? 'lets the unit through' : 'keeps the unit out'}`;
    case 'layer':
      return `layer ${step.name} has the unit in slot ${step.slot}, which ${step.passed ? 'is' : 'is not'} this flag's`;
    case 'sticky':
      return `the unit keeps ${step.variant ?? "the caller's default"}`;
    case 'rule':
      return `rule ${step.name} ${step.passed ? 'matches' : 'does not match'}`;
    case 'control':
      return 'no rule and no rollout decides: control';
    case 'rollout':
      return describeRollout(step);
  }
}

function describeRollout(step: Extract<TraceStep, { step: 'rollout' }>): string {
  const { rollout, unit, position, entered, split, compared } = step;
  const { vendor, percentage, enter, candidateBelow, controlFrom, stage } = rollout;
  const at = unit === undefined || position === 0 ? '' : ` is at ${place(position, vendor?.bucketing.scale)}`;
  const who = unit === undefined ? 'every unit' : `unit ${JSON.stringify(unit)}${at}${at === '' ? '' : ' and'}`;
  const enters = `${who} ${entered ? 'enters' : 'stays outside'} the rollout of ${percentage}%, which takes positions below ${enter}`;
  const chosen = split === undefined ? '' : `; in the split it is at ${place(split)}`;
  const cohort = `; candidates are below ${candidateBelow}, control from ${controlFrom}: ${compared ? 'compared' : 'not compared'}`;
  return `${enters}${chosen}${cohort}; stage ${stage}`;
}

function place(position: number, scale = POSITIONS): string {
  return `${((position / scale) * 100).toFixed(4)}% (position ${position})`;
}
