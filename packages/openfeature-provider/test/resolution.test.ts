import { compileDocument, evaluate, failure, type ValueType } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { toResolution } from '../src/resolution.ts';

const flags = compileDocument({
  sluice: 1,
  version: '1',
  flags: {
    text: { variants: { a: '' }, control: 'a' },
    list: { variants: { a: [1] }, control: 'a' },
    off: { enabled: false },
  },
});

describe('toResolution', () => {
  it('hands a good evaluation on as it is, without a copy', () => {
    const evaluation = evaluate(flags, 'text', {});
    expect(toResolution(evaluation, 'text', 'string', 'x')).toBe(evaluation);
  });

  it('takes an empty text and a list for what they are', () => {
    expect(toResolution(evaluate(flags, 'text', {}), 'text', 'string', 'x').value).toBe('');
    expect(toResolution(evaluate(flags, 'list', {}), 'list', 'object', []).value).toEqual([1]);
  });

  it('serves the default where the flag is disabled, with no variant and no error', () => {
    const resolution = toResolution(evaluate(flags, 'off', {}), 'off', 'boolean', true);
    expect(resolution).toMatchObject({ value: true, reason: 'DISABLED', flagMetadata: { version: '1' } });
    expect(resolution).not.toHaveProperty('variant');
    expect(resolution).not.toHaveProperty('errorCode');
  });

  it.each<[ValueType, boolean | number]>([
    ['boolean', false],
    ['number', 0],
  ])('says which type the flag has and which was asked for: %s', (type, value) => {
    expect(toResolution(evaluate(flags, 'text', {}), 'text', type, value)).toMatchObject({
      value,
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: `text is of type string, and was asked for as ${type}`,
      flagMetadata: { version: '1' },
    });
  });

  it('keeps the code and the message of an error, and serves the default', () => {
    const error = failure('INVALID_CONTEXT', 'no conversationId', { version: '1' });
    expect(toResolution(error, 'text', 'string', 'x')).toEqual({
      value: 'x',
      reason: 'ERROR',
      errorCode: 'INVALID_CONTEXT',
      errorMessage: 'no conversationId',
      flagMetadata: { version: '1' },
    });
  });
});
