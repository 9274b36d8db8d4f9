import { generateKeyPairSync } from 'node:crypto';

/** A new pair of Ed25519 keys, in PEM. */
export function newKeys(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
