import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unitHasher, unitOf } from '../src/unit.ts';

describe('unitOf', () => {
  it('reads strings and safe integers, as bucketing does', () => {
    expect(unitOf({ targetingKey: 'u1' }, 'targetingKey')).toBe('u1');
    expect(unitOf({ accountId: 42 }, 'accountId')).toBe('42');
    expect(unitOf({ session: { id: 's1' } }, 'session.id')).toBe('s1');
  });

  it.each([undefined, null, '', 1.5, Number.NaN, 2 ** 53, true, {}, ['u1'], new Date(0)])(
    'finds no unit in %s',
    (value) => {
      expect(unitOf({ targetingKey: value, sessionId: value }, 'targetingKey')).toBeUndefined();
      expect(unitOf({ targetingKey: value, sessionId: value }, 'sessionId')).toBeUndefined();
    },
  );
});

describe('unitHasher', () => {
  const key = Buffer.from('0123456789abcdef');

  it('is the first 16 bytes of HMAC-SHA256 as base64url, the same at every call', () => {
    const hash = unitHasher(key);
    const expected = createHmac('sha256', key).update('user-1').digest().subarray(0, 16).toString('base64url');
    expect(hash('user-1')).toBe(expected);
    expect(hash('user-1')).toBe(expected);
    expect(expected).toHaveLength(22);
  });

  it('differs by unit and by key', () => {
    expect(unitHasher(key)('user-1')).not.toBe(unitHasher(key)('user-2'));
    expect(unitHasher(key)('user-1')).not.toBe(unitHasher(Buffer.from('fedcba9876543210'))('user-1'));
  });
});
