const SQRT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal distribution. */
function density(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_TWO_PI;
}

/** P(Z > x) for x >= 0, to about 14 significant digits all the way into the tail. */
function upperTail(x: number): number {
  if (x < 3) {
    // Abramowitz and Stegun 26.2.11: every term is positive, so nothing cancels before the last subtraction.
    let term = x;
    let sum = x;
    for (let odd = 3; term > sum * 1e-17; odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 - density(x) * sum;
  }
  // Abramowitz and Stegun 26.2.14, from the inside out; at x >= 3 a hundred levels are more than double precision needs.
  let fraction = x;
  for (let level = 100; level >= 1; level--) fraction = x + level / fraction;
  return density(x) / fraction;
}

/** P(Z <= x) of a standard normal Z. */
export function normalCdf(x: number): number {
  return x > 0 ? 1 - upperTail(x) : upperTail(-x);
}

/** The x with `normalCdf(x) = probability`; infinite at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability <= 0) return Number.NEGATIVE_INFINITY;
  // Abramowitz and Stegun 26.2.23 starts within 4.5e-4; each Halley step triples the digits.
  const t = Math.sqrt(-2 * Math.log(probability));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(-x) - probability) / density(x);
    x += error / (1 - (x * error) / 2);
  }
  return -x;
}
