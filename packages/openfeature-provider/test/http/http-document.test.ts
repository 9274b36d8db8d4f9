import type { SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpSource } from '../../src/http/http-source.ts';
import { signText } from '../../src/http/signature.ts';
import { told } from '../told.ts';
import { type ServedDocument, servedDocument } from './document-server.ts';
import { newKeys } from './new-keys.ts';
import { startServer } from './start-server.ts';

const { publicKey, privateKey } = newKeys();
const text = '{ "sluice": 1 }';
const other = '{ "sluice": 1, "flags": { "flag": {} } }';

/** A document with a signature of its own at a path. */
async function signed(path: string): Promise<{ served: ServedDocument; url: string; signature: string | undefined }> {
  const served = servedDocument('etag');
  served.text = text;
  const under = { served, url: '', signature: signText(text, privateKey) as string | undefined };
  const { url } = await startServer((request, response) => {
    if (request.url !== path) return served.answer(request, response);
    response.writeHead(under.signature === undefined ? 404 : 200).end(under.signature);
  });
  under.url = url;
  return under;
}

describe('a signed document', () => {
  it('is read by the signature in its header', async () => {
    const served = servedDocument('etag');
    served.text = text;
    served.headers = { 'sluice-signature': signText(text, privateKey) };
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags.json`, { signature: { publicKey } });
    expect((await source.read()).document).toEqual({ sluice: 1 });
    // Nothing else was asked for.
    expect(served.requests).toHaveLength(1);
  });

  it('is read by the signature beside it, where the query is kept', async () => {
    const { url } = await signed('/flags.json.sig?version=1');
    const source = httpSource(`${url}/flags.json?version=1`, { signature: { publicKey } });
    expect((await source.read()).document).toEqual({ sluice: 1 });
  });

  it('is read by the signature at a URL of its own, and then by no other', async () => {
    const under = await signed('/signature');
    under.served.headers = { 'sluice-signature': signText(text, privateKey) };
    const source = httpSource(`${under.url}/flags.json`, { signature: { publicKey, url: `${under.url}/signature` } });
    expect((await source.read()).document).toEqual({ sluice: 1 });
    under.signature = signText(other, privateKey);
    const another = httpSource(`${under.url}/flags.json`, { signature: { publicKey, url: `${under.url}/signature` } });
    await expect(another.read()).rejects.toThrow(/signature that does not match/);
  });

  it('does not give its headers to another origin that has the signature', async () => {
    const seen: (string | undefined)[] = [];
    const served = servedDocument('etag');
    served.text = text;
    const { url } = await startServer(served.answer);
    const beside = await startServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(signText(text, privateKey));
    });
    const headers = { authorization: 'Bearer secret' };
    await httpSource(`${url}/flags.json`, { headers, signature: { publicKey, url: beside.url } }).read();
    expect(seen).toEqual([undefined]);
  });

  it.each([
    ['is missing', undefined, /flags\.json has no signature: .*and http:.*\/flags\.json\.sig answered 404$/],
    ['is malformed', 'c2lnbmVk', /flags\.json has a malformed signature/],
    ['is of another text', signText(other, privateKey), /flags\.json has a signature that does not match/],
    ['is of another key', signText(text, newKeys().privateKey), /flags\.json has a signature that does not match/],
    ['is far too long', 'A'.repeat(5_000), /flags\.json\.sig answered more than the 1024 bytes/],
  ])('is refused where its signature %s', async (_, signature, message) => {
    const under = await signed('/flags.json.sig');
    under.signature = signature;
    await expect(httpSource(`${under.url}/flags.json`, { signature: { publicKey } }).read()).rejects.toThrow(message);
  });

  it('is not parsed before its signature is found good', async () => {
    const under = await signed('/flags.json.sig');
    under.served.text = 'no flag document';
    const source = httpSource(`${under.url}/flags.json`, { signature: { publicKey } });
    await expect(source.read()).rejects.toThrow(/signature that does not match/);
  });

  it('is told as an error while document and signature do not belong together, and is mended without a new document', async () => {
    const under = await signed('/flags.json.sig');
    const source = httpSource(`${under.url}/flags.json`, { signature: { publicKey }, pollIntervalMs: 5 });
    onTestFinished(() => source.close());
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    under.served.text = other;
    expect((await changes.next()).error?.message).toMatch(/does not match/);
    under.signature = signText(other, privateKey);
    expect((await changes.next()).reading?.document).toEqual(JSON.parse(other));
  });

  it('needs a good key from the start', () => {
    expect(() => httpSource('https://example.com/flags.json', { signature: { publicKey: privateKey } })).toThrow(
      /no Ed25519 public key in PEM/,
    );
  });
});
