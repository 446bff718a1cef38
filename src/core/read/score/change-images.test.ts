import { expect, test } from 'vitest';
import { changeImages } from './change-images.ts';
import { readScore } from './score.ts';

const text = `apiVersion: score.dev/v1b1
metadata: {name: web}
containers:
  main: {image: .}
  proxy: {image: nginx:1.29}
resources:
  db: {type: postgres}
`;

function readWeb(image: string) {
  const [declared] = readScore([{ file: 'web.yaml', text }], { images: { web: image } }).value ?? [];
  expect.assert(declared);
  return { declared, text };
}

test('the image goes where the Score file left it open, and all else is as if the file had been read again', () => {
  const { value } = changeImages([readWeb('shop/web:1')], { web: 'shop/web:2' });
  expect(value).toEqual([readWeb('shop/web:2')]);
});

test('a container can be named, whatever its file says', () => {
  const { value } = changeImages([readWeb('shop/web:1')], { 'web/proxy': 'nginx:1.30' });
  expect(value?.[0]?.declared.containers['proxy']?.image).toBe('nginx:1.30');
  expect(value?.[0]?.declared.containers['main']?.image).toBe('shop/web:1');
});

test('an image for a workload that is not there is an error that names those that are', () => {
  const { value, diagnostics } = changeImages([readWeb('shop/web:1')], { wbe: 'shop/web:2' });
  expect(value).toBeUndefined();
  expect(diagnostics.map((each) => each.code)).toEqual(['T1203']);
  expect(diagnostics[0]?.detail).toContain('"web"');
});

test('workloads without an image of their own are left out', () => {
  expect(changeImages([readWeb('shop/web:1')], {}).value).toEqual([]);
});
