import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * IPv4 in four decimal parts only: the library takes `10.1`, `0x7f.1` and `010.0.0.1` too, which others read as other
 * addresses. An IPv4 address may arrive written as IPv6 (`::ffff:10.0.0.1`); it is the same address.
 */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.process(text) : undefined;
}

/** @throws where the text is neither a CIDR block nor an address. */
export function parseBlock(text: string): readonly [Address, bits: number] {
  const [base = '', bits, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === undefined || rest.length > 0) throw new Error(`${JSON.stringify(base)} is no IP address`);
  const mapped = address.kind() === 'ipv4' && base.includes(':');
  const most = address.kind() === 'ipv4' && !mapped ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  // Of an IPv4 address written as IPv6, the first 96 bits say that it is one.
  const least = mapped ? 96 : 0;
  if (!(length >= least && length <= most))
    throw new Error(`${JSON.stringify(text)} has no prefix length from ${least} to ${most}`);
  return [address, length - least];
}

export function inBlock(address: Address, [block, bits]: readonly [Address, bits: number]): boolean {
  return block.kind() === address.kind() && address.match(block as ipaddr.IPv4, bits);
}
