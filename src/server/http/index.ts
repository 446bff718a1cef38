export { createHttpServer, type HttpOptions, type HttpServer } from './http-server.ts';
