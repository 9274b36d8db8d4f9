import type { RunningServer } from './running-server.ts';

/** The value of one line of `/metrics`, 0 where there is none; the server has to be open there or let anybody in. */
export async function metric({ ask }: Pick<RunningServer, 'ask'>, line: string): Promise<number> {
  const text = await (await ask('/metrics')).text();
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? 0 : Number(found.slice(line.length + 1));
}

export function refused(server: Pick<RunningServer, 'ask'>, cause: string): Promise<number> {
  return metric(server, `sluice_refused_total{cause="${cause}"}`);
}
