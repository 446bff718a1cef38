/** One server-sent event as it came. */
export interface WireEvent {
  readonly type: string;
  readonly data: string;
  readonly id?: string;
}

const bufferLengthMax = 16_777_216;

/**
 * Reads server-sent events from bytes.
 * Rule: an event ends at an empty line; one that is not ended is dropped; comments are skipped. Lines end with `\n` or `\r\n`, as our server writes them.
 * Source: HTML Standard §9.2.6.
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncIterable<WireEvent> {
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const chunk of body) {
    buffer += decoder.decode(chunk, { stream: true }).replaceAll('\r', '');
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop() ?? '';
    if (buffer.length > bufferLengthMax) return;
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

function parseEvent(block: string): WireEvent | undefined {
  const data: string[] = [];
  let type = 'message';
  let id: string | undefined;
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(event|data|id): ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data.push(value);
    if (field === 'event') type = value;
    if (field === 'id') id = value;
  }
  if (data.length === 0) return undefined;
  return { type, data: data.join('\n'), ...(id !== undefined && { id }) };
}
