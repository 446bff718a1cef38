import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Uid } from '../model/uid.ts';
import type { Health, TargetRequest } from './target.ts';

/** What a target that runs things can tell of them, and do to them, besides deploying. */
export interface TargetRuntime {
  /** What runs of each node, sorted by node and name. */
  list(request: RuntimeRequest): Promise<Outcome<readonly Instance[]>>;
  /** What was said of the objects of each node and of what runs of them, the oldest first. */
  events(request: RuntimeRequest): Promise<Outcome<readonly RuntimeEvent[]>>;
  /** Gives a sign whenever something may have changed; ends when the request's signal is aborted. */
  changes(request: RuntimeRequest): Promise<Outcome<AsyncIterable<'changed'>>>;
  /** What the containers of a node have written, and write; ends when there is no more to come, or when the request's signal is aborted. */
  logs(request: RuntimeRequest, query: LogQuery): Promise<Outcome<AsyncIterable<LogLine>>>;
  /** Replaces everything that runs of a node by the same, without a gap; gives the names of what is replaced. */
  restart(request: RuntimeRequest, node: Uid): Promise<Outcome<readonly string[]>>;
  /** Runs the job of a node once, now; gives the name of that run. */
  run(request: RuntimeRequest, node: Uid): Promise<Outcome<string>>;
}

export type RuntimeRequest = Omit<TargetRequest, 'deployment'>;

/** One copy of a workload or of a resource that runs: a pod. */
export interface Instance {
  readonly node: Uid;
  readonly name: string;
  readonly health: Health;
  /** A sentence for people. */
  readonly message: string;
  /** Where it runs, where that is known. */
  readonly host?: string;
  /** ISO 8601. */
  readonly startedAt?: string;
  readonly containers: readonly InstanceContainer[];
}

export interface InstanceContainer {
  readonly name: string;
  readonly image: string;
  readonly state: 'waiting' | 'running' | 'ended';
  readonly isReady: boolean;
  readonly restarts: number;
  /** Why it waits or has ended, in a word. */
  readonly reason?: string;
  readonly exitCode?: number;
}

export interface RuntimeEvent {
  readonly node: Uid;
  /** `Deployment shop/web`. */
  readonly object: string;
  readonly isWarning: boolean;
  /** In a word. */
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** When it was said last, ISO 8601. */
  readonly at: string;
}

export interface LogQuery {
  readonly node: Uid;
  /** Only that instance; absent: all of them. */
  readonly instance?: string;
  /** Only that run of a job, by the name that `run` gave. Following it ends when the run does. */
  readonly run?: string;
  /** Absent: all of them. */
  readonly container?: string;
  /** What the run before the last restart wrote. */
  readonly isPrevious: boolean;
  /** Goes on with what is written from now on, also by instances that are yet to come. */
  readonly isFollowed: boolean;
  /** The last so many lines of each container. */
  readonly lines?: number;
  readonly sinceSeconds?: number;
}

export interface LogLine {
  readonly instance: string;
  readonly container: string;
  /** ISO 8601, as the target noted it. */
  readonly at?: string;
  readonly text: string;
}
