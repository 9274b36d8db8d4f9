export { duckdbStore } from './duckdb-store.ts';
