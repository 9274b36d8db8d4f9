import { atLeast, atMost, exactly } from './goals.mjs';
import { median, ratioOf } from './statistics.mjs';
import { number, ratio } from './table.mjs';

const COLUMNS = ['median', 'p99', 'longest', 'last of all', 'p99', 'over bare', 'half of the rounds'];

/** One part of the run: its table, its goals. Times are ms from Redis's answer. */
export function describePart(name, { kill, restore, bare }, busy) {
  const bareLast = lastOf(bare);
  const row = (label, rounds) => {
    const [each, last] = [rounds.flatMap((round) => round.each), lastOf(rounds)];
    const times = [median(each), percentile(each, 99), Math.max(...each), median(last), percentile(last, 99)];
    return [label, ...times.map(milliseconds), ...ratio(ratioOf(last, bareLast))];
  };
  const polled = kill.map((round) => ({ each: round.polled }));
  const told = kill.map((round) => ({ each: round.told }));
  const rows = [
    row('a kill', kill),
    row("a kill, told by the client's event", told),
    row('a restore', restore),
    row('bare subscribers', bare),
  ];
  const busyWith = busy && `${number(Math.min(...busy.rates))} evaluations a second in each of ${busy.rates.length}`;
  if (busy) rows.splice(1, 0, row('a kill, seen by polling', polled));
  const killLast = lastOf(kill);
  return {
    table: { title: `${name}: ms from Redis's answer, ${busyWith ?? 'no evaluations beside'}`, columns: COLUMNS, rows },
    results: { name, kill, restore, bare, busy },
    goals: [
      atMost(`${name}: last client over the last bare subscriber`, ratioOf(killLast, bareLast).ratio, 2),
      atMost(`${name}: p99 of the last client, ms`, percentile(killLast, 99), 100),
      // Each client counts its own, so the last round has them all.
      exactly(`${name}: evaluations that served what was so before the client was told`, kill.at(-1).wrong, 0),
      ...(busy
        ? [atLeast(`${name}: evaluations a second in the slowest`, Math.min(...busy.rates), busy.asked * 0.95)]
        : []),
    ],
  };
}

export function describeAcknowledgements(rounds) {
  const [half, all] = [rounds.map((round) => round.half), rounds.map((round) => round.all)];
  const row = (label, times) => [label, milliseconds(median(times)), milliseconds(Math.max(...times))];
  return {
    table: {
      title: "followers that have acknowledged: ms from Redis's answer, as an operator who keeps asking sees it",
      columns: ['median', 'longest'],
      rows: [row('half', half), row('all', all)],
    },
    results: { name: 'acknowledged', half, all },
    goals: [],
  };
}

const lastOf = (rounds) => rounds.map(({ each }) => Math.max(...each));

const milliseconds = (value) => value.toFixed(1);

function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)];
}
