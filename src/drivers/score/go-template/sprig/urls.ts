import { failCall, mapAt, takes, textAt, type FunctionTable } from '../run/args.ts';
import { claim, type Run } from '../run/run.ts';
import { kindName } from '../values/types.ts';
import { getKey, makeMap, type GoMap, type Val } from '../values/value.ts';
import { hostnameOf, parseUrl, printUrl } from './url.ts';

/** URLs as maps of their parts. */
export const urlFunctions: FunctionTable = {
  urlParse: takes(1, (args, run) => takeApart(textAt(args, 0), run)),
  urlJoin: takes(1, (args, run) => join(mapAt(args, 0), run)),
};

function takeApart(text: string, run: Run): GoMap {
  claim(run, text.length * 3);
  const parsed = parseUrl(text);
  if ('problem' in parsed) return failCall(run, `unable to parse url: ${parsed.problem}`);
  return makeMap(Object.entries<Val>({ ...parsed.value, hostname: hostnameOf(parsed.value.host) }));
}

function join(map: GoMap, run: Run): string {
  const part = (key: string): string => readPart(map, key, run);
  const user = parseUrl(`proto://${part('userinfo')}@host`);
  if ('problem' in user) return failCall(run, `unable to parse userinfo in dict: ${user.problem}`);
  return printUrl({
    scheme: part('scheme'),
    opaque: part('opaque'),
    userinfo: user.value.userinfo,
    host: part('host'),
    path: part('path'),
    query: part('query'),
    fragment: part('fragment'),
  });
}

function readPart(map: GoMap, key: string, run: Run): string {
  const value = getKey(map, key);
  if (value === undefined) return '';
  if (typeof value !== 'string') return failCall(run, `unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
  claim(run, value.length * 3);
  return value;
}
