import { fileSwitches } from '@sluice/openfeature-provider';

// Turns switches off one after the other, as an operator's process does.
const [path, ...names] = process.argv.slice(2);
const switches = fileSwitches(path);
for (const name of names) {
  await switches.set({ switch: name }, { on: false, since: Date.now(), by: `process ${process.pid}`, why: 'a test' });
}
