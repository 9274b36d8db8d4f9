export type { FileSourceOptions } from './file-source.ts';
export { fileSource } from './file-source.ts';
export type { MemorySource } from './memory-source.ts';
export { memorySource } from './memory-source.ts';
export { recordedProvider } from './recorded-provider.ts';
export type { SluiceProviderOptions } from './sluice-provider.ts';
export { SluiceProvider } from './sluice-provider.ts';
export type { SwitchGuardOptions } from './switch-guard.ts';
export { switchGuard } from './switch-guard.ts';
