import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { metadataKeys } from '../src/evaluation/evaluation.ts';
import { document } from './arbitraries.ts';
import { compiledFlag } from './compiled.ts';
import { context } from './condition-arbitraries.ts';

describe('metadata', () => {
  it('holds scalars under known names, and nothing else', () => {
    const known: readonly string[] = Object.values(metadataKeys);
    fc.assert(
      fc.property(document, context, (each, given) => {
        const flags = compileDocument(each);
        for (const key of [...flags.flags.keys(), ...flags.switches.keys()]) {
          for (const [name, value] of Object.entries(evaluate(flags, key, given).flagMetadata)) {
            expect(known).toContain(name);
            expect(['string', 'number', 'boolean']).toContain(typeof value);
          }
        }
      }),
    );
  });

  it('names the flag set, the version, the kind, the bucketing and the unit in every answer of a flag', () => {
    const flags = compiledFlag(
      {
        kind: 'agent',
        unit: 'sessionId',
        rules: [{ when: { a: 1 }, serve: 'on' }],
        rollout: { percentage: 50, serve: 'on', stage: 2 },
      },
      { flagSetId: 'support', version: '7' },
    );
    const common = {
      flagSetId: 'support',
      version: '7',
      flagVersion: expect.stringMatching(/^[0-9a-f]{16}$/),
      'sluice.kind': 'agent',
      'sluice.bucketing': 'sluice-1',
      'sluice.unit': 'sessionId',
    };
    expect(evaluate(flags, 'f', { a: 1 }).flagMetadata).toEqual({
      ...common,
      'experiment.arm': 'none',
      'experiment.active': false,
    });
    expect(evaluate(flags, 'f', {}).flagMetadata).toEqual({
      ...common,
      'experiment.arm': 'none',
      'experiment.active': false,
    });
    const { flagMetadata } = evaluate(flags, 'f', { sessionId: 's' });
    expect(flagMetadata).toEqual({
      ...common,
      'experiment.arm': expect.stringMatching(/^(candidate|control)$/),
      'experiment.active': true,
      'experiment.stage': '2',
      'experiment.share': 0.5,
    });
  });

  it('of a document without a flag set names none', () => {
    expect(evaluate(compiledFlag({}), 'f', {}).flagMetadata).not.toHaveProperty('flagSetId');
  });

  it('tells another flag version after any change of the flag', () => {
    const version = (description: string) =>
      evaluate(compiledFlag({ description }), 'f', {}).flagMetadata['flagVersion'];
    expect(version('a')).toBe(version('a'));
    expect(version('a')).not.toBe(version('b'));
  });
});
