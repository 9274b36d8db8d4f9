import type { Path } from '@sluice/core';
import { isAccepted } from '../accepted.ts';
import { anyOf, type Decision } from '../condition-algebra.ts';
import type { Operator } from './constraint.ts';
import { never } from './text-operators.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}(/(3[0-2]|[0-2]?\\d))?$`);
/** An IPv6 block that may hold addresses of IPv4 written as IPv6, which to Unleash are IPv6 and here are IPv4. */
const BEGINS_WITH_ZERO = /^(0{1,4})?:/;

export function isIPv4(range: string): boolean {
  return IPV4.test(range);
}

/**
 * Whether an attribute is in one of these blocks of IPv4. An address of IPv4 that is written as IPv6 is none to Unleash.
 * @param printed whether the attribute is printed before it is read
 */
export function inIPv4(attribute: string, ranges: readonly string[], printed: boolean): Decision {
  if (ranges.length === 0) return false;
  const inRange = { inRange: ranges };
  const asIPv6 = { contains: ':' };
  return printed
    ? { [attribute]: { asText: inRange }, none: [{ [attribute]: { asText: asIPv6 } }] }
    : { [attribute]: inRange, none: [{ [attribute]: asIPv6 }] };
}

/** Unleash passes over what is no block. What is one to it and none here has a zone, or holds more than the IPv4 in IPv6. */
function isUnleashIPv6(range: string, attribute: string): boolean {
  const [base = '', prefix = '0'] = range.replace(/%.*$/, '').split('/');
  return base.includes(':') && Number(prefix) <= 128 && isAccepted({ [attribute]: { inRange: base } });
}

export function noteAddressForm(path: Path, noting: UnleashNoting): void {
  const message = 'compares addresses: one that is written with a prefix length or a zone may differ';
  noting.note('address-form', path, message);
}

const inCidr: Operator = (constraint, noting) => {
  const { attribute, values, path } = constraint;
  const wide = values.filter(
    (range) => range.includes(':') && !range.includes('%') && isAccepted({ [attribute]: { inRange: range } }),
  );
  const refused = values.find((range) => !wide.includes(range) && isUnleashIPv6(range, attribute));
  if (refused !== undefined) {
    const message = `${quote(refused)} is a block that cannot be written here; its strategy is left out`;
    noting.note('constraint-value', path, message);
    return undefined;
  }
  const narrow = values.filter(isIPv4);
  if (narrow.length + wide.length === 0) return never(constraint, 'has no addresses', noting);
  noteAddressForm(path, noting);
  if (wide.some((range) => BEGINS_WITH_ZERO.test(range))) {
    const message =
      'holds addresses that begin with 0: of IPv4 written as IPv6 (::ffff:1.2.3.4) the answers may differ';
    noting.note('mapped-address', path, message);
  }
  const inIPv6: Decision = wide.length > 0 && { [attribute]: { asText: { inRange: wide, contains: ':' } } };
  return anyOf([inIPv4(attribute, narrow, true), inIPv6]);
};

export const addressOperators: Readonly<Record<string, Operator>> = { IN_CIDR: inCidr };
