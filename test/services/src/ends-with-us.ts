import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const processes = new Set<ChildProcess>();
const folders = new Set<string>();
let listening = false;

/** Kills the process when this one ends, however it ends short of SIGKILL. */
export function killAtExit(child: ChildProcess): void {
  listen();
  processes.add(child);
  child.once('exit', () => processes.delete(child));
}

/** Removes the folder when this process ends. */
export function removeAtExit(folder: string): void {
  listen();
  folders.add(folder);
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.once('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      cleanUp();
      process.kill(process.pid, signal);
    });
  }
}

function cleanUp(): void {
  for (const child of processes) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
