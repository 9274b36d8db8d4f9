import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwitchState } from '../src/contracts/switches.ts';
import type { Document } from '../src/document/document.ts';
import { failure } from '../src/evaluation/answer.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { document, hostile } from './arbitraries.ts';
import { compiled, compiledFlag } from './compiled.ts';
import { context } from './condition-arbitraries.ts';
import { targetedDocument } from './targeted-documents.ts';

const off: SwitchState = { on: false, since: 0, by: 'ops', why: 'smoke' };
const on: SwitchState = { ...off, on: true };
const states = fc.record({
  switches: fc
    .dictionary(fc.constantFrom('ai-agent', 'search', 'other'), fc.constantFrom(on, off))
    .map((each) => new Map(Object.entries(each))),
  flags: fc
    .dictionary(fc.constantFrom('a', 'b', 'aa'), fc.constantFrom(on, off))
    .map((each) => new Map(Object.entries(each))),
});

/** Every key of a document, and one that it does not have. */
const keysOf = (each: Document): readonly string[] => [
  ...Object.keys(each.flags ?? {}),
  ...Object.keys(each.switches ?? {}),
  'no such flag',
];

const REASONS = ['STATIC', 'TARGETING_MATCH', 'SPLIT', 'DEFAULT', 'DISABLED', 'ERROR'];

