import { defaultMetrics, type MetricDefinition } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { formatCount, formatDifference, formatPValue, formatSize, formatValue, metricLabel } from '../src/quantity.ts';

const { latency, cost, quality, tokens, feedback } = defaultMetrics as Record<string, MetricDefinition> &
  Record<'latency' | 'cost' | 'quality' | 'tokens' | 'feedback', MetricDefinition>;

describe('formatValue', () => {
  it.each([
    [0.0253, latency, '25.3 µs'],
    [0, latency, '0 ms'],
    [12.34, latency, '12.3 ms'],
    [812.4, latency, '812 ms'],
    [15_321, latency, '15.3 s'],
    [0.001234, cost, '$0.00123'],
    [0.00000056, cost, '$0.000000560'],
    [12.3, cost, '$12.3'],
    [0.781, quality, '78.1%'],
    [1, quality, '100%'],
    [0.00333, quality, '0.333%'],
    [1234.5, tokens, '1,235'],
    [-0.25, feedback, '-0.250'],
  ])('writes %d as a person would', (value, definition, text) => {
    expect(formatValue(value, definition)).toBe(text);
  });
});

describe('formatDifference', () => {
  it.each([
    [{ estimate: 0.0213, low: 0.009, high: 0.0331 }, quality, '+2.1 pp', '[+0.9, +3.3]'],
    [{ estimate: -22, low: -60, high: 16 }, latency, '-22 ms', '[-60, +16]'],
    [{ estimate: 0.0011, low: 0.0003, high: 0.0019 }, cost, '+$0.00110', '[+0.00030, +0.00190]'],
    [{ estimate: -0.055, low: -0.06, high: -0.05 }, latency, '-55.0 µs', '[-60.0, -50.0]'],
    [{ estimate: 0, low: 0, high: 0 }, cost, '$0', '[0, 0]'],
  ])('gives %o and its interval the same decimals', (numbers, definition, difference, interval) => {
    expect(formatDifference(numbers, definition)).toEqual({ difference, interval });
  });

  it('has no interval where there is none', () => {
    expect(formatDifference({ estimate: -0.5, low: null, high: null }, quality)).toEqual({
      difference: '-50.0 pp',
      interval: null,
    });
  });
});

it('writes sizes as short as they allow', () => {
  expect(formatSize(0.02, quality)).toBe('2 pp');
  expect(formatSize(0.0081234, latency)).toBe('8.12 µs');
  expect([0.5, 2].map((size) => formatSize(size, latency, 2))).toEqual(['0.5 ms', '2 ms']);
  expect(formatSize(0.5, { aggregate: 'mean', better: 'lower', measuredIn: 'kg' })).toBe('0.5 kg');
});

it('writes counts and probabilities', () => {
  expect(formatCount(63_120.4)).toBe('63,120');
  expect([0.0312, 0.5, 1, 0.00001].map(formatPValue)).toEqual(['p = 0.031', 'p = 0.5', 'p = 1', 'p < 0.0001']);
});

it('says p95 where a metric is one', () => {
  expect([metricLabel('latency', latency), metricLabel('cost', cost)]).toEqual(['p95 latency', 'cost']);
});
