import type { Document, Flag } from '@sluice/core';
import type { ImportReport } from '../src/import-report.ts';
import { unleashImporter } from '../src/unleash/unleash-importer.ts';

export interface Conversion extends Pick<ImportReport, 'notes'> {
  readonly flags: Readonly<Record<string, Flag>>;
  readonly segments: Document['segments'];
}

export function convert(features: readonly object[], more: object = {}): Conversion {
  const { document, report } = unleashImporter.convert({ version: 2, features, ...more });
  return { flags: document?.flags ?? {}, segments: document?.segments, notes: report.notes };
}

/** The flag of a feature with one strategy. */
export function convertStrategy(strategy: object): Flag | undefined {
  return convert([{ name: 'f', enabled: true, strategies: [strategy] }]).flags['f'];
}

/** A strategy that half of the units enter. */
export const half = (more: object = {}): object => ({
  name: 'flexibleRollout',
  parameters: { rollout: '50', stickiness: 'default', groupId: 'group' },
  ...more,
});

export const variant = (name: string, more: object = {}): object => ({
  name,
  weight: 500,
  stickiness: 'default',
  payload: { type: 'string', value: `value of ${name}` },
  ...more,
});
