import { expect, test } from 'vitest';
import { writeAmounts } from './amounts.ts';

test.each([
  ['1', '1'],
  ['0.5', '1'],
  ['128', '128'],
  ['1K', '1000'],
  ['1Ki', '1024'],
  ['1.5Ki', '1536'],
  ['64M', '64000000'],
  ['64Mi', '67108864'],
  ['1G', '1000000000'],
  ['1Gi', '1073741824'],
  ['2T', '2000000000000'],
  ['1Pi', '1125899906842624'],
  ['1E', '1000000000000000000'],
  ['8Ei', '9223372036854775808'],
])('memory of %s is %s bytes', (memory, bytes) => {
  expect(writeAmounts({ memory })).toEqual({ memory: bytes });
});

test.each([
  ['500m', '0.5'],
  ['1500m', '1.5'],
  ['1m', '0.001'],
  ['2', '2'],
  ['0.25', '0.25'],
])('%s of a processor is %s', (cpu, cpus) => {
  expect(writeAmounts({ cpu })).toEqual({ cpus });
});
