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
