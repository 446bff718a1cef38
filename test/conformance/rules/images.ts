import { expect } from 'vitest';
import { more, same, type Chapter } from '../rule.ts';
import { readOne, runTutti, withContainers } from '../support.ts';

const open = withContainers('{main: {image: .}, side: {image: .}, fixed: {image: x}}');

function imagesOf(text: string, images: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { containers } = readOne(text, {}, { images });
  return Object.fromEntries(Object.entries(containers).map(([name, { image }]) => [name, image]));
}

function validate(text: string, ...images: readonly string[]) {
  const options = images.flatMap((image) => ['--image', image]);
  return runTutti({ 'score.yaml': text }, 'validate', 'score.yaml', ...options);
}

export const chapter: Chapter = {
  name: 'images',
  title: 'Images',
  source: 'score-compose 0.45 and score-k8s 0.15: `--image`.',
  rules: [
    same('`--image REF` is for every container with the image `.`.', async () => {
      expect(imagesOf(open, { '*': 'a:1' })).toEqual({ main: 'a:1', side: 'a:1', fixed: 'x' });
      expect((await validate(open, 'a:1')).exitCode).toBe(0);
    }),
    same('Without `--image` a container with the image `.` is an error.', async () => {
      expect((await validate(open)).codes).toEqual(['T1202', 'T1202']);
    }),
    same('`--image REF` with several Score files is an error.', async () => {
      const files = { 'a.yaml': open, 'b.yaml': open.replace('web', 'api') };
      expect((await runTutti(files, 'validate', 'a.yaml', 'b.yaml', '--image', 'x:1')).errors).toContain('T1207');
    }),
    more('`--image REF` where no container has the image `.` changes nothing.', 'It warns.', async () => {
      const { exitCode, codes } = await validate(withContainers('{main: {image: x}}'), 'a:1');
      expect([exitCode, codes]).toEqual([0, ['T1206']]);
    }),
    more(
      'One image is given for all.',
      '`--image WORKLOAD=REF` and `--image WORKLOAD/CONTAINER=REF` name what is meant; the more exact one wins.',
      async () => {
        const images = { '*': 'a', web: 'b', 'web/side': 'c' };
        expect(imagesOf(open, images)).toEqual({ main: 'b', side: 'c', fixed: 'x' });
        expect((await validate(open, 'web=b', 'web/side=c', 'web/fixed=d')).exitCode).toBe(0);
        expect((await validate(open, 'wbe=b', 'web=b')).errors).toEqual(['T1203']);
      },
    ),
    same('Overrides come first: an image that they set to `.` is open.', () => {
      const overridden = readOne(
        withContainers('{main: {image: x}}'),
        { overrides: { properties: ['containers.main.image=.'] } },
        { images: { '*': 'a' } },
      );
      expect(overridden.containers['main']?.image).toBe('a');
    }),
  ],
};
