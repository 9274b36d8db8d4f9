// Follows the document and the switches of the server that is the first argument, prints what it knows, and closes if the second says so.
import { OpenFeature } from '@openfeature/server-sdk';
import { httpSource, httpSwitches, SluiceProvider } from '@sluice/openfeature-provider';

const [url, how] = process.argv.slice(2);
const source = httpSource(`${url}/v1/document`, { stream: `${url}/v1/stream` });
const switches = httpSwitches(url);
await OpenFeature.setProviderAndWait(new SluiceProvider(source));
const { revision } = await switches.read();
// Once it is told of a change, the stream is open.
await new Promise((resolve) => {
  const alive = setInterval(() => {}, 1000);
  switches.watch(() => {
    clearInterval(alive);
    resolve();
  });
});
const value = await OpenFeature.getClient().getBooleanValue('flag', false, { country: 'DE' });
process.stdout.write(`${value} ${revision}`);
if (how === 'closed') await Promise.all([OpenFeature.close(), switches.close()]);
