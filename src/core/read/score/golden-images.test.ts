import { expect, test } from 'vitest';
import { atTop, inContainer, show } from './test-support.ts';

const open = inContainer().replace('nginx', '.');

test('an image that nobody supplies', () => {
  expect(show(open)).toMatchInlineSnapshot(`
    "
    error[T1202] An image must be supplied
     --> score.yaml:6:12
      5 |   web:
      6 |     image: .
        |            ^
      The container "web" of "shop" has the image \`.\`. Say which one it is: --image shop=REF.
    "
  `);
});

test('an image for an unknown workload', () => {
  expect(show(open, { images: { shop: 'a', shpo: 'b' } })).toMatchInlineSnapshot(`
    "
    error[T1203] An image is supplied for nothing
      There is no workload "shpo". Did you mean "shop"? There is "shop".
    "
  `);
});

test('an image for an unknown container', () => {
  expect(show(open, { images: { shop: 'a', 'shop/wbe': 'b' } })).toMatchInlineSnapshot(`
    "
    error[T1203] An image is supplied for nothing
      There is no container "wbe" in the workload "shop". Did you mean "web"? There is "web".
    "
  `);
});

test('an image that is none', () => {
  expect(show(open, { images: { '*': 'a b' } })).toMatchInlineSnapshot(`
    "
    error[T1205] An image reference cannot be used
      "a b", supplied, is no image reference. Give one such as registry.example/web:1.2.3.
    "
  `);
});

test('an image without a name, for nothing', () => {
  expect(show(inContainer(), { images: { '*': 'a' } })).toMatchInlineSnapshot(`
    "
    warning[T1206] The supplied image is not used
      No container of "shop" has the image \`.\`. To replace the image of one: --image shop/web=a.
    "
  `);
});

test('an image without a name, for two workloads', () => {
  expect(show(`${open}---\n${open.replace('shop', 'api')}`, { images: { '*': 'a' } })).toMatchInlineSnapshot(`
    "
    error[T1202] An image must be supplied
     --> score.yaml:6:12
      5 |   web:
      6 |     image: .
        |            ^
      The container "web" of "shop" has the image \`.\`. Say which one it is: --image shop=REF.
    error[T1202] An image must be supplied
     --> score.yaml:13:12
      12 |   web:
      13 |     image: .
         |            ^
      The container "web" of "api" has the image \`.\`. Say which one it is: --image api=REF.
    error[T1207] It is not said which workload an image is for
      There are 2 workloads. Say which one is meant: --image shop=a or --image api=a.
    "
  `);
});

test('a kind of workload that there is not', () => {
  expect(show(atTop().replace('name: shop', 'name: shop\n  annotations: {k8s.score.dev/kind: Statefulset}'))).toMatchInlineSnapshot(`
    "
    error[T1213] No kind of workload
     --> score.yaml:4:37
      3 |   name: shop
      4 |   annotations: {k8s.score.dev/kind: Statefulset}
        |                                     ^^^^^^^^^^^
      "Statefulset" is no kind that a workload can have: Deployment or StatefulSet. Did you mean "StatefulSet"? For others write a profile and name it with the annotation tutti.dev/profile.
    "
  `);
});

test('a name for the Service', () => {
  expect(show(atTop().replace('name: shop', 'name: shop\n  annotations: {k8s.score.dev/service-name: www}'))).toMatchInlineSnapshot(`
    "
    warning[T1214] The name of the Service is not used
     --> score.yaml:4:45
      3 |   name: shop
      4 |   annotations: {k8s.score.dev/service-name: www}
        |                                             ^^^
      The Service has the name of its workload, "shop", so that others find it; "www" is not used.
    "
  `);
});
