import { Token } from 'cdktf';

/**
 * Text that Terraform must take as it is: `${` and `%{` would begin an expression there. Text that holds a
 * cdktf token is left alone, since the token is such an expression.
 */
export function literalText(text: string): string {
  return Token.isUnresolved(text) ? text : escapeTemplates(text);
}

/** A literal string inside a Terraform expression: quoted, with template sequences escaped. */
export function hclString(text: string): string {
  const quoted = JSON.stringify(text).replace(/\\(.)/g, (sequence, kind) => UNKNOWN_TO_HCL[kind] ?? sequence);
  return escapeTemplates(quoted);
}

/** Escapes of JSON that Terraform's strings do not have. */
const UNKNOWN_TO_HCL: Readonly<Record<string, string>> = { b: '\\u0008', f: '\\u000c' };

function escapeTemplates(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}
