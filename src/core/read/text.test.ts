import { expect, test } from 'vitest';
import { decodeText, decodeUtf8 } from './text.ts';

const encoder = new TextEncoder();

test('UTF-8 is read with and without a byte order mark', () => {
  expect(decodeText(encoder.encode('é😀')).value).toBe('é😀');
  expect(decodeText(encoder.encode('\ufeffa')).value).toBe('a');
  expect(decodeUtf8(encoder.encode('\ufeffa'))).toBe('\ufeffa');
});

test.each([
  [[0x61, 0x0a, 0xc3, 0xa9, 0xff], '2:2'],
  [[0xc3], '1:1'],
  [[0x61, 0xc0, 0x80], '1:2'],
  [[0xe0, 0x80, 0x80], '1:1'],
  [[0xed, 0xa0, 0x80], '1:1'],
  [[0xf4, 0x90, 0x80, 0x80], '1:1'],
  [[0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f, 0x98], '1:3'],
])('of bytes that are no UTF-8 the first is named: %j', (bytes, place) => {
  const [diagnostic] = decodeText(Uint8Array.from(bytes), 'a.yaml').diagnostics;
  expect(diagnostic?.code).toBe('T1001');
  expect(`${diagnostic?.source?.start.line}:${diagnostic?.source?.start.column}`).toBe(place);
});

test.each([
  ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ['UTF-16', [0xfe, 0xff, 0x00, 0x61]],
  ['UTF-32', [0xff, 0xfe, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00]],
  ['UTF-32', [0x00, 0x00, 0xfe, 0xff, 0x00, 0x00, 0x00, 0x61]],
])('%s is named as such', (name, bytes) => {
  const [diagnostic] = decodeText(Uint8Array.from(bytes)).diagnostics;
  expect(diagnostic?.code).toBe('T1002');
  expect(diagnostic?.detail).toContain(name);
});
