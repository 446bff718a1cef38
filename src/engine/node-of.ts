import { makeWorkloadUid, type Subject, type Uid } from '../core/index.ts';

/** The node that a subject is, or belongs to. */
export function nodeOf(subject: Subject): Uid {
  if (subject.kind === 'workload') return makeWorkloadUid(subject.name);
  return subject.kind === 'resource' ? subject.uid : subject.node;
}
