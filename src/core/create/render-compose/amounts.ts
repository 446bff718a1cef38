import type { ComputeResources } from '../../model/workload.ts';
import type { ValueObject } from '../../model/value.ts';

const factors: Readonly<Record<string, number>> = {
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Writes amounts of memory and processor as Compose reads them.
 * Rule: memory in bytes, for Compose takes `k`, `m` and `g` for powers of 1024; processors as a decimal number. Parts of a byte count as one.
 */
export function writeAmounts({ cpu, memory }: ComputeResources): ValueObject {
  return {
    ...(cpu !== undefined && { cpus: writeCpus(cpu) }),
    ...(memory !== undefined && { memory: writeBytes(memory) }),
  };
}

function writeCpus(cpu: string): string {
  return cpu.endsWith('m') ? String(Number(cpu.slice(0, -1)) / 1000) : cpu;
}

function writeBytes(memory: string): string {
  const [, number = '0', suffix = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(memory) ?? [];
  const bytes = Math.ceil(Number(number) * (factors[suffix] ?? 1));
  return BigInt(bytes).toString();
}
