import { decodeBytes, encodeText } from '../values/bytes.ts';

/** The parts of a URL, decoded but for the query and what stands before the `@`. */
export interface UrlParts {
  readonly scheme: string;
  readonly opaque: string;
  readonly userinfo: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export type UrlOutcome = { readonly value: UrlParts } | { readonly problem: string };

const schemeForm = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** Takes a URL apart, as Go does. */
export function parseUrl(text: string): UrlOutcome {
  if (/\p{Cc}/u.test(text)) return { problem: 'invalid control character in URL' };
  const hash = text.indexOf('#');
  const rest = hash < 0 ? text : text.slice(0, hash);
  const fragment = hash < 0 ? '' : unescapePart(text.slice(hash + 1));
  if (fragment === undefined) return { problem: 'invalid URL escape in the fragment' };
  if (rest.startsWith(':')) return { problem: 'missing protocol scheme' };
  const scheme = (schemeForm.exec(rest)?.[1] ?? '').toLowerCase();
  const behind = scheme === '' ? rest : rest.slice(scheme.length + 1);
  const mark = behind.indexOf('?');
  const [body, query] = mark < 0 ? [behind, ''] : [behind.slice(0, mark), behind.slice(mark + 1)];
  return parseBody(body, { scheme, query, fragment });
}

type Known = Pick<UrlParts, 'scheme' | 'query' | 'fragment'>;

function parseBody(body: string, known: Known): UrlOutcome {
  const none = { opaque: '', userinfo: '', host: '', path: '' };
  if (!body.startsWith('/') && known.scheme !== '') return { value: { ...none, ...known, opaque: body } };
  if (/^[^/]*:/.test(body)) return { problem: 'first path segment in URL cannot contain colon' };
  const authority = findAuthority(body, known.scheme);
  const path = unescapePart(body.slice(authority.length));
  if (path === undefined) return { problem: 'invalid URL escape in the path' };
  return addAuthority(authority.slice(2), { ...none, ...known, path });
}

/** `//` and what follows up to the path. */
function findAuthority(body: string, scheme: string): string {
  if (!body.startsWith('//') || (scheme === '' && body.startsWith('///'))) return '';
  return /^\/\/[^/]*/.exec(body)?.[0] ?? '';
}

const hostForm = /^(?:\[[^\]]*\]|[^:[\]]*)(?::[0-9]*)?$/;
const userForm = /^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/;

function addAuthority(authority: string, parts: UrlParts): UrlOutcome {
  const at = authority.lastIndexOf('@');
  const userinfo = at < 0 ? '' : authority.slice(0, at);
  if (!userForm.test(userinfo) || unescapePart(userinfo) === undefined) return { problem: 'net/url: invalid userinfo' };
  const host = unescapePart(authority.slice(at + 1));
  if (host === undefined || /[ <>"\\^`{|}]/.test(host)) return { problem: 'invalid character in host name' };
  if (!hostForm.test(host)) return { problem: 'invalid port after host' };
  return { value: { ...parts, host, userinfo: escapeUser(userinfo) } };
}

/** Name and password, escaped in the one way that Go prints them. */
function escapeUser(userinfo: string): string {
  const colon = userinfo.indexOf(':');
  const pieces = colon < 0 ? [userinfo] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  return pieces.map((piece) => escapePart(unescapePart(piece) ?? '', /[A-Za-z0-9._~$&+,;=-]/)).join(':');
}

/** The host without its port. */
export function hostnameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host)?.[1];
  return bracketed ?? host.replace(/:[0-9]*$/, '');
}

function unescapePart(text: string): string | undefined {
  if (!text.includes('%')) return text;
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const bytes: number[] = [];
  for (const piece of text.match(/%[0-9a-fA-F]{2}|[^%]+/g) ?? []) {
    if (piece.startsWith('%')) bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of encodeText(piece)) bytes.push(byte);
  }
  return decodeBytes(Uint8Array.from(bytes));
}

/** Puts a URL together of its parts, as Go does. */
export function printUrl({ scheme, opaque, userinfo, host, path, query, fragment }: UrlParts): string {
  const start = scheme === '' ? '' : `${scheme}:`;
  const end = `${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${escapePart(fragment, /[A-Za-z0-9._~$&+,/:;=?@!()*-]/)}`}`;
  if (opaque !== '') return start + opaque + end;
  const hasAuthority = (scheme !== '' || host !== '' || userinfo !== '') && (host !== '' || path !== '' || userinfo !== '');
  const user = userinfo === '' ? '' : `${userinfo}@`;
  const authority = hasAuthority ? `//${user}${escapePart(host, /[A-Za-z0-9._~!$&'()*+,;=:[\]<>"-]/)}` : '';
  return start + authority + joinPath(path, { scheme, host, authority }) + end;
}

function joinPath(
  path: string,
  { scheme, host, authority }: { readonly scheme: string; readonly host: string; readonly authority: string },
): string {
  const escaped = path === '*' ? path : escapePart(path, /[A-Za-z0-9._~$&+,/:;=@-]/);
  if (escaped !== '' && !escaped.startsWith('/') && host !== '') return `/${escaped}`;
  // A colon in the first segment would make it a scheme.
  const isAmbiguous = scheme === '' && authority === '' && /^[^/]*:/.test(escaped);
  return isAmbiguous ? `./${escaped}` : escaped;
}

function escapePart(text: string, kept: RegExp): string {
  return Array.from(encodeText(text), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && kept.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
