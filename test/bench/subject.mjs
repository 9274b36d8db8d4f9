import { OpenFeature } from '@openfeature/server-sdk';
import { BOOLEAN_FLAG, contextOf, MODELS, OBJECT_FLAG } from './job.mjs';
import { peers } from './peers/peers.mjs';

/**
 * What a process is asked to time.
 *
 * @typedef {object} Specification
 * @property {string} peer name in `peers`
 * @property {'direct' | 'client'} path by the SDK's own function, or through the OpenFeature client
 * @property {'object' | 'boolean'} type
 * @property {'empty' | 'quality'} [hook] on the client
 * @property {'repeat' | 'new'} [units] cycling over the same ids, or never the same one twice
 * @property {number} [ids] how many there are to cycle over
 * @property {object} [options] for the peer
 */

/** Makes the function that takes an id and evaluates, and what is needed to check that it does. */
export async function makeSubject({ peer: name, path, type, hook, options }) {
  const peer = await (await peers[name].load()).setUp(options);
  if (path === 'direct') {
    return { evaluate: peer[type], asynchronous: peer.asynchronous === true, constant: false, valueOf: peer.valueOf };
  }
  await OpenFeature.setProviderAndWait(peer.provider());
  const client = OpenFeature.getClient();
  const recorder = hook && (await addHook(client, hook));
  return {
    evaluate:
      type === 'object'
        ? (id) => client.getObjectDetails(OBJECT_FLAG, MODELS.control, contextOf(id))
        : (id) => client.getBooleanDetails(BOOLEAN_FLAG, false, contextOf(id)),
    asynchronous: true,
    constant: peer.constant === true,
    valueOf: (details) => details.value,
    client,
    recorder,
  };
}

async function addHook(client, hook) {
  if (hook === 'empty') {
    client.addHooks({ after() {} });
    return undefined;
  }
  const { createRecorder, QualityHook } = await import('@sluice/openfeature-hooks');
  const sink = { name: 'nowhere', write: async () => {}, close: async () => {} };
  const recorder = createRecorder({ sink, key: 'a key for the benchmark' });
  client.addHooks(new QualityHook(recorder));
  return recorder;
}
