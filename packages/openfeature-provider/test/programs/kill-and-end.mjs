import { fileSwitches, LiveFlags, memorySource } from '@sluice/openfeature-provider';

// Nothing is closed: neither the watch nor the timer of an expiry may keep the process.
const switches = fileSwitches(process.argv[2]);
const flags = new LiveFlags(memorySource({ sluice: 1, flags: { flag: {} } }), { switches }, () => {});
const expiresAt = Date.now() + 3_600_000;
await switches.set({ flag: 'flag' }, { on: false, since: Date.now(), by: 'ann', why: 'a test', expiresAt });
await flags.start();
process.stdout.write(flags.evaluate('flag', {}).flagMetadata.switch);
