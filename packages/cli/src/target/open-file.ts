import { fileSource, fileSwitches } from '@sluice/openfeature-provider';
import { type Operations, placeOperations } from '@sluice/server/operations';

export function openFile(path: string, switches: string | undefined): Operations {
  const source = fileSource(path);
  return placeOperations(switches === undefined ? { source } : { source, switches: fileSwitches(switches) });
}
