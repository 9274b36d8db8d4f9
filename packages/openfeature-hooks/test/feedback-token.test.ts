import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedbackTokens, type TokenPayload } from '../src/feedback-token.ts';

const key = Buffer.from('a key of this test, long enough');
const now = 1_800_000_000_000;
const day = 86_400_000;
const tokens = feedbackTokens(key, 30);
const payload: TokenPayload = {
  v: 1,
  run: '01955555-0000-7000-8000-000000000001',
  flag: 'support-model',
  variant: 'claude',
  arm: 'candidate',
  stage: '3',
  unit: 'hashed-unit',
  at: now,
};

describe('feedback tokens', () => {
  it('carry the run and its assignment, in characters that a URL can hold', () => {
    const token = tokens.sign(payload);
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
    expect(encodeURIComponent(token)).toBe(token);
    expect(tokens.verify(token, now)).toEqual(payload);
    expect(feedbackTokens(Buffer.from(key), 30).verify(token, now)).toEqual(payload);
  });

  it('come back as they were signed, whatever their texts hold', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, text, (flag, variant, stage, unit) => {
        const signed = { ...payload, flag, variant, stage, unit };
        expect(tokens.verify(tokens.sign(signed), now)).toEqual(signed);
      }),
    );
  });

  it('are accepted until they are too old, and not after', () => {
    const token = tokens.sign(payload);
    expect(tokens.verify(token, now + 30 * day)).toEqual(payload);
    expect(tokens.verify(token, now + 30 * day + 1)).toMatchObject({ accepted: false, reason: 'expired' });
    // Another machine's clock may be behind.
    expect(tokens.verify(token, now - day)).toEqual(payload);
  });

  it('are forged where they were signed with another key', () => {
    const other = feedbackTokens(Buffer.from('another key, as long as that'), 30).sign(payload);
    expect(tokens.verify(other, now)).toMatchObject({ accepted: false, reason: 'forged' });
  });

  it('cannot be moved to another variant', () => {
    const [, signature] = tokens.sign(payload).split('.');
    const moved = Buffer.from(JSON.stringify({ ...payload, variant: 'gpt-4o', arm: 'control' })).toString('base64url');
    expect(tokens.verify(`${moved}.${signature}`, now)).toMatchObject({ accepted: false, reason: 'forged' });
  });

  it('are malformed where their version is one that this package does not know', () => {
    const newer = tokens.sign({ ...payload, v: 2 as 1 });
    expect(tokens.verify(newer, now)).toMatchObject({ accepted: false, reason: 'malformed' });
  });

  it('are refused with any one bit flipped', () => {
    const token = tokens.sign(payload);
    for (let position = 0; position < token.length; position += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const bytes = Buffer.from(token, 'latin1');
        bytes[position] = (bytes[position] as number) ^ (1 << bit);
        expect(tokens.verify(bytes.toString('latin1'), now)).toMatchObject({ accepted: false });
      }
    }
  });

  it('are refused, never thrown at, whatever is handed in', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true }),
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.base64String(), fc.base64String()).map(([left, right]) => `${left}.${right}`),
      fc.string({ minLength: 43, maxLength: 43 }).map((text) => `${tokens.sign(payload).split('.')[0]}.${text}`),
    );
    fc.assert(
      fc.property(anything, (token) => {
        expect(tokens.verify(token, now)).toMatchObject({ accepted: false });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['no signature', 'e30.'],
    ['a third part', `${tokens.sign(payload)}.x`],
    ['a line break after it', `${tokens.sign(payload)}\n`],
    ['ten million characters', 'a'.repeat(10_000_000)],
    ['ten million characters with a signature', `${'a'.repeat(10_000_000)}.${'b'.repeat(43)}`],
    ['a proxy that throws', new Proxy({}, { get: () => raise() })],
    ['a symbol', Symbol('token')],
  ])('call %s malformed', (_, token) => {
    expect(tokens.verify(token, now)).toMatchObject({ accepted: false, reason: 'malformed' });
  });
});

function raise(): never {
  throw new Error('must not be read');
}
