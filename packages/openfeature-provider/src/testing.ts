export type { TestFlags, TestProvider } from './test-provider.ts';
export { testProvider } from './test-provider.ts';
export type { TestOutcome, TestRecorder } from './test-recorder.ts';
