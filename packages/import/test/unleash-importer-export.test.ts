import { describe, expect, it } from 'vitest';
import type { ImportOptions, ImportResult } from '../src/import-report.ts';
import { unleashImporter } from '../src/unleash/unleash-importer.ts';

describe('an export', () => {
  const exported = {
    features: [{ name: 'f' }, { name: 'old', archived: true }],
    featureStrategies: [
      { featureName: 'f', environment: 'production', name: 'default', parameters: {}, sortOrder: 2 },
      { featureName: 'f', environment: 'production', name: 'userWithId', parameters: { userIds: 'ann' }, sortOrder: 1 },
      { featureName: 'f', environment: 'production', name: 'ourOwn', parameters: {}, disabled: true, sortOrder: 0 },
      { featureName: 'f', environment: 'development', name: 'userWithId', parameters: { userIds: 'dev' } },
    ],
    featureEnvironments: [
      { featureName: 'f', environment: 'development', enabled: true },
      { featureName: 'f', environment: 'production', enabled: true },
    ],
  };
  const convertExport = (options: ImportOptions): ImportResult => unleashImporter.convert(exported, options);

  it('is read for the environment that was chosen, in the order of its strategies', () => {
    const { document } = convertExport({ environment: 'production' });
    expect(Object.keys(document?.flags ?? {})).toEqual(['f']);
    expect(document?.flags?.['f']?.rules).toEqual([{ when: { targetingKey: ['ann'] }, serve: 'on' }]);
    expect(document?.flags?.['f']?.rollout).toMatchObject({ percentage: 100, serve: 'on' });
  });

  it('of several environments needs one to be chosen, and names them', () => {
    const { document, report } = convertExport({});
    expect(document).toBeUndefined();
    expect(report.notes[0]?.message).toBe('holds several environments; choose one of "development", "production"');
  });

  it('refuses an environment that it does not hold', () => {
    const { document, report } = convertExport({ environment: 'staging' });
    expect(document).toBeUndefined();
    expect(report.notes.map(({ code }) => code)).toEqual(['environment']);
  });

  it('does not guess the constraints of a segment, which it does not hold', () => {
    const featureStrategies = [{ featureName: 'f', name: 'default', parameters: {}, segments: [7] }];
    const { document, report } = unleashImporter.convert({
      features: [{ name: 'f' }],
      featureStrategies,
      segments: [{ id: 7, name: 'staff' }],
    });
    expect(document?.flags?.['f']?.rules).toBeUndefined();
    expect(report.notes).toMatchObject([
      { code: 'segment-not-exported', path: ['featureStrategies', 0, 'segments', 0] },
    ]);
  });
});
