import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianBinary } from './debian-binary.ts';

/** Paths of PEM files. */
export interface SelfMadeCertificate {
  /** The certificate, which is its own authority. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Makes a certificate for 127.0.0.1 and localhost that is good for two days. */
export async function selfMadeCertificate(folder: string): Promise<SelfMadeCertificate> {
  const made = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
  const openssl = await debianBinary('openssl', 'openssl');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', made.keyFile];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await promisify(execFile)(openssl, ['req', '-x509', ...key, ...names, '-days', '2', '-out', made.certificateFile]);
  return made;
}
