import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { SluiceProvider } from '@sluice/openfeature-provider';
import { redisSource, redisSwitches } from '@sluice/redis';
import { Redis } from 'ioredis';
import { FLAG, now, SERVED, SWITCH } from './switches-job.mjs';

/**
 * An OpenFeature client with a provider and connections of its own.
 *
 * `onChange` gets the client, the time from which on it serves what is so now, and `kill` or `restore`. Whatever is asked after
 * that has to be answered so; `wrong` counts the evaluations that were not.
 */
export async function startClient(url, domain, onChange) {
  const redis = new Redis(url);
  let [unit, expected, seen] = [0, SERVED.on, SERVED.on];
  const client = {
    wrong: 0,
    /** When an evaluation first served what is so now. */
    seenAt: 0,
    /** When the client's event told of it: after that, as answers change first. */
    toldAt: 0,
    async evaluate() {
      const asked = expected;
      const served = await openFeature.getStringValue(FLAG, 'none', { targetingKey: `user-${unit++ % 1000}` });
      if (served !== seen) [seen, client.seenAt] = [served, now()];
      if (served !== asked && asked === expected) client.wrong++;
    },
  };
  const switches = heard(redisSwitches(redis), (on) => {
    const at = now();
    const serves = on ? SERVED.on : SERVED.off;
    if (serves === expected) return;
    expected = serves;
    onChange(client, at, on ? 'restore' : 'kill');
  });
  await OpenFeature.setProviderAndWait(domain, new SluiceProvider(redisSource(redis), { switches }));
  const openFeature = OpenFeature.getClient(domain);
  await client.evaluate();
  openFeature.addHandler(ProviderEvents.ConfigurationChanged, () => {
    client.toldAt = now();
  });
  return client;
}

/** The store, which says so once the provider has taken what it was told. */
function heard(store, say) {
  return {
    ...store,
    watch: (listener) =>
      store.watch((change) => {
        listener(change);
        if (change.states !== undefined) say(change.states.switches.get(SWITCH)?.on ?? true);
      }),
  };
}
