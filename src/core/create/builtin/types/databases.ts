import type { Contract } from '../documents.ts';
import { databaseName, host, password, port, sameDatabase, secret, size, text, username } from './schemas.ts';

export const databaseTypes: readonly Contract[] = [
  {
    type: 'postgres',
    version: '1.1.0',
    description: 'A PostgreSQL database of its own.',
    stateful: true,
    params: { size },
    outputs: { host, port, name: databaseName, database: sameDatabase, username, password },
    optionalOutputs: ['database'],
  },
  {
    type: 'postgres-instance',
    version: '1.0.0',
    description: 'A PostgreSQL server of its own, as its superuser sees it.',
    stateful: true,
    params: { size },
    outputs: { host, port, username, password },
  },
  {
    type: 'mysql',
    version: '1.0.0',
    description: 'A MySQL database of its own.',
    stateful: true,
    params: { size },
    outputs: { host, port, name: databaseName, database: sameDatabase, username, password },
  },
  {
    type: 'mssql',
    version: '1.0.0',
    description: 'A Microsoft SQL Server database of its own.',
    stateful: true,
    params: { size },
    outputs: {
      server: { ...host, description: 'The name under which the server answers within the environment.' },
      port,
      connection: { ...secret, description: 'Everything that a client needs, in the form of ADO.NET.' },
      database: databaseName,
      username,
      password,
    },
  },
  {
    type: 'mongodb',
    version: '1.0.0',
    description: 'A MongoDB server of its own.',
    stateful: true,
    params: { size },
    outputs: { host, port, username, password, connection: { ...secret, description: 'Everything that a client needs, as a URL.' } },
  },
  {
    type: 'redis',
    version: '1.0.0',
    description: 'A Redis to keep what may be lost.',
    stateful: false,
    outputs: { host, port, username, password },
    optionalOutputs: ['username'],
  },
  {
    type: 'elasticsearch',
    version: '1.0.0',
    description: 'An Elasticsearch of one node, which answers by HTTP.',
    stateful: true,
    params: { size },
    outputs: { host, port, username: text, password },
  },
];
