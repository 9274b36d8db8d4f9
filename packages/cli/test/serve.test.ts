import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commented, commentedFile } from './commented.ts';
import { served } from './served.ts';

/** A file of tokens with one of each name and role, and their secrets. */
async function tokensFile(file: string, roles: Readonly<Record<string, string>>) {
  const secrets: Record<string, string> = {};
  let lines = '';
  for (const [name, role] of Object.entries(roles)) {
    const { secret, token } = JSON.parse((await sluice(['token', name, '--role', role, '--json'])).stdout);
    secrets[name] = secret;
    lines += `${JSON.stringify(token)}\n`;
  }
  writeFileSync(file, lines);
  return secrets;
}

const evaluate = (url: string, flag: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/ofrep/v1/evaluate/flags/${flag}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ context: { targetingKey: 'user-1' } }),
  });

describe('sluice serve', () => {
  it('prints its URL, answers as the command does, and closes when it is told to', async () => {
    const file = commentedFile();
    const { url, stop } = await served([file]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await (await evaluate(url, 'support-model')).json();
    const asked = ['evaluate', file, 'support-model', '--context', '{"targetingKey":"user-1"}', '--json'];
    const { value, variant, reason } = JSON.parse((await sluice(asked)).stdout);
    expect(answer).toMatchObject({ key: 'support-model', value, variant, reason });
    const { exitCode, stdout, stderr } = await stop();
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${url}\n` });
    expect(stderr).toContain('SIGTERM: closing\n');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('is operated by name and secret, and its file keeps its comments and order', async () => {
    const file = commentedFile();
    const tokens = `${file}.tokens`;
    const secrets = await tokensFile(tokens, { ops: 'operate', web: 'evaluate' });
    const options = ['--switches', `${file}.switches.json`, '--tokens', tokens, '--metrics-open'];
    const { url } = await served([file, ...options, '--cors', 'https://app.acme.com']);
    const operate = (...words: string[]) =>
      sluice([...words, '--target', url, '--token', secrets['ops'] ?? '', '--why', 'incident 42', '--by', 'ann']);
    expect((await operate('kill', 'ai-agent')).stdout).toMatch(/^switch ai-agent is OFF: written to .*revision \d+$/m);
    expect((await operate('set', 'support-model', '--percentage', '25')).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(commented.replace('percentage: 10  #', 'percentage: 25  #'));
    const asked = { authorization: `Bearer ${secrets['web']}`, origin: 'https://app.acme.com' };
    const answer = await evaluate(url, 'support-model', asked);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.acme.com');
    expect(await answer.json()).toMatchObject({ variant: 'gpt', reason: 'DEFAULT', metadata: { switch: 'ai-agent' } });
    const audit = await sluice(['audit', '--target', url, '--token', secrets['ops'] ?? '', '--json']);
    expect(JSON.parse(audit.stdout).map(({ by }: { by: string }) => by)).toEqual(['ops: ann', 'ops: ann']);
    const refused = await sluice(['switches', '--target', url, '--token', secrets['web'] ?? '']);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('operate');
    expect((await evaluate(url, 'support-model')).status).toBe(401);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
  });

  it('gives the second of two operators a conflict with both versions', async () => {
    const file = commentedFile();
    const { url } = await served([file]);
    const set = (percentage: string, ...words: string[]) =>
      sluice(['set', 'support-model', '--percentage', percentage, '--target', url, '--why', 'ramp', ...words]);
    const { revision } = JSON.parse((await set('20', '--json')).stdout);
    await set('30', '--expected', revision);
    const { exitCode, stderr } = await set('40', '--expected', revision);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^- .*percentage: 30 .*\n\+ .*percentage: 40 /m);
    expect(readFileSync(file, 'utf8')).toBe(commented.replace('percentage: 10  #', 'percentage: 30  #'));
  });

  it('signs the document, and keeps what is sent to its ingest', async () => {
    const file = commentedFile();
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(`${file}.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const store = `${file}.store`;
    const { url, stop } = await served([file, '--signing-key', `${file}.pem`, '--store', store]);
    const response = await fetch(`${url}/v1/document`);
    const signature = Buffer.from(response.headers.get('sluice-signature') ?? '', 'base64');
    const text = await response.text();
    expect(text).toBe(commented);
    expect(verify(null, Buffer.from(text), createPublicKey(privateKey), signature)).toBe(true);
    const exposure = { ...((await (await evaluate(url, 'tone')).json()) as object), unit: 'user-1' };
    const ingested = await fetch(`${url}/ingest/v1/exposures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ exposures: [exposure] }),
    });
    expect(ingested.ok).toBe(true);
    expect(await stop()).toMatchObject({ exitCode: 0 });
    const segments = readdirSync(store).filter((name) => name.endsWith('.ndjson'));
    const lines = segments.flatMap((name) => readFileSync(join(store, name), 'utf8').trim().split('\n'));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ type: 'exposure', flag: 'tone', variant: 'warm' }]);
    expect(lines[0]).not.toContain('user-1');
  });

  it.each([
    [['--host', '0.0.0.0'], 1, 'tokens'],
    [['--tokens', 'no/such/file'], 3, 'no/such/file cannot be read'],
    [['--port', '70000'], 2, 'It has to be a port'],
    [['--redis', 'redis://x', '--switches', 'x.json'], 2, 'cannot be used with'],
    [['--redis', 'http://x'], 2, 'The address of Redis cannot be understood'],
  ])('ends with %j and says why', async (words, exitCode, message) => {
    const ended = await sluice(['serve', commentedFile(), '--port', '0', ...words]);
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr).toContain(message);
  });

  it('ends where nothing says what to serve, and where the port is taken', async () => {
    expect(await sluice(['serve'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name a file') });
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const ended = await sluice(['serve', commentedFile(), '--port', String(port)]);
    expect(ended).toMatchObject({ exitCode: 3, stdout: '' });
    expect(ended.stderr).toContain(`127.0.0.1:${port}`);
  });
});
