import { Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import type { Question } from '../cli/index.ts';

/** Asks at the terminal, on standard error so that standard output stays for results. `undefined` where the person gives up. */
export async function prompt(question: Question, signal: AbortSignal): Promise<string | undefined> {
  let isHidden = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!isHidden) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const answer = lines.question(`${question.message} `, { signal });
    isHidden = question.isSecret;
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    throw error;
  } finally {
    lines.close();
    if (isHidden) process.stderr.write('\n');
  }
}
