import type { Context } from 'hono';

interface Connected {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * Whom a limit is for: the address of the connection, of IPv6 only the network, because whoever has one address there has
 * all of its 2^64. Behind a proxy it is the proxy's.
 */
export function addressOf(context: Context): string {
  const address = (context.env as Connected | undefined)?.incoming?.socket?.remoteAddress ?? 'in process';
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [front = ''] = address.split('::');
  return front.split(':').slice(0, 4).join(':');
}
