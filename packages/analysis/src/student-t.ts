import { normalCdf, normalQuantile } from './normal.ts';

/** From here on Student's t and the normal distribution agree to 1e-10. */
const AS_GOOD_AS_NORMAL = 1e9;

/**
 * Gamma(a + 1/2) / Gamma(a), by its asymptotic series from a = 60 on and by recurrence below. The ratio of two separate
 * gamma functions would lose digits as `a` grows.
 */
function gammaRatio(a: number): number {
  if (a < 60) return (gammaRatio(a + 1) * a) / (a + 0.5);
  const r = 1 / a;
  return Math.sqrt(a) * (1 + r * (-1 / 8 + r * (1 / 128 + r * (5 / 1024 + r * (-21 / 32768 - (r * 399) / 262144)))));
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22) by the modified Lentz method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return fraction;
}

/** P(T > t) for t >= 0: half of the incomplete beta function I_x(df/2, 1/2) at x = df / (df + t^2). */
function upperTail(t: number, df: number): number {
  if (t === Number.POSITIVE_INFINITY) return 0;
  const a = df / 2;
  const x = df / (df + t * t);
  const complement = (t * t) / (df + t * t);
  // x^a (1 - x)^(1/2) / B(a, 1/2), with B written out; log1p keeps the digits of an x near 1.
  const logX = complement < 0.5 ? Math.log1p(-complement) : Math.log(x);
  const front = (Math.exp(a * logX) * Math.sqrt(complement) * gammaRatio(a)) / Math.sqrt(Math.PI);
  return x < (a + 1) / (a + 2.5)
    ? (front * betaFraction(x, a, 0.5)) / (2 * a)
    : 0.5 - front * betaFraction(complement, 0.5, a);
}

/** P(T <= t) of Student's t with `df` degrees of freedom, which may be a fraction. */
export function studentTCdf(t: number, df: number): number {
  if (df >= AS_GOOD_AS_NORMAL) return normalCdf(t);
  return t > 0 ? 1 - upperTail(t, df) : upperTail(-t, df);
}

/** The t with `studentTCdf(t, df) = probability`; infinite at 0 and 1. */
export function studentTQuantile(probability: number, df: number): number {
  if (df >= AS_GOOD_AS_NORMAL || probability <= 0 || probability >= 1) return normalQuantile(probability);
  if (probability > 0.5) return -studentTQuantile(1 - probability, df);
  let low = 0;
  let high = 1;
  while (upperTail(high, df) > probability) {
    low = high;
    high *= 2;
  }
  // Bisection cannot go astray in the heavy tails of few degrees of freedom, and is called a few times per gate only.
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (upperTail(middle, df) > probability) low = middle;
    else high = middle;
  }
  return -high;
}
