import type { Connection } from './connection.ts';
import type { Send } from './request.ts';
import type { OpenLines } from './stream.ts';

/** Sends a request once more with a new token where the one that was kept is refused. */
export function renewForSend(send: Send, { readToken, forgetToken }: Connection): Send {
  if (!forgetToken) return send;
  return async (call, signal) => {
    const used = await readToken();
    const response = await send(call, signal);
    if (response.status !== 401) return response;
    forgetToken(used);
    return send(call, signal);
  };
}

/** The same of what opens streams. */
export function renewForLines(openLines: OpenLines, { readToken, forgetToken }: Connection): OpenLines {
  if (!forgetToken) return openLines;
  return async (path, options, signal) => {
    const used = await readToken();
    const opened = await openLines(path, options, signal);
    if (opened.kind !== 'refused' || opened.response.status !== 401) return opened;
    forgetToken(used);
    return openLines(path, options, signal);
  };
}
