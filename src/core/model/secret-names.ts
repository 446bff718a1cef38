/** Says whether what stands under a key is meant to be secret: passwords, keys and tokens are, their names and ids are not. */
export function isSecretName(key: string): boolean {
  return secretName.test(key) && !nameOfSecret.test(key);
}

const secretName =
  /pass(?:word|wd|phrase|code)|(?:^|[_.-])pass(?:$|[_.-])|secret|token|credential|(?:private|api|access|account|encryption|signing|master|shared)[_.-]?key/i;

const nameOfSecret = /(?:name|ref|reference|id|path|file|length|type|policy|class)$/i;
