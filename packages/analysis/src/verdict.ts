import { CONFIDENCE } from './estimate.ts';
import type { MetricImpact } from './gate.ts';
import type { Gate, SampleRatio, Verdict } from './impact.ts';
import { effectiveUnits } from './moments.ts';
import { formatCount, formatPValue, formatSize, metricLabel } from './quantity.ts';

/** Fewer units, or fewer effective units, in an arm never promote; the normal approximation is not worth more. */
const FEWEST_UNITS = 100;

/** The metric without which nothing is promoted. */
const ESSENTIAL = 'quality';

/**
 * Weighs the gates of one candidate. In this order: harm rolls back, however few the units; arms that are not as large as
 * promised hold; whatever is missing holds; what is left promotes.
 *
 * Harm comes before the sample ratio, because a rollback that was not needed costs little, and arms that lose units are
 * often the harm at work.
 */
export function reachVerdict(impacts: readonly MetricImpact[], sampleRatio: SampleRatio): Verdict {
  const gates = impacts.flatMap(({ gate }) => gate ?? []);
  const failures = gates.flatMap(({ status, reason }) => (status === 'fail' ? [reason] : []));
  const mismatch = sampleRatio.status === 'mismatch' ? [mismatchReason(sampleRatio)] : [];
  const blocks = blocksOf(impacts);
  const [decision, first]: [Verdict['decision'], readonly string[]] =
    failures.length > 0
      ? ['rollback', [...failures, ...mismatch]]
      : mismatch.length > 0
        ? ['hold', mismatch]
        : blocks.length > 0
          ? ['hold', blocks]
          : ['promote', [promoteReason(gates)]];
  // A gate whose sentence already stands above is not repeated below.
  const rest = gates.map((gate) => gate.reason).filter((reason) => !first.some((said) => said.startsWith(reason)));
  const reasons = [...first, ...rest, ...detectableReason(impacts)];
  return { decision, reasons, gates, method: 'fixed', confidence: CONFIDENCE };
}

/** What stands between the candidate and its promotion. */
function blocksOf(impacts: readonly MetricImpact[]): readonly string[] {
  const gates = impacts.filter(({ gate }) => gate !== null);
  const blocks = gates.flatMap(({ metric, recordedBy, gate }) => {
    // A metric that nobody records is not part of this change, but a change of unknown quality is not promoted.
    const matters = recordedBy === 'neither' ? metric === ESSENTIAL : recordedBy !== 'both';
    return matters && gate !== null ? [`${gate.reason} Promotion needs it in both arms.`] : [];
  });
  if (!gates.some(({ comparison }) => comparison !== null))
    blocks.push('No metric with a margin has data in both arms.');
  const undecided = gates.flatMap(({ gate }) => (gate?.status === 'undecided' ? [gate.reason] : []));
  return [...blocks, ...tooFewUnits(gates), ...undecided];
}

/** Only the worst case: the others are the same story. */
function tooFewUnits(gates: readonly MetricImpact[]): readonly string[] {
  const arms = gates.flatMap(({ metric, comparison }) =>
    comparison === null
      ? []
      : (['candidate', 'control'] as const).map((arm) => {
          const { summary, units } = comparison[arm];
          return { metric, arm, units, effective: effectiveUnits(summary) };
        }),
  );
  const [worst] = arms.sort((a, b) => Math.min(a.units, a.effective) - Math.min(b.units, b.effective));
  if (worst === undefined || Math.min(worst.units, worst.effective) >= FEWEST_UNITS) return [];
  const count = `${formatCount(worst.units)} units, worth ${formatCount(Math.floor(worst.effective))} equally busy ones`;
  return [
    `Too few units: the ${worst.arm} has ${count}, with ${worst.metric}; promotion needs ${FEWEST_UNITS} of both.`,
  ];
}

function promoteReason(gates: readonly Gate[]): string {
  const passed = gates.filter((gate) => gate.status === 'pass').map((gate) => gate.metric);
  return `Every gate with data passes: ${passed.join(', ')}.`;
}

function mismatchReason({ observed, expected, pValue }: SampleRatio): string {
  const counts = Object.entries(observed).map(
    ([variant, units]) => `${variant} ${formatCount(units)} units of ${formatCount(expected[variant] ?? 0)}`,
  );
  return (
    `The arms are not as large as the split promised (${formatPValue(pValue ?? 0)}): ${counts.join(', ')}. ` +
    'The units that are missing may be the ones that differ, so these numbers promote nothing.'
  );
}

/** "At least 100 units" is no promise to see anything; this says what could have been seen. */
function detectableReason(impacts: readonly MetricImpact[]): readonly string[] {
  const losses = impacts.flatMap(({ metric, definition, estimate, gate }) =>
    gate === null || estimate === null || estimate.detectable === null
      ? []
      : [`${metricLabel(metric, definition)} ${formatSize(estimate.detectable, definition)}`],
  );
  return losses.length === 0
    ? []
    : [`These units would show a true loss of this size 8 times in 10: ${losses.join(', ')}.`];
}
