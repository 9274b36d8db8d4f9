import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { macros } from './macros-sql.ts';

type Parameter = string | number | null | readonly string[];

/** Runs one statement; its rows as objects, named by column. Numbers have to be selected as DOUBLE. */
export type Run = <Row = never>(
  sql: string,
  parameters?: Readonly<Record<string, Parameter>>,
) => Promise<readonly Row[]>;

/** A DuckDB of our own, in memory. */
export interface Database {
  /** Calls `work` with a connection of its own: temporary tables of one call are not seen by another. */
  connected<Result>(work: (run: Run) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** Loads DuckDB, a native library of some 70 MB, and opens a database. */
export async function openDatabase(): Promise<Database> {
  const { DOUBLE, DuckDBInstance, LIST, listValue, VARCHAR } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    // Made only when the limit is reached. DuckDB's default is a folder in the working directory, shared by processes.
    temp_directory: join(tmpdir(), `sluice-duckdb-${randomUUID()}`),
    // All that is used is built in; nothing may be fetched from the network.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });

  function bind(parameter: Parameter): [DuckDBValue, DuckDBType] {
    if (typeof parameter === 'number') return [parameter, DOUBLE];
    if (parameter === null || typeof parameter === 'string') return [parameter, VARCHAR];
    return [listValue(parameter), LIST(VARCHAR)];
  }

  function runOn(connection: DuckDBConnection): Run {
    return async <Row>(sql: string, parameters: Readonly<Record<string, Parameter>> = {}) => {
      const bound = Object.entries(parameters).map(([name, parameter]) => [name, ...bind(parameter)] as const);
      const values = Object.fromEntries(bound.map(([name, value]) => [name, value]));
      const types = Object.fromEntries(bound.map(([name, , type]) => [name, type]));
      const reader = await connection.runAndReadAll(sql, values, types);
      return reader.getRowObjectsJS() as unknown as readonly Row[];
    };
  }

  async function connected<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
    const connection = await instance.connect();
    try {
      return await work(runOn(connection));
    } finally {
      connection.closeSync();
    }
  }

  await connected(async (run) => {
    for (const macro of macros) await run(macro);
  });
  return { connected, close: () => instance.closeSync() };
}
