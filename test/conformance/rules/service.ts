import { expect } from 'vitest';
import { same, type Chapter } from '../rule.ts';
import { accepts, atTop, readOne, refuses } from '../support.ts';

function withPort(port: string): string {
  return atTop(`service: {ports: {web: ${port}}}`);
}

export const chapter: Chapter = {
  name: 'service',
  title: 'Service ports',
  source: 'Schema v1b1, tag 0.4.1: `service`.',
  rules: [
    same('`service` holds `ports` and nothing else; both may be empty.', () => {
      accepts(atTop('service: {}'), atTop('service: {ports: {}}'));
      refuses('T1103', atTop('service: {port: 80}'));
      refuses('T1105', atTop('service: []'));
    }),
    same('Ports are a map by name; a name is a label of 2 to 63 characters.', () => {
      accepts(atTop('service: {ports: {ab: {port: 80}, 8-0: {port: 81}}}'));
      refuses('T1107', atTop('service: {ports: {a: {port: 80}}}'), atTop('service: {ports: {Web: {port: 80}}}'));
      refuses('T1105', atTop('service: {ports: [{port: 80}]}'));
    }),
    same('`port` is required: a whole number from 1 to 65535.', () => {
      accepts(withPort('{port: 1}'), withPort('{port: 65535}'));
      refuses('T1104', withPort('{}'), withPort('{targetPort: 80}'));
      refuses('T1108', withPort('{port: 0}'), withPort('{port: 65536}'), withPort('{port: -1}'));
      refuses('T1105', withPort('{port: "80"}'), withPort('{port: 80.5}'));
    }),
    same('`targetPort` is a whole number from 1 to 65535; without it `port` is meant.', () => {
      expect(readOne(withPort('{port: 80}')).ports['web']?.targetPort).toBe(80);
      expect(readOne(withPort('{port: 80, targetPort: 8080}')).ports['web']?.targetPort).toBe(8080);
      refuses('T1108', withPort('{port: 80, targetPort: 0}'), withPort('{port: 80, targetPort: 65536}'));
    }),
    same('`protocol` is `TCP` or `UDP`, in capitals; without it `TCP` is meant.', () => {
      expect(readOne(withPort('{port: 80}')).ports['web']?.protocol).toBe('TCP');
      expect(readOne(withPort('{port: 80, protocol: UDP}')).ports['web']?.protocol).toBe('UDP');
      refuses('T1106', withPort('{port: 80, protocol: tcp}'), withPort('{port: 80, protocol: SCTP}'));
    }),
    same('A port has no further keys.', () => {
      refuses('T1103', withPort('{port: 80, name: web}'));
    }),
  ],
};
