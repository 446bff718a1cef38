/** Names on the wire of server-sent events. Source: HTML Standard §9.2. */
export const streamType = 'text/event-stream';

/** The event that says that no further one will come; without it the connection was cut, and the client goes on from its last id. */
export const streamEnd = 'end';

/** An error after the stream has begun: its data is a problem document. */
export const streamProblem = 'problem';

/** The header by which a client says which event it saw last. */
export const lastEventHeader = 'last-event-id';
