export type { Part, Seeds } from './bucketing/bucket.ts';
export { POSITIONS } from './bucketing/bucket.ts';
export type { Hash } from './bucketing/hash.ts';
export { xxh32 } from './bucketing/hash.ts';
export { vendorBucketings } from './bucketing/vendor-bucketings.ts';
export type { AttributeReader, Context } from './conditions/attribute.ts';
export { attributeReader } from './conditions/attribute.ts';
export type { Matcher } from './conditions/match.ts';
export type { AssignmentStore, Assignments, StickyAssignment } from './contracts/assignments.ts';
export type { AuditEntry, Author, DocumentAuditEntry, SwitchAuditEntry } from './contracts/audit.ts';
export type { DocumentEdit, DocumentText, EditableSource } from './contracts/editable-source.ts';
export { ConflictError } from './contracts/editable-source.ts';
export type { ExposureRecord, MeasurementRecord, OutcomeRecord } from './contracts/record.ts';
export { segmentExtension } from './contracts/record.ts';
export type { Assignment, FeedbackResult, Outcomes, Recorder, RecorderCounts, Run } from './contracts/recorder.ts';
export type { Sink } from './contracts/sink.ts';
export type { Reading, Source, SourceChange } from './contracts/source.ts';
export type { FlagSpan, Store } from './contracts/store.ts';
export type {
  MetricSummary,
  QuantileSummary,
  Summary,
  SummaryQuery,
  SummaryReport,
  UnitMoments,
} from './contracts/summary.ts';
export type {
  Follower,
  SwitchChange,
  SwitchState,
  SwitchStates,
  SwitchStore,
  SwitchTarget,
} from './contracts/switches.ts';
export type { Bucket, Condition, Operators, Scalar, Test, Tests } from './document/condition.ts';
export type { Audience, Document, Holdout, Layer, Segment, Switch } from './document/document.ts';
export type { Flag, Kind, LayerSlots, Prerequisites, Risk, Rule, Sticky } from './document/flag.ts';
export type { MetricDefinition } from './document/metric.ts';
export { defaultMetrics } from './document/metric.ts';
export type { ParseResult } from './document/parse.ts';
export { parseDocument } from './document/parse.ts';
export type { Path, Problem } from './document/problem.ts';
export { DocumentError, formatPath, formatProblem } from './document/problem.ts';
export type { BucketingName, Ramp, RampStep, Rollout, SplitPart } from './document/rollout.ts';
export { valueTypeOf } from './document/variants.ts';
export { failure } from './evaluation/answer.ts';
export { changedFlags, switchedFlags } from './evaluation/changes.ts';
export type { CompiledFlags, CompiledSwitch, CompileOptions } from './evaluation/compile.ts';
export { compileDocument } from './evaluation/compile.ts';
export type { CompiledFlag, CompiledRule } from './evaluation/compile-flag.ts';
export type { CompiledRollout } from './evaluation/compile-rollout.ts';
export { evaluate } from './evaluation/evaluate.ts';
export type { Arm, Evaluation, EvaluationErrorCode, FlagMetadata, Reason, ValueType } from './evaluation/evaluation.ts';
export { metadataKeys } from './evaluation/evaluation.ts';
export { unexpired } from './evaluation/expiry.ts';
export type { Explanation } from './evaluation/explain.ts';
export { explain } from './evaluation/explain.ts';
export type { FlagTable } from './evaluation/flag-table.ts';
export type { Situation, SwitchesInForce } from './evaluation/situation.ts';
export type { TraceStep } from './evaluation/trace.ts';
export type { JsonArray, JsonObject, JsonValue } from './json.ts';
export { noSwitches, readSwitchStates, writeSwitchStates } from './switches/switch-states.ts';
