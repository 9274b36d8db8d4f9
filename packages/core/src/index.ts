export type { AttributeReader, Context } from './attribute.ts';
export { attributeReader } from './attribute.ts';
export type { Part, Seeds } from './bucket.ts';
export { enterBelow, POSITIONS, positionOf, seedsOf, splitParts } from './bucket.ts';
export { changedFlags } from './changes.ts';
export type {
  CompiledFlag,
  CompiledFlags,
  CompiledRule,
  CompiledSwitch,
  CompileOptions,
} from './compile.ts';
export { compileDocument } from './compile.ts';
export type { CompiledRollout } from './compile-rollout.ts';
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
export { evaluate, failure } from './evaluate.ts';
export type { Arm, Evaluation, EvaluationErrorCode, FlagMetadata, Reason, ValueType } from './evaluation.ts';
export { metadataKeys } from './evaluation.ts';
export type { Explanation } from './explain.ts';
export { explain } from './explain.ts';
export type { Hash } from './hash.ts';
export { xxh32 } from './hash.ts';
export type { JsonArray, JsonObject, JsonValue } from './json.ts';
export type { Matcher } from './match.ts';
export type { MetricDefinition } from './metric.ts';
export { defaultMetrics } from './metric.ts';
export type { ParseResult } from './parse.ts';
export { parseDocument } from './parse.ts';
export type { Path, Problem } from './problem.ts';
export { DocumentError, formatPath, formatProblem } from './problem.ts';
export type { ExposureRecord, MeasurementRecord, OutcomeRecord } from './record.ts';
export { segmentExtension } from './record.ts';
export type { Assignment, FeedbackResult, Outcomes, Recorder, RecorderCounts, Run } from './recorder.ts';
export type { Sink } from './sink.ts';
export type { Reading, Source, SourceChange } from './source.ts';
export type { FlagSpan, Store } from './store.ts';
export type { MetricSummary, QuantileSummary, Summary, SummaryQuery, SummaryReport, UnitMoments } from './summary.ts';
export type { SwitchState, SwitchStates, SwitchStore } from './switches.ts';
export type { Trace, TraceStep } from './trace.ts';
export { controlOf, valueTypeOf, variantsOf } from './variants.ts';
