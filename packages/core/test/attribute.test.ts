import { describe, expect, it } from 'vitest';
import { attributeReader } from '../src/conditions/attribute.ts';

describe('an attribute', () => {
  const read = (name: string, context: object) => attributeReader(name)(context as Record<string, unknown>);

  it('is read by its name', () => {
    expect(read('plan', { plan: 'pro' })).toBe('pro');
    expect([0, '', false].map((plan) => read('plan', { plan }))).toEqual([0, '', false]);
  });

  it('with dots is read by its whole name first, and else along the path', () => {
    expect(read('user.plan', { user: { plan: 'pro' } })).toBe('pro');
    expect(read('user.plan', { 'user.plan': 'free', user: { plan: 'pro' } })).toBe('free');
    expect(read('user.plan', { 'user.plan': null, user: { plan: 'pro' } })).toBe('pro');
    expect(read('a.b.c', { a: { 'b.c': 1 } })).toBeUndefined();
    expect(read('roles.0', { roles: ['admin'] })).toBe('admin');
  });

  it('is missing where the path ends early, at null, or in a string', () => {
    for (const user of [undefined, null, 'pro', 5, {}, { plan: null }])
      expect(read('user.plan', { user })).toBeUndefined();
    expect(read('user.length', { user: 'ada' })).toBeUndefined();
  });

  it('is missing where there is only what every object has, or a function', () => {
    for (const name of ['toString', 'constructor', 'hasOwnProperty', 'user.toString']) {
      expect(read(name, { user: {} })).toBeUndefined();
    }
    expect(read('f', { f: () => 1 })).toBeUndefined();
  });

  it('may be a getter of a class', () => {
    class User {
      get plan(): string {
        return 'pro';
      }
    }
    expect(read('user.plan', { user: new User() })).toBe('pro');
  });

  it('is read alike by however many readers there are', () => {
    for (let index = 0; index < 2500; index++) expect(read(`name-${index}`, { [`name-${index}`]: index })).toBe(index);
    expect(attributeReader('name-0')).toBe(attributeReader('name-0'));
  });
});
