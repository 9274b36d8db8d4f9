export type { SummariesContext } from './analyse-summaries.ts';
export { analyseSummaries } from './analyse-summaries.ts';
export type {
  ArmFigures,
  CandidateImpact,
  Estimate,
  FlagImpact,
  Gate,
  GateStatus,
  SampleRatio,
  StageImpact,
  Verdict,
} from './impact.ts';
export type { FlagImpactOptions } from './measure-flag-impact.ts';
export { measureFlagImpact } from './measure-flag-impact.ts';
export type { DifferenceText } from './quantity.ts';
export {
  formatCount,
  formatDifference,
  formatPValue,
  formatSize,
  formatValue,
  metricLabel,
} from './quantity.ts';
