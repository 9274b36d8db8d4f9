import { type FlagImpact, formatCount, type StageImpact } from '@sluice/analysis';

/** What a person should know before believing a stage, in sentences. */
export function stageNotes({ sampleRatio, crossovers }: StageImpact): readonly string[] {
  const counts = Object.entries(sampleRatio.observed)
    .map(([variant, units]) => `${variant} ${formatCount(units)} of ${formatCount(sampleRatio.expected[variant] ?? 0)}`)
    .join(', ');
  const ratio = {
    balanced: `Sample ratio: as the split promised (${counts} units expected).`,
    mismatch: `Sample ratio: NOT as the split promised (${counts} units expected).`,
    unknown: 'Sample ratio: unknown, the shares were not recorded or the arms are too small to tell.',
  }[sampleRatio.status];
  const crossed = `Units that met two variants and count in their first only: ${formatCount(crossovers)}.`;
  return crossovers === 0 ? [ratio] : [ratio, crossed];
}

/** What a person should know before believing a whole flag's numbers. */
export function flagNotes({ skippedLines, duplicates }: FlagImpact): readonly string[] {
  return [
    ...(skippedLines > 0 ? [`Lines that could not be read and are left out: ${formatCount(skippedLines)}.`] : []),
    ...(duplicates > 0 ? [`Records that came twice and count once: ${formatCount(duplicates)}.`] : []),
  ];
}
