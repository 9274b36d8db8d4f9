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
      const { evaluation, steps } = explain(flags, key, options.context);
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
  const at = unit === undefined ? '' : ` is at ${percent(position)} (position ${position})`;
  const who = unit === undefined ? 'every unit' : `unit ${JSON.stringify(unit)}${at} and`;
  const enters = `${who} ${entered ? 'enters' : 'stays outside'} the rollout of ${rollout.percentage}%, which takes positions below ${rollout.enter}`;
  const chosen = split === undefined ? '' : `; in the split it is at ${percent(split)} (position ${split})`;
  const cohort = `; candidates are below ${rollout.candidateBelow}, control from ${rollout.controlFrom}: ${compared ? 'compared' : 'not compared'}`;
  return `${enters}${chosen}${cohort}; stage ${rollout.stage}`;
}

function percent(position: number): string {
  return `${((position / POSITIONS) * 100).toFixed(4)}%`;
}
