import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';

/** An unprivileged user of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who runs PostgreSQL: whoever runs tutti, or, for root, somebody else. */
export type Runner = { readonly kind: 'self' } | { readonly kind: 'account'; readonly account: Account };

/** Who a folder belongs to. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface RunnerRequest {
  readonly isRoot: boolean;
  /** What TUTTI_POSTGRES_USER says. */
  readonly user?: string | undefined;
  /** Owner of a cluster that exists. */
  readonly owner?: Owner | undefined;
}

const customaryUsers = ['postgres', 'nobody'];

/** Chooses who runs PostgreSQL: the user asked for, else the owner of the cluster, else `postgres`, else `nobody`. */
export async function chooseRunner(request: RunnerRequest): Promise<Outcome<Runner>> {
  if (!request.isRoot) return succeed({ kind: 'self' });
  if (request.user !== undefined) return runAs(await findAccount(request.user), `The user "${request.user}" of TUTTI_POSTGRES_USER`);
  if (request.owner && request.owner.uid !== 0) {
    return succeed({ kind: 'account', account: { name: `user ${request.owner.uid}`, ...request.owner } });
  }
  for (const name of customaryUsers) {
    const account = await findAccount(name);
    if (account) return runAs(account, name);
  }
  return runAs(undefined, 'Neither a user "postgres" nor a user "nobody" exists: it');
}

function runAs(account: Account | undefined, subject: string): Outcome<Runner> {
  if (account && account.uid !== 0) return succeed({ kind: 'account', account });
  const why = account ? 'is root itself' : 'does not exist';
  return fail(
    diagnose('T7003', {
      detail: `tutti runs as root, and PostgreSQL refuses to. ${subject} ${why}. Run tutti as another user, set TUTTI_POSTGRES_USER to an existing one, or set DATABASE_URL.`,
    }),
  );
}

async function findAccount(name: string): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return findInPasswd(passwd, name) ?? askSystem(name);
}

/** Finds a user in the text of a passwd file. */
export function findInPasswd(passwd: string, name: string): Account | undefined {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((each) => each[0] === name);
  return fields && makeAccount(name, fields[2], fields[3]);
}

/** Users of a directory service are not in the passwd file. */
async function askSystem(name: string): Promise<Account | undefined> {
  if (!/^[\w.][\w.-]*$/.test(name)) return undefined;
  const ask = (flag: string) => promisify(execFile)('id', [flag, name]).then((result) => result.stdout.trim());
  try {
    return makeAccount(name, await ask('-u'), await ask('-g'));
  } catch {
    return undefined;
  }
}

function makeAccount(name: string, uid: string | undefined, gid: string | undefined): Account | undefined {
  const isNumber = /^\d+$/;
  if (uid === undefined || gid === undefined || !isNumber.test(uid) || !isNumber.test(gid)) return undefined;
  return { name, uid: Number(uid), gid: Number(gid) };
}
