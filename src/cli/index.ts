export { runCli } from './run.ts';
export type { CliHost, Connection, ConnectRequest, ServeOptions, Terminal } from './host.ts';
