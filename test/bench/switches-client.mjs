import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { SluiceProvider } from '@sluice/openfeature-provider';
import { redisSource, redisSwitches } from '@sluice/redis';
import { Redis } from 'ioredis';
import { FLAG, now, SERVED } from './switches-job.mjs';

/**
 * An OpenFeature client with a provider and connections of its own.
 *
 * `onChange` gets the client, the time at which it was told of a change, and `kill` or `restore`. Whatever is asked from then on
 * has to be answered by what is so now; `wrong` counts the evaluations that were not.
 */
export async function startClient(url, domain, onChange) {
  const redis = new Redis(url);
  const provider = new SluiceProvider(redisSource(redis), { switches: redisSwitches(redis) });
  await OpenFeature.setProviderAndWait(domain, provider);
  const openFeature = OpenFeature.getClient(domain);
  let [unit, expected, seen] = [0, SERVED.on, SERVED.on];
  const client = {
    wrong: 0,
    /** When an evaluation first served what is so now. */
    seenAt: 0,
    async evaluate() {
      const asked = expected;
      const served = await openFeature.getStringValue(FLAG, 'none', { targetingKey: `user-${unit++ % 1000}` });
      if (served !== seen) [seen, client.seenAt] = [served, now()];
      if (served !== asked && asked === expected) client.wrong++;
    },
  };
  await client.evaluate();
  openFeature.addHandler(ProviderEvents.ConfigurationChanged, () => {
    const at = now();
    expected = expected === SERVED.on ? SERVED.off : SERVED.on;
    onChange(client, at, expected === SERVED.off ? 'kill' : 'restore');
  });
  return client;
}
