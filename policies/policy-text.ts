import type { Dialect } from './dialect';
import { type HclEntry, type HclObject, readHcl, readJson } from './hcl-document';
import { brokenJsonPlace } from './json-text';
import { didYouMean } from './nearest-name';
import { codePoint } from './one-line';
import type { Policy } from './policy';
import { type PathBlock, readBlock } from './policy-block';
import { PolicyTextError } from './policy-text-error';

export { loadPolicyParser } from './hcl-syntax';
export { PolicyTextError } from './policy-text-error';

export interface PolicyTextOptions {
  readonly dialect: Dialect;
  /** For errors and for the origin of rules. @default none: errors name the policy */
  readonly file?: string;
}

/**
 * Reads a policy as Vault does, from HCL or JSON. Needs {@link loadPolicyParser} to have ended.
 *
 * What Vault refuses is refused. Refused is also some of what Vault accepts, since it means something else than it looks
 * like or has a spelling of its own: attributes and parameters that stand twice (Vault takes some of both), numbers as
 * `010` and `0x8`, lists in lists, indented texts of several lines, keys in quotes outside of objects, commas between
 * attributes, two names of one path, strings with `${` or `%{`, escapes but `\n \r \t \" \\ \u \U`, negative durations,
 * templates of listings but `{{ .key }}` and `{{ .path }}`, and JSON of which Vault leaves something out. Nothing is read
 * with another meaning than Vault's.
 *
 * @throws PolicyTextError with the place, as `mail.hcl:3:5: ...`
 */
export function parsePolicy(name: string, text: string, { dialect, file }: PolicyTextOptions): Policy {
  const label = file ?? `policy '${name}'`;
  // As Vault does; a line has as many characters as before.
  const lines = text.replaceAll('\r\n', '\n');
  refuseCharacters(lines, label);
  const blocks = lines.trimStart().startsWith('{') ? jsonBlocks(lines, label) : hclBlocks(lines, label);
  return { name, rules: blocks.map((block) => readBlock(block, name, file, dialect)) };
}

function refuseCharacters(text: string, file: string): void {
  const start = { file, line: 1, column: 1 };
  // Vault's API takes such a text for base64, and stores what it decodes to.
  if (/^[A-Za-z0-9+/=\n]*$/.test(text)) {
    throw new PolicyTextError(
      start,
      'a policy must have \'path\' blocks, got none; write path "apps/data/mail" { capabilities = ["read"] }',
    );
  }
  const found = /[\0\r\uE123]|\p{Surrogate}/u.exec(text);
  if (!found) return;
  const before = text.slice(0, found.index).split('\n');
  const place = { file, line: before.length, column: (before.at(-1) as string).length + 1 };
  throw new PolicyTextError(
    place,
    `a policy must be plain text, got the character ${codePoint(found[0])}; take it away`,
  );
}

function hclBlocks(text: string, file: string): readonly PathBlock[] {
  return topLevel(readHcl(text, file)).map(({ labels, place, value, comment }) => {
    const [path, ...others] = labels;
    if (value.kind !== 'object' || path === undefined || others.length > 0) {
      throw new PolicyTextError(
        place,
        `'path' must be a block with one path, got ${path === undefined ? 'none' : 'more'}; write it as path "apps/data/mail" { ... }`,
      );
    }
    return { path: path.text, place, pathPlace: path.place, value, comment };
  });
}

/** `path` and `name`, as Vault knows no other key; the name counts for nothing. */
function topLevel(entries: readonly HclEntry[]): readonly HclEntry[] {
  let isNamed = false;
  return entries.filter(({ key, place, labels, value }) => {
    if (key === 'path') return true;
    if (key !== 'name') {
      throw new PolicyTextError(
        place,
        `a policy must consist of 'path' blocks, got '${key}'; ${didYouMean(key, ['name', 'path'], 'take it away')}`,
      );
    }
    if (value.kind !== 'string' || labels.length > 0 || isNamed) {
      throw new PolicyTextError(
        place,
        "'name' must be one string, got something else; take it away, Vault passes it by",
      );
    }
    isNamed = true;
    return false;
  });
}

function jsonBlocks(text: string, file: string): readonly PathBlock[] {
  refuseBrokenJson(text, file);
  const entries = readJson(text, file);
  refuseTwice(entries);
  return topLevel(entries).flatMap(({ key, value }) => {
    const objects = value.kind === 'list' && value.items.length > 0 ? value.items : [value];
    return objects.flatMap((one) => jsonPaths(requireObject(one, key)));
  });
}

function jsonPaths({ place, entries }: HclObject): readonly PathBlock[] {
  if (entries.length === 0) {
    throw new PolicyTextError(place, "'path' must hold paths, got none; leave it out");
  }
  refuseTwice(entries);
  return entries.map(({ key, place: at, value }) => {
    const block = requireObject(value, key);
    refuseTwice(block.entries);
    // Of a block that holds objects only, Vault takes these for the block.
    if (block.entries.length > 0 && block.entries.every((one) => one.value.kind === 'object')) {
      throw new PolicyTextError(at, `path '${key}' must have 'capabilities', got none; write [] for none`);
    }
    // How Vault takes it from JSON was not seen.
    const group = block.entries.find((one) => one.key === 'control_group');
    if (group) {
      throw new PolicyTextError(
        group.place,
        "'control_group' must stand in a policy in HCL, got JSON; write it as HCL",
      );
    }
    return { path: key, place: at, pathPlace: at, value: block };
  });
}

function requireObject(value: HclEntry['value'], key: string): HclObject {
  if (value.kind === 'object') return value;
  throw new PolicyTextError(
    value.place,
    `'${key}' must be an object, got something else; write it as "${key}": { ... }`,
  );
}

function refuseTwice(entries: readonly HclEntry[]): void {
  const seen = new Set<string>();
  for (const { key, place } of entries) {
    if (seen.has(key))
      throw new PolicyTextError(place, `'${key}' must stand once, got it again; put both together`);
    seen.add(key);
  }
}

/** The grammar alone would take some of HCL for JSON. */
function refuseBrokenJson(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch {
    const { line, column, isCutOff } = brokenJsonPlace(text);
    const got = isCutOff ? 'its end too early' : 'what is none';
    throw new PolicyTextError(
      { file, line, column },
      `a policy that begins with '{' must be JSON, got ${got}; mend it there, or write HCL`,
    );
  }
}
