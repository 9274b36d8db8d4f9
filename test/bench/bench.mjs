import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { peers } from './peers/peers.mjs';
import { client } from './sections/client.mjs';
import { direct } from './sections/direct.mjs';
import { hooks } from './sections/hooks.mjs';
import { imports } from './sections/imports.mjs';
import { load } from './sections/load.mjs';
import { promises } from './sections/promises.mjs';
import { targeting } from './sections/targeting.mjs';
import { formatGoals, formatTable } from './table.mjs';

const sections = { direct, client, promises, hooks, load, targeting, imports };

const USAGE = `Usage: pnpm bench [--only SECTION[,SECTION]] [--rounds N] [--json]

  --only    some of ${Object.keys(sections).join(', ')}
  --rounds  rounds of each generation of processes, 5 by default; more for a noisy machine
  --json    the numbers as JSON, on the last line of stdout

Ends with 1 where a goal is missed, and with 2 where it was asked for something that it does not know.`;

function readOptions() {
  const { values } = parseArgs({
    // pnpm hands the separating dashes on.
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is ${values.rounds} and must be 1 or more`);
  const only = values.only?.split(',') ?? Object.keys(sections);
  for (const name of only) {
    if (!Object.hasOwn(sections, name)) throw new Error(`--only does not know ${name}`);
  }
  return { ...values, rounds, only };
}

function describeMachine() {
  const processors = cpus();
  const versions = [...new Set(Object.values(peers).flatMap((peer) => peer.package ?? []))].map((name) => {
    const manifest = new URL(`./node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
  });
  return { node: process.version, processor: `${processors.length} x ${processors[0]?.model.trim()}`, versions };
}

async function main(options) {
  const machine = describeMachine();
  console.log(`node ${machine.node} on ${machine.processor}\n${machine.versions.join(', ')}\n`);
  const results = {};
  const goals = [];
  for (const name of options.only) {
    if (process.stderr.isTTY) process.stderr.write(`${name} …\r`);
    const section = await sections[name](options);
    for (const table of section.tables) console.log(`${formatTable(table)}\n`);
    results[name] = Object.fromEntries(section.tables.map((table) => [table.title, table.results]));
    goals.push(...section.goals);
  }
  console.log(formatGoals(goals));
  if (options.json) console.log(JSON.stringify({ ...machine, rounds: options.rounds, results, goals }));
  return goals.every((goal) => goal.passed) ? 0 : 1;
}

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  const misused = error.code?.startsWith('ERR_PARSE_ARGS') || error.message.startsWith('--');
  console.error(misused ? `${error.message}\n\n${USAGE}` : error);
  process.exitCode = misused ? 2 : 1;
}
