import { builtins } from './builtins/builtins.ts';
import { failTemplate } from './fault.ts';
import { takesAtLeast, type FunctionEntry, type FunctionTable } from './run/args.ts';
import { conversionFunctions } from './sprig/conversion.ts';
import { dateFunctions } from './sprig/dates.ts';
import { defaultFunctions } from './sprig/defaults.ts';
import { dictFunctions } from './sprig/dicts.ts';
import { encodingFunctions } from './sprig/encoding.ts';
import { jsonFunctions } from './sprig/json.ts';
import { listFunctions } from './sprig/lists.ts';
import { mathFunctions } from './sprig/math.ts';
import { pathFunctions } from './sprig/paths.ts';
import { randomFunctions } from './sprig/random.ts';
import { reflectFunctions } from './sprig/reflect.ts';
import { regexFunctions } from './sprig/regex.ts';
import { stringFunctions } from './sprig/strings.ts';
import { textListFunctions } from './sprig/text-lists.ts';
import { urlFunctions } from './sprig/urls.ts';
import { versionFunctions } from './sprig/versions.ts';

const ofTheMachine = 'a template sees nothing of the machine that it is rendered on, so that it gives the same everywhere';
const ofKeys = 'keys, certificates and password hashes are made by provisioners of their own, and not while a template is rendered';

/** Functions of Sprig that are left out, and why. */
const withheld: Readonly<Record<string, string>> = {
  env: ofTheMachine,
  expandenv: ofTheMachine,
  getHostByName: ofTheMachine,
  bcrypt: ofKeys,
  htpasswd: ofKeys,
  derivePassword: ofKeys,
  genPrivateKey: ofKeys,
  buildCustomCert: ofKeys,
  genCA: ofKeys,
  genCAWithKey: ofKeys,
  genSelfSignedCert: ofKeys,
  genSelfSignedCertWithKey: ofKeys,
  genSignedCert: ofKeys,
  genSignedCertWithKey: ofKeys,
  encryptAES: ofKeys,
  decryptAES: ofKeys,
};

export const withheldNames: readonly string[] = Object.keys(withheld);

/** They are known, so that a template parses whose branch with one of them is never taken. */
const withheldFunctions: FunctionTable = Object.fromEntries(
  Object.entries(withheld).map(([name, reason]) => [name, takesAtLeast(0, () => failTemplate(`${name} is not available here: ${reason}`))]),
);

const tables: readonly FunctionTable[] = [
  builtins,
  withheldFunctions,
  conversionFunctions,
  dateFunctions,
  defaultFunctions,
  dictFunctions,
  encodingFunctions,
  jsonFunctions,
  listFunctions,
  mathFunctions,
  pathFunctions,
  randomFunctions,
  reflectFunctions,
  regexFunctions,
  stringFunctions,
  textListFunctions,
  urlFunctions,
  versionFunctions,
];

const functions: ReadonlyMap<string, FunctionEntry> = new Map(tables.flatMap((table) => Object.entries(table)));

/** A function of text/template or Sprig; Sprig's take the place of those of the same name. */
export function findFunction(name: string): FunctionEntry | undefined {
  return functions.get(name);
}

export function listFunctionNames(): readonly string[] {
  return [...functions.keys()];
}
