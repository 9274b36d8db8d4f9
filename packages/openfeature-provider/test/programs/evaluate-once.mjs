// Evaluates a flag of the file that is the first argument, prints its value, and closes if the second says so.
import { OpenFeature } from '@openfeature/server-sdk';
import { fileSource, SluiceProvider } from '@sluice/openfeature-provider';

const [path, how] = process.argv.slice(2);
await OpenFeature.setProviderAndWait(new SluiceProvider(fileSource(path)));
const value = await OpenFeature.getClient().getBooleanValue('flag', false, { country: 'DE' });
process.stdout.write(String(value));
if (how === 'closed') await OpenFeature.close();
