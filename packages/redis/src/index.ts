export type { DocumentVersion } from './document-versions.ts';
export type { RedisAssignmentsOptions } from './redis-assignments.ts';
export { redisAssignments } from './redis-assignments.ts';
export type { IoredisClient, NodeRedisClient, RedisClient } from './redis-client.ts';
export type { RedisSource, RedisSourceOptions } from './redis-source.ts';
export { redisSource } from './redis-source.ts';
export type { RedisSwitches, RedisSwitchesOptions } from './redis-switches.ts';
export { redisSwitches } from './redis-switches.ts';
