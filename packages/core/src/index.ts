export type {
  Condition,
  Document,
  Flag,
  Kind,
  Operators,
  Ramp,
  RampStep,
  Risk,
  Rollout,
  Rule,
  Scalar,
  Segment,
  Switch,
  Test,
} from './document.ts';
export type { Arm, Evaluation, EvaluationErrorCode, FlagMetadata, Reason, ValueType } from './evaluation.ts';
export { metadataKeys } from './evaluation.ts';
export type { JsonArray, JsonObject, JsonValue } from './json.ts';
export type { MetricDefinition } from './metric.ts';
export { defaultMetrics } from './metric.ts';
export type { Problem } from './problem.ts';
export { DocumentError, formatPath, formatProblem } from './problem.ts';
export type { ExposureRecord, MeasurementRecord, OutcomeRecord } from './record.ts';
export type { Assignment, FeedbackResult, Outcomes, Recorder, RecorderCounts, Run } from './recorder.ts';
export type { Sink } from './sink.ts';
export type { Reading, Source, SourceChange } from './source.ts';
export type { FlagSpan, Store } from './store.ts';
export type { MetricSummary, QuantileSummary, Summary, SummaryQuery, SummaryReport, UnitMoments } from './summary.ts';
export type { SwitchState, SwitchStates, SwitchStore } from './switches.ts';
