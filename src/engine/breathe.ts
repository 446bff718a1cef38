/** Lets timers and sockets have their turn in the middle of long work: who is late with a heartbeat loses the lease. */
export function breathe(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done);
  });
}

/** Some milliseconds. */
const nodesAtATime = 100;

/** The same, at the first and at every hundredth node. */
export async function breatheAt(index: number): Promise<void> {
  if (index % nodesAtATime === 0) await breathe();
}
