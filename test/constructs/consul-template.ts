/** Values of secrets by their API path. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

const LITERAL = /^\{\{ "(\{+)" \}\}/;
const QUOTED = ` | replaceAll "'" "'\\\\''"`;
const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  '': (value) => value,
  [QUOTED]: (value) => value.replaceAll("'", "'\\''"),
  ' | toJSON': (value) => JSON.stringify(value),
  ' | parseInt': (value) => {
    if (!/^-?\d+$/.test(value)) throw new Error(`no whole number: ${value}`);
    return value;
  },
};
const FIELD = /^\{\{ with secret "([^"]+)" \}\}\{\{ \.Data\.data\.(\w+)((?: \|[^}]*)?) \}\}\{\{ end \}\}/;
const INDEX =
  /^\{\{ with secret "([^"]+)" \}\}\{\{ with index \.Data\.data "([^"]+)" \}\}\{\{ \.((?: \|[^}]*)?) \}\}\{\{ else \}\}\{\{ sprig_fail "a key is missing" \}\}\{\{ end \}\}\{\{ end \}\}/;
const ALL =
  /^\{\{ with secret "([^"]+)" \}\}\{\{ range \$key, \$value := \.Data\.data \}\}\{\{ if and \(regexMatch "([^"]+)" \$key\) \(not \(regexMatch "([^"]+)" \$key\)\) \}\}\{\{ \$key \}\}='\{\{ \$value \| printf "%v" \| replaceAll "'" "'\\\\''" \}\}'\n\{\{ end \}\}\{\{ end \}\}\{\{ end \}\}/;

/**
 * Renders as much of Consul Template's language as the library writes. As in Go, an action begins at the
 * leftmost `{{`, whatever stands before or behind it; an action that is not known here is an error, and so is a
 * key that a secret does not have.
 */
export function render(template: string, secrets: Secrets): string {
  let text = '';
  let rest = template;
  for (let start = rest.indexOf('{{'); start >= 0; start = rest.indexOf('{{')) {
    text += rest.slice(0, start);
    rest = rest.slice(start);
    const [action, rendered] = next(rest, secrets);
    text += rendered;
    rest = rest.slice(action.length);
  }
  return text + rest;
}

function next(rest: string, secrets: Secrets): [action: string, rendered: string] {
  const literal = LITERAL.exec(rest);
  if (literal) return [literal[0], literal[1] ?? ''];
  const value = FIELD.exec(rest) ?? INDEX.exec(rest);
  if (value) {
    const [action, secret = '', key = '', filter = ''] = value;
    const found = secrets[secret]?.[key];
    const apply = FILTERS[filter];
    if (found === undefined || !apply) throw new Error(`no key ${key} or no filter ${filter}`);
    return [action, apply(found)];
  }
  const all = ALL.exec(rest);
  if (!all) throw new Error(`no action that is known: ${rest}`);
  const [action, secret = '', names = '', kept = ''] = all;
  const lines = Object.entries(secrets[secret] ?? {})
    .sort()
    .filter(([key]) => new RegExp(names).test(key) && !new RegExp(kept).test(key))
    .map(([key, found]) => `${key}='${found.replaceAll("'", "'\\''")}'\n`);
  return [action, lines.join('')];
}
