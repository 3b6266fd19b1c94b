/** Values of secrets by their API path. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

const LITERAL = /^\{\{ "(\{+)" \}\}/;
const VALUE =
  /^\{\{ with secret "([^"]+)" \}\}\{\{ index \.Data\.data "([^"]+)"( \| replaceAll "'" "'\\\\''")? \}\}\{\{ end \}\}/;
const ALL =
  /^\{\{ with secret "([^"]+)" \}\}\{\{ range \$key, \$value := \.Data\.data \}\}\{\{ if \$key \| regexMatch "([^"]+)" \}\}\{\{ \$key \}\}='\{\{ \$value \| replaceAll "'" "'\\\\''" \}\}'\n\{\{ end \}\}\{\{ end \}\}\{\{ end \}\}/;

/**
 * Renders as much of Consul Template's language as the library writes. As in Go, an action begins at the
 * leftmost `{{`, whatever stands before or behind it; an action that is not known here is an error.
 */
export function render(template: string, secrets: Secrets): string {
  const quoted = (value: string) => value.replaceAll("'", "'\\''");
  let text = '';
  let rest = template;
  for (let start = rest.indexOf('{{'); start >= 0; start = rest.indexOf('{{')) {
    text += rest.slice(0, start);
    rest = rest.slice(start);
    const literal = LITERAL.exec(rest);
    const value = VALUE.exec(rest);
    const all = ALL.exec(rest);
    if (literal) text += literal[1];
    else if (value) {
      const found = secrets[value[1] ?? '']?.[value[2] ?? ''] ?? '<no value>';
      text += value[3] ? quoted(found) : found;
    } else if (all) {
      for (const [key, found] of Object.entries(secrets[all[1] ?? ''] ?? {}).sort()) {
        if (new RegExp(all[2] ?? '').test(key)) text += `${key}='${quoted(found)}'\n`;
      }
    } else throw new Error(`no action that is known: ${rest}`);
    rest = rest.slice((literal ?? value ?? all)?.[0].length);
  }
  return text + rest;
}
