import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

function filesToSign(document: string | Buffer) {
  const folder = temporaryFolder();
  const [file, key] = [join(folder, 'flags.yaml'), join(folder, 'private.pem')];
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, document);
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { file, key, publicKey: createPublicKey(privateKey) };
}

describe('sluice sign', () => {
  it.each(['sluice: 1\n', '\ufeffsluice: 1\r\n# Größe 🚀\n'])(
    'writes a signature of the bytes of %j beside it',
    async (text) => {
      const { file, key, publicKey } = filesToSign(text);
      expect(await sluice(['sign', file, '--key', key])).toEqual({ exitCode: 0, stdout: `${file}.sig\n`, stderr: '' });
      const signature = Buffer.from(readFileSync(`${file}.sig`, 'utf8').trim(), 'base64');
      expect(verify(null, readFileSync(file), publicKey, signature)).toBe(true);
    },
  );

  it('refuses a file that is not UTF-8, whose bytes no reader could check', async () => {
    const { file, key } = filesToSign(Buffer.from([0x61, 0xff]));
    const { exitCode, stderr } = await sluice(['sign', file, '--key', key]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`${file} cannot be read`);
  });

  it('refuses a key of another kind, and names its file', async () => {
    const { file, key } = filesToSign('sluice: 1\n');
    writeFileSync(key, generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { exitCode, stderr } = await sluice(['sign', file, '--key', key]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${key} cannot sign`);
    expect(existsSync(`${file}.sig`)).toBe(false);
  });
});
