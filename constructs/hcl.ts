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
  return escapeTemplates(JSON.stringify(text));
}

function escapeTemplates(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}
