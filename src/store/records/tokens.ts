import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { diagnose, fail, succeed, type Actor, type Outcome, type TokenStore } from '../../core/index.ts';
import { writeAudit, type RecordContext } from './context.ts';

const tokenBytes = 32;
const prefix = 'tutti_';

export function createTokenStore(context: RecordContext): TokenStore {
  return {
    verify: (token) => verifyToken(context, token),
    create: (input, actor) => createToken(context, input.name, actor),
  };
}

async function createToken({ database }: RecordContext, name: string, actor: Actor): Promise<{ readonly token: string }> {
  const token = `${prefix}${randomBytes(tokenBytes).toString('base64url')}`;
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('tokens')
      .values({ hash: hashToken(token), name, created_by: actor.name })
      .execute();
    await writeAudit(transaction, { actor, action: 'token.create', subject: name });
  });
  return { token };
}

async function verifyToken({ database }: RecordContext, token: string): Promise<Outcome<Actor>> {
  const hash = hashToken(token);
  const row = await database.selectFrom('tokens').select(['hash', 'name']).where('hash', '=', hash).executeTakeFirst();
  if (row && timingSafeEqual(row.hash, hash)) return succeed({ name: row.name });
  return fail(diagnose('T7208', { detail: 'No token of this installation is like the one that was sent.' }));
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
