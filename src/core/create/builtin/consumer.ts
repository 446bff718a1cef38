/** Locals of what is made for one workload: all that need it, and the one that it is made for, the first by name. */
export const consumerLocals = {
  consumers: '${select.consumers("workload")}',
  consumer: "${size(locals.consumers) > 0 ? locals.consumers[0] : {'name': '', 'profile': '', 'ports': {}}}",
} as const;

/** An expression, without its marks: what stands against a need that no workload has. */
export function problemsOfConsumer(what: string): string {
  return `(size(locals.consumers) > 0 ? [] : ['No workload needs it: ${what} belongs among the resources of a Score file.'])`;
}

/** An expression, without its marks: what is to be said of one that several workloads share. */
export function noticesOfConsumer(what: string): string {
  const names = "locals.consumers.map(each, each.name).join(', ')";
  return `(size(locals.consumers) < 2 ? [] : ['Several workloads need it (' + ${names} + '): ${what} ' + locals.consumer.name + ' alone. Without an id each has one of its own.'])`;
}
