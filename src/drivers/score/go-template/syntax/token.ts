export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'comma'
  | 'string'
  | 'rawString'
  | 'character'
  | 'number'
  | 'boolean'
  | 'nil'
  | 'dot'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'leftParen'
  | 'rightParen'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the template. */
  readonly text: string;
  /** Where, in UTF-16 units from the beginning. */
  readonly at: number;
}

export const keywords: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
]);
