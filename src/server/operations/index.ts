export { access, authorise, roles, type Caller, type Role } from '../access.ts';
export type { FileServices, RecordServices, Services } from '../services.ts';
export { answerRequest, type ApiRequest } from '../transport/answer-request.ts';
export { createInProcessFetch, type InProcessFetch, type InProcessInit, type InProcessResponse } from '../transport/in-process.ts';
export type { ApiResponse } from '../transport/response.ts';
