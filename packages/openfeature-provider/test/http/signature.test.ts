import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { publicKeyOf, signatureFault, signText } from '../../src/http/signature.ts';
import { newKeys } from './new-keys.ts';

const { publicKey, privateKey } = newKeys();
const key = publicKeyOf(publicKey);
const text = 'sluice: 1 # naïve 日本 🦀\n';
const bytes = Buffer.from(text);

describe('signText', () => {
  it('makes a signature that is good for these bytes and no others, and for no other key', () => {
    const signature = signText(text, privateKey);
    expect(signatureFault(bytes, signature, key)).toBeUndefined();
    expect(signatureFault(bytes, `${signature}\n`, key)).toBeUndefined();
    expect(signatureFault(Buffer.from(`${text} `), signature, key)).toMatch(/does not match/);
    expect(signatureFault(bytes, signature, publicKeyOf(newKeys().publicKey))).toMatch(/does not match/);
  });

  it('makes what the test vectors of RFC 8032 say', () => {
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex').toString('base64');
    const pem = `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`;
    expect(Buffer.from(signText('', pem), 'base64').toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  it.each([
    ['no key at all', 'secret', /no Ed25519 private key in PEM/],
    ['a public key', publicKey, /no Ed25519 private key in PEM/],
    ['a key of another kind', pemOf('private'), /it is a key for ec/],
  ])('refuses %s', (_, pem, message) => {
    expect(() => signText(text, pem)).toThrow(message);
  });
});

describe('publicKeyOf', () => {
  it.each([
    ['no key at all', 'secret', /no Ed25519 public key in PEM/],
    ['a private key', privateKey, /it is a private key/],
    ['a key of another kind', pemOf('public'), /it is a key for ec/],
  ])('refuses %s', (_, pem, message) => {
    expect(() => publicKeyOf(pem)).toThrow(message);
  });
});

describe('signatureFault', () => {
  it.each(['', 'no base64!', 'c2hvcnQ=', `${'A'.repeat(85)}=`, `${'A'.repeat(86)}==A`, `${'A'.repeat(86)}=`])(
    'says that %j is malformed',
    (signature) => {
      expect(signatureFault(bytes, signature, key)).toMatch(/malformed signature/);
    },
  );
});

function pemOf(kind: 'public' | 'private'): string {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return kind === 'public'
    ? pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    : pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
