import { describe, expect, it } from 'vitest';
import { isRedisAddress, parseRedisAddress } from '../src/target/redis-address.ts';

describe('an address of Redis', () => {
  it.each([
    ['redis://cache', { name: 'redis cache:6379', nodes: [{ host: 'cache', port: 6379 }], cluster: false, tls: false }],
    ['rediss://cache:7000/3', { name: 'redis cache:7000', tls: true, database: 3 }],
    ['redis://operator:a%40b@cache', { username: 'operator', password: 'a@b', name: 'redis cache:6379' }],
    ['redis://:p@ss@cache', { password: 'p@ss', name: 'redis cache:6379' }],
    ['redis://[::1]:7000', { nodes: [{ host: '::1', port: 7000 }] }],
    [
      'redis+cluster://a:7000,b:7001',
      {
        cluster: true,
        name: 'redis a:7000,b:7001',
        nodes: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 7001 },
        ],
      },
    ],
    ['rediss+cluster://user:secret@a', { cluster: true, tls: true, username: 'user', password: 'secret' }],
  ])('%s is read', (text, address) => {
    expect(isRedisAddress(text)).toBe(true);
    expect(parseRedisAddress(text)).toMatchObject(address);
  });

  it.each([
    ['redis://', 'another form'],
    ['redis://:s3cret@', 'another form'],
    ['redis://:s3cret@cache/0?family=6', 'another form'],
    ['redis://:s3cret@cache:99999', 'a host or a port'],
    ['redis://:s3cret@ca che', 'a host or a port'],
    ['redis://:s3cret%@cache', 'has to be written %25'],
    ['redis://:s3cret@a,b', 'need redis+cluster://'],
    ['redis+cluster://:s3cret@a/1', 'no databases'],
  ])('%s is refused, and its secret is not repeated', (text, reason) => {
    expect(() => parseRedisAddress(text)).toThrow(reason);
    expect(() => parseRedisAddress(text)).not.toThrow('s3cret');
  });
});
