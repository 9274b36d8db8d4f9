export type { HtmlReportOptions } from './html-report.ts';
export { htmlReport } from './html-report.ts';
export type { ArmJson, CandidateJson, DeltaJson, FlagJson, JsonReport, SizeJson, StageJson } from './json-report.ts';
export { jsonReport } from './json-report.ts';
export type { TerminalReportOptions } from './terminal-report.ts';
export { terminalReport } from './terminal-report.ts';
