import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** The response header, in the lower case of node, that carries the signature of the body. */
export const signatureHeader = 'sluice-signature';

const MAKE_ONE = 'make a pair with: openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout';

/** 64 bytes as base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{86}(==)?$/;

/**
 * The signature of a document's text, as `Sluice-Signature` or a file `.sig` beside the document carries it: Ed25519 over
 * the bytes in UTF-8, as base64.
 *
 * @throws {TypeError} for a key that is no Ed25519 private key in PEM.
 */
export function signText(text: string, privateKeyPem: string): string {
  const key = ed25519Key('private', () => createPrivateKey(privateKeyPem));
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64');
}

/** @throws {TypeError} for a key that is no Ed25519 public key in PEM. */
export function publicKeyOf(pem: string): KeyObject {
  return ed25519Key('public', () => {
    // Node derives the public key of a private one, which has no place where documents are only read.
    if (pem.includes('PRIVATE KEY')) throw new TypeError('it is a private key');
    return createPublicKey(pem);
  });
}

function ed25519Key(kind: 'public' | 'private', read: () => KeyObject): KeyObject {
  let why: string;
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
    why = `it is a key for ${key.asymmetricKeyType}`;
  } catch (error) {
    why = (error as Error).message;
  }
  throw new TypeError(`this is no Ed25519 ${kind} key in PEM (${why}); ${MAKE_ONE}`);
}

/** What is wrong with the signature of these bytes, for a person; `undefined` where it is good. */
export function signatureFault(body: Uint8Array, signature: string, publicKey: KeyObject): string | undefined {
  const text = signature.trim();
  if (!SIGNATURE.test(text)) return 'has a malformed signature: it has to be the 64 bytes of Ed25519 as base64';
  if (verify(null, body, publicKey, Buffer.from(text, 'base64'))) return undefined;
  return 'has a signature that does not match: it was changed, or signed with another key';
}
