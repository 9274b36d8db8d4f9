import type { Random } from '../random.ts';
import type { Constraint } from './definitions.ts';

/** What contexts are asked about, each with what a constraint may compare it with. */
export const fields: Readonly<Record<string, readonly string[]>> = {
  userId: ['user-1', 'user-7', '42', 'Zoë', '0', '', ' '],
  sessionId: ['s-1', '42', 'sessão'],
  environment: ['production', 'Development'],
  appName: ['web', 'ios'],
  country: ['DE', 'de', ' FR ', 'Österreich', '中国'],
  plan: ['enterprise', 'Free', 'free-trial', 'true', '1'],
  age: ['18', '18.5', '-1', '1e3', '0', '65'],
  email: ['@acme.com', 'ANN@ACME.COM', 'bob@example.org'],
};

const versions = ['1.2.3', 'v1.2.3', '1.2.3-beta.2', '1.2.4', '2.0.0-rc.1+build.5', '0.0.0-0', ' 1.10.0'];
const patterns = ['^user-[0-9]$', 'acme\\.com', '(?i)free', '^$', '[A-Z]{2}', 'ö', 'a|true'];
const ranges = ['10.0.0.0/8', '10.1.2.3', '192.168.1.77/24', '2001:db8::/32', '2001:db8::1', 'fe80::/10', '0.0.0.0/0'];
const mapped = ['::ffff:10.0.0.0/104', '::ffff:192.168.1.1'];
const dates = ['2020-02-29', '2026-01-01T00:00:00Z', '2031-06-30T12:00:00.500+02:00', '1969-12-31T23:00:00-01:00'];

const numberOperators = ['NUM_EQ', 'NUM_GT', 'NUM_GTE', 'NUM_LT', 'NUM_LTE'];
const versionOperators = ['SEMVER_EQ', 'SEMVER_GT', 'SEMVER_GTE', 'SEMVER_LT', 'SEMVER_LTE'];
const textOperators = ['IN', 'NOT_IN', 'STR_STARTS_WITH', 'STR_ENDS_WITH', 'STR_CONTAINS'];

/** All that a constraint compares with, for contexts that hit it or just miss it. */
export const literals = { versions, patterns, ranges: [...ranges, ...mapped], dates };

export function generateConstraint(random: Random): Constraint {
  return {
    ...generateComparison(random),
    ...(random.chance(0.25) && { inverted: true }),
    ...(random.chance(0.25) && { caseInsensitive: true }),
  };
}

function generateComparison(random: Random): Constraint {
  const field = random.pick(Object.keys(fields));
  const own = fields[field] ?? [];
  const kind = random.below(10);
  if (kind < 4) {
    const pool = random.chance(0.1) ? [...own, ''] : own;
    return {
      contextName: field,
      operator: random.pick(textOperators),
      values: random.times(1, 4, () => random.pick(pool)),
    };
  }
  if (kind < 6) {
    const value = random.pick(['18', '18.5', '0', '-1', '42', '1e3', '65', '']);
    return {
      contextName: random.pick(['age', 'age', 'plan', 'userId']),
      operator: random.pick(numberOperators),
      value,
    };
  }
  if (kind < 7) return { contextName: 'build', operator: random.pick(versionOperators), value: random.pick(versions) };
  if (kind < 8) return { contextName: field, operator: 'REGEX', value: random.pick(patterns) };
  if (kind < 9) {
    const operator = random.pick(['DATE_AFTER', 'DATE_BEFORE']);
    return { contextName: 'currentTime', operator, value: random.pick(dates) };
  }
  const values = random.times(1, 3, () =>
    random.pick(random.chance(0.2) ? mapped : [...ranges, 'no-range', '10.0.0.0/33']),
  );
  return { contextName: random.pick(['remoteAddress', 'clientIp']), operator: 'IN_CIDR', values };
}
