export { runCli } from './run.ts';
export type { CliHost, Connection, ConnectRequest, Question, ServeOptions, Terminal } from './host.ts';
