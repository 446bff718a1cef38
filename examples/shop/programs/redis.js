import { connect } from 'node:net';

const { REDIS_HOST: host, REDIS_PASSWORD: password } = process.env;
const port = 6379;
/** Longer than any command here blocks. */
const timeoutMs = 10_000;

/** Sends a command to Redis and says what it answers. A connection for each: nothing to keep alive, nothing to repair. */
export function callRedis(...command) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let text = '';
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('Redis does not answer.')));
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(encode(['AUTH', password]) + encode(command)));
    socket.on('data', (part) => {
      text += part;
      const signedIn = readReply(text);
      const answer = signedIn && readReply(signedIn.rest);
      if (answer === undefined) return;
      socket.end();
      const error = signedIn.error ?? answer.error;
      if (error === undefined) resolve(answer.value);
      else reject(new Error(`Redis: ${error}`));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('Redis closed the connection.')));
  });
}

function encode(words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`).join('')}`;
}

/** Reads one reply: its value or error, and the text behind it. Nothing while it is not complete; of lists this knows none. */
function readReply(text) {
  const end = text.indexOf('\r\n');
  if (end === -1) return undefined;
  const [kind, line, rest] = [text[0], text.slice(1, end), text.slice(end + 2)];
  if (kind === '-') return { error: line, rest };
  if (kind === ':') return { value: Number(line), rest };
  if (line === '-1') return { value: null, rest };
  return kind === '$' ? readBulk(Buffer.from(rest), Number(line)) : { value: line, rest };
}

function readBulk(bytes, length) {
  if (bytes.length < length + 2) return undefined;
  return { value: bytes.subarray(0, length).toString(), rest: bytes.subarray(length + 2).toString() };
}