describe('an evaluation', () => {
  it('never throws, and has a valid shape, whatever the context is', () => {
    const contexts = fc.oneof(
      hostile,
      context,
      fc.dictionary(
        fc.constantFrom('targetingKey', 'plan', 'user', 'conversationId', 'ip', 'age', 'user.plan'),
        hostile,
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(document, targetedDocument),
        contexts,
        fc.option(states, { nil: undefined }),
        (each, given, switched) => {
          const flags = compileDocument(each);
          for (const key of keysOf(each)) {
            const answer = evaluate(
              flags,
              key,
              given as Record<string, unknown>,
              switched ? { switches: switched } : {},
            );
            expect(REASONS).toContain(answer.reason);
            expect(answer.errorCode === undefined).toBe(answer.reason !== 'ERROR');
            expect(answer.errorMessage === undefined).toBe(answer.reason !== 'ERROR');
            const { control, whenDisabled } = each.flags?.[key] ?? {};
            const served = { ERROR: false, DISABLED: whenDisabled !== undefined }[answer.reason as string] ?? true;
            // Where control is the caller's default, that may be what is served.
            if (control !== null) expect(answer.value !== undefined).toBe(served);
            expect(typeof answer.variant).toBe(answer.value === undefined ? 'undefined' : 'string');
            for (const value of Object.values(answer.flagMetadata))
              expect(['string', 'number', 'boolean']).toContain(typeof value);
            expect(Object.isFrozen(answer) && Object.isFrozen(answer.flagMetadata)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is an error where a getter or a proxy in the context throws, even something that cannot be printed', () => {
    const flags = compiledFlag({ rules: [{ when: { plan: 'pro' }, serve: 'on' }] });
    const throwing = (thrown: unknown) => ({
      get plan(): never {
        throw thrown;
      },
    });
    expect(evaluate(flags, 'f', throwing(new Error('no plan')))).toMatchObject({
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: 'the context of f could not be read: Error: no plan',
    });
    const unprintable = {
      toString: () => {
        throw new Error('not even this');
      },
    };
    for (const thrown of [Object.create(null), Symbol('x'), undefined, unprintable]) {
      expect(evaluate(flags, 'f', throwing(thrown))).toMatchObject({ reason: 'ERROR', errorCode: 'GENERAL' });
    }
    expect(evaluate(flags, 'f', undefined as never)).toMatchObject({ reason: 'ERROR', errorCode: 'GENERAL' });
  });

  it('is the same, and the same object, for the same unit', () => {
    fc.assert(
      fc.property(document, context, (each, given) => {
        const flags = compileDocument(each);
        for (const key of flags.flags.keys()) {
          const [first, second] = [evaluate(flags, key, given), evaluate(flags, key, structuredClone(given))];
          expect(second).toEqual(first);
          if (first.variant !== undefined && !('switch' in first.flagMetadata)) expect(second).toBe(first);
        }
      }),
    );
  });

  it('depends on nothing else in the document: not on other flags, not on the order of anything', () => {
    fc.assert(
      fc.property(document, context, (each, given) => {
        const flags = compileDocument(each);
        const entries = Object.entries(each.flags ?? {});
        const turned = compileDocument({ ...each, flags: Object.fromEntries([...entries].reverse()) });
        for (const [key, flag] of entries) {
          const alone = compileDocument({ ...each, flags: { [key]: flag } });
          const { version: _, ...metadata } = evaluate(flags, key, given).flagMetadata;
          expect(evaluate(turned, key, given)).toEqual(evaluate(flags, key, given));
          expect(evaluate(alone, key, given)).toMatchObject({ ...evaluate(flags, key, given), flagMetadata: metadata });
        }
      }),
    );
  });

  it('has a frozen payload, all the way down', () => {
    const flags = compiledFlag({ variants: { a: { model: { stops: ['x'] } } }, control: 'a' });
    const value = evaluate(flags, 'f', {}).value as { model: { stops: string[] } };
    expect(() => value.model.stops.push('y')).toThrow(TypeError);
    expect(() => Object.assign(value.model, { name: 'y' })).toThrow(TypeError);
  });

  it('reads no attribute, and no unit, that it does not need', () => {
    const flags = compiled({
      switches: { s: { enabled: false } },
      flags: {
        full: { rollout: { percentage: 100, serve: 'on' } },
        empty: { rollout: { percentage: 0, serve: 'on' } },
        stopped: {
          requires: ['s'],
          rules: [{ when: { a: 1 }, serve: 'on' }],
          rollout: { percentage: 50, serve: 'on' },
        },
        static: {},
      },
    });
    const untouchable = new Proxy({}, { get: () => expect.fail('was read') });
    for (const key of flags.flags.keys()) expect(evaluate(flags, key, untouchable).errorCode).toBeUndefined();
  });
});

describe('failure', () => {
  it('is an answer in which the caller’s default is served, with the metadata that it was given', () => {
    expect(failure('TYPE_MISMATCH', 'f is a string', { version: '1' })).toEqual({
      value: undefined,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: 'f is a string',
      flagMetadata: { version: '1' },
    });
    expect(failure('GENERAL', 'x').flagMetadata).toEqual({});
  });

  it('says which flag and which attribute it is about', () => {
    const flags = compiledFlag({ unit: 'conversationId', rollout: { percentage: 50, serve: 'on' } });
    const message = (given: object) => evaluate(flags, 'f', given as Record<string, unknown>).errorMessage;
    expect(message({})).toBe('f buckets by conversationId, which is missing in the evaluation context');
    expect(message({ conversationId: 1.5 })).toBe(
      'f buckets by conversationId, which is neither a string nor a safe integer in the evaluation context',
    );
    expect(evaluate(flags, 'g', {}).errorMessage).toBe('g is neither a flag nor a switch of this document');
  });

  it('takes no BigInt, no symbol and no boxed string for a unit', () => {
    const flags = compiledFlag({ rollout: { percentage: 50, serve: 'on' } });
    for (const targetingKey of [
      42n,
      Symbol('ada'),
      new String('ada'),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(0),
    ]) {
      expect(evaluate(flags, 'f', { targetingKey }).errorCode).toBe('INVALID_CONTEXT');
    }
    expect(evaluate(flags, 'f', { targetingKey: () => 'ada' }).errorCode).toBe('TARGETING_KEY_MISSING');
  });

  it('0 and -0 are one unit', () => {
    const flags = compiledFlag({ rollout: { percentage: 50, serve: 'on' } });
    expect(evaluate(flags, 'f', { targetingKey: -0 })).toBe(evaluate(flags, 'f', { targetingKey: 0 }));
  });
});
