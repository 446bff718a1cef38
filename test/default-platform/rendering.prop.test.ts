import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findPlainSecrets } from './plain-secrets.ts';
import { everyType, formats, needOf, renderWithDefaults, withoutNotices, writeScore } from './support.ts';

const types = Object.keys(everyType);

/** Workloads with needs, any of them several times. */
const workloads = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('web', 'api', 'a1', 'a-name-that-is-as-long-as-names-of-workloads-ever-should-be'),
    needs: fc.array(fc.constantFrom(...types), { maxLength: 6 }),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
);

it.each(formats)('whatever is needed together is met in %s, without a collision and without a secret in plain', async (format) => {
  await fc.assert(
    fc.asyncProperty(workloads, async (list) => {
      const sources = list.map(({ name, needs }) =>
        writeScore(Object.fromEntries(needs.map((type, index) => [`need-${index}`, needOf(type)])), name),
      );
      const rendering = await renderWithDefaults(format, sources);
      expect(withoutNotices(rendering.problems)).toEqual([]);
      expect((await findPlainSecrets(rendering)).shown).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
