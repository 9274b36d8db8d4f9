import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { debianBinary } from '@sluice-test/services';
import { chromium, type Page as Tab } from 'playwright-core';
import { build } from 'vite';

export interface Browser {
  /** Where the page comes from, which the server has to allow. */
  readonly origin: string;
  readonly tab: Tab;
  close(): Promise<void>;
}

/** Headless Chromium on a page that holds `page.ts`, served from an origin of its own as an application's page is. */
export async function openBrowser(): Promise<Browser> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const [type, body] =
      request.url === '/page.js'
        ? ['text/javascript', script]
        : ['text/html', '<!doctype html><script src="/page.js"></script>'];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: await debianBinary('chromium', 'chromium'),
    // Its sandbox does not start for root, as whom containers run.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const tab = await browser.newPage();
  await tab.goto(origin);
  await tab.waitForFunction('"page" in globalThis');
  return {
    origin,
    tab,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'ofrepPage' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('the page was not built');
  return output.output[0].code;
}
