import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder as Kubernetes mounts a config map: `flags.yaml` is a link to `..data/flags.yaml`, and `..data` a link to a
 * folder with a date for its name. An update makes a new such folder and renames a new link over `..data`.
 */
export function configMap(folder: string, text: string): { readonly path: string; update(text: string): void } {
  let generation = 0;
  const place = (next: string): void => {
    generation++;
    const dated = `..2026_11_22_08_00_${String(generation).padStart(2, '0')}.123456789`;
    mkdirSync(join(folder, dated));
    writeFileSync(join(folder, dated, 'flags.yaml'), next);
    symlinkSync(dated, join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
  };
  place(text);
  symlinkSync(join('..data', 'flags.yaml'), join(folder, 'flags.yaml'));
  return {
    path: join(folder, 'flags.yaml'),
    update(next) {
      const old = `..2026_11_22_08_00_${String(generation).padStart(2, '0')}.123456789`;
      place(next);
      rmSync(join(folder, old), { recursive: true });
    },
  };
}
