/** A literal string inside a Terraform expression: quoted, with template sequences escaped. */
export function hclString(text: string): string {
  return JSON.stringify(text).replace(/\$\{/g, '$$${').replace(/%\{/g, '%%{');
}
