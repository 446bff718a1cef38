import type { TemplateCase } from './case.ts';

/** URLs. */
export const urlsCases: readonly TemplateCase[] = [
  {
    text: '{{ urlParse "http://admin:secret@server.com:8080/api?list=false#anchor" }}',
    gives:
      'map[fragment:anchor host:server.com:8080 hostname:server.com opaque: path:/api query:list=false scheme:http userinfo:admin:secret]',
  },
  {
    text: '{{ urlParse "https://example.com" }}',
    gives: 'map[fragment: host:example.com hostname:example.com opaque: path: query: scheme:https userinfo:]',
  },
  {
    text: '{{ urlParse "mailto:joe@x.com" }}',
    gives: 'map[fragment: host: hostname: opaque:joe@x.com path: query: scheme:mailto userinfo:]',
  },
  { text: '{{ urlParse "/a%20b?x=1" }}', gives: 'map[fragment: host: hostname: opaque: path:/a b query:x=1 scheme: userinfo:]' },
  { text: '{{ urlParse "//host/path" }}', gives: 'map[fragment: host:host hostname:host opaque: path:/path query: scheme: userinfo:]' },
  { text: '{{ (urlParse "http://[::1]:80/x").hostname }}', gives: '::1' },
  { text: '{{ (urlParse "postgres://u:p%40ss@h/db").userinfo }}', gives: 'u:p%40ss' },
  { text: '{{ urlParse "http://a b" }}', fails: '1:4 error calling urlParse: unable to parse url: invalid character in host name' },
  { text: '{{ urlParse ":x" }}', fails: '1:4 error calling urlParse: unable to parse url: missing protocol scheme' },
  { text: '{{ urlParse "a:b:c/d" }}', gives: 'map[fragment: host: hostname: opaque:b:c/d path: query: scheme:a userinfo:]' },
  { text: '{{ urlParse "" }}', gives: 'map[fragment: host: hostname: opaque: path: query: scheme: userinfo:]' },
  {
    text: '{{ urlParse "1:x/y" }}',
    fails: '1:4 error calling urlParse: unable to parse url: first path segment in URL cannot contain colon',
  },
  {
    text: '{{ urlJoin (dict "scheme" "http" "host" "h:80" "path" "/p a" "query" "q=1" "fragment" "f x" "userinfo" "u:p") }}',
    gives: 'http://u:p@h:80/p%20a?q=1#f%20x',
  },
  { text: '{{ urlJoin (dict "host" "h" "path" "p") }}', gives: '//h/p' },
  { text: '{{ urlJoin (dict "scheme" "mailto" "opaque" "a@b") }}', gives: 'mailto:a@b' },
  { text: '{{ urlJoin (dict "path" "/a?b!c") }}', gives: '/a%3Fb%21c' },
  { text: '{{ urlJoin (dict) }}', gives: '' },
  { text: '{{ urlJoin (dict "scheme" "file" "path" "/x") }}', gives: 'file:///x' },
  {
    text: '{{ urlJoin (dict "host" 1) }}',
    fails: '1:4 error calling urlJoin: unable to parse host key, must be of type string, but int found',
  },
  { text: '{{ urlParse "https://h/p?q#f" | urlJoin }}', gives: 'https://h/p?q#f' },
  { text: '{{ urlParse "http://u:p%3Aq@h" | urlJoin }}', gives: 'http://u:p%3Aq@h' },
];
