export const SECRETS = {
  web: { secret: 'secret-of-web', role: 'evaluate' },
  feed: { secret: 'secret-of-feed', role: 'ingest' },
};

const flag = (index) => ({
  kind: 'model',
  requires: ['agent'],
  variants: { old: { model: 'gpt-4o', temperature: 0.2 }, young: { model: `claude-${index}`, temperature: 0.2 } },
  control: 'old',
  rules: [{ name: 'europe', when: { country: ['DE', 'FR'], plan: 'enterprise' }, serve: 'young' }],
  rollout: { percentage: 10, serve: 'young' },
});

/** Ten flags of the usual kind, under one switch. */
export const DOCUMENT = {
  sluice: 1,
  version: 'bench',
  switches: { agent: {} },
  flags: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`flag-${index}`, flag(index)])),
};

const headers = (secret, type = 'application/json') => ({ authorization: `Bearer ${secret}`, 'content-type': type });
const context = JSON.stringify({ context: { targetingKey: 'user-4711', country: 'DE', plan: 'free' } });

/** 100 exposures as a process sends them. */
const records = Array.from({ length: 100 }, (_, index) =>
  JSON.stringify({
    v: 1,
    type: 'exposure',
    id: `0193a000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    at: Date.now(),
    flag: 'flag-0',
    variant: 'young',
    arm: 'candidate',
    stage: '1',
    unit: `unit-${index}`,
  }),
).join('\n');

/** What is asked of the server, by name; `requests` is how many things one request does. */
export function requestsOf(url) {
  const web = headers(SECRETS.web.secret);
  return {
    'one flag': { url: `${url}/ofrep/v1/evaluate/flags/flag-0`, method: 'POST', headers: web, body: context },
    'ten flags in bulk': { url: `${url}/ofrep/v1/evaluate/flags`, method: 'POST', headers: web, body: context },
    'the document': { url: `${url}/v1/document`, method: 'GET', headers: web },
    '100 records': {
      url: `${url}/ingest/v1/records`,
      method: 'POST',
      headers: headers(SECRETS.feed.secret, 'application/x-ndjson'),
      body: records,
    },
  };
}

export const bareRequest = (url) => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: context,
});
