import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The home-grown kind, which needs no vendor's SDK to be compared with. */
export const percentages: object = {
  search: { enabled: true, percentage: 25 },
  chat: { enabled: false, percentage: 50 },
};

/** Half of an export, as a download leaves it that broke off. */
export const truncated: string = '{"flags":{"checkout":{"key":"checkout","on":true,"variations":[tr';

export function written(folder: string, name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
