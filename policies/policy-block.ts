import { type AnyCapability, capabilitySet, NONE } from './capability';
import { type Conditions, UNCONDITIONAL } from './conditions';
import { controlGroupOf } from './control-group';
import type { Dialect } from './dialect';
import type { HclEntry, HclObject } from './hcl-document';
import { didYouMean } from './nearest-name';
import { eachInOneLine } from './one-line';
import { PathPattern } from './path-pattern';
import type { PolicyRule } from './policy';
import { countOf, durationOf, parametersOf, textOf, textsOf, timeOf } from './policy-attributes';
import { type Place, PolicyTextError } from './policy-text-error';

/** Words of `policy = "..."`, from before there were capabilities. */
const OLD_WORDS: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/** Which names are kept in a listing: Go's template language, of which only these two values are read here. */
const LIST_FILTER = /^(?:[^{}]|\{\{ ?\.(?:key|path) ?\}\})*$/;

/** A `path` block, wherever it stands. */
export interface PathBlock {
  readonly path: string;
  /** Of the whole block. */
  readonly place: Place;
  readonly pathPlace: Place;
  readonly value: HclObject;
  /** Of the lines above, line by line. */
  readonly comment?: string;
}

/** @throws PolicyTextError on what the dialect refuses, and on what is not read here */
export function readBlock(
  block: PathBlock,
  policy: string,
  file: string | undefined,
  dialect: Dialect,
): PolicyRule {
  const attributes = attributesOf(block.value, dialect);
  const words = capabilityWords(attributes, dialect);
  const denies = words.includes('deny');
  const conditions = conditionsOf(attributes, words);
  const expiration = attributes.get('expiration');
  const comment = attributes.get('comment');
  const said = block.comment ?? (comment && eachInOneLine(textOf(comment)));
  return {
    pattern: patternOf(block),
    capabilities: denies ? NONE : capabilitySet(words as readonly AnyCapability[]),
    denies,
    conditions: denies ? UNCONDITIONAL : conditions,
    expiration: expiration && timeOf(expiration),
    origin: { policy, file, line: block.place.line, comment: said || undefined },
  };
}

type Attributes = ReadonlyMap<string, HclEntry>;

function attributesOf({ entries }: HclObject, dialect: Dialect): Attributes {
  const attributes = new Map<string, HclEntry>();
  for (const entry of entries) {
    const { key, labels, place } = entry;
    if (!dialect.attributes.includes(key)) {
      const remedy = didYouMean(key, dialect.attributes, 'take it away');
      throw new PolicyTextError(
        place,
        `a path must have attributes that ${dialect.title} knows, got '${key}'; ${remedy}`,
      );
    }
    if (attributes.has(key)) {
      throw new PolicyTextError(place, `'${key}' must stand once in a path, got it again; put both together`);
    }
    if (labels.length > 0) {
      throw new PolicyTextError(place, `'${key}' must have no name, got '${labels[0]?.text}'; take it away`);
    }
    attributes.set(key, entry);
  }
  return attributes;
}

/** Of both spellings together, as Vault adds them up. */
function capabilityWords(attributes: Attributes, dialect: Dialect): readonly string[] {
  const capabilities = attributes.get('capabilities');
  const words = capabilities ? textsOf(capabilities) : [];
  const known = ['deny', ...dialect.capabilities];
  const unknown = words.find((word) => !known.includes(word));
  if (capabilities && unknown !== undefined) {
    const remedy = didYouMean(unknown.toLowerCase(), known, `write some of ${known.join(', ')}`);
    throw new PolicyTextError(
      capabilities.value.place,
      `'capabilities' must be some that ${dialect.title} knows, got '${unknown}'; ${unknown === 'write' ? "write 'create' and 'update'" : remedy}`,
    );
  }
  const old = attributes.get('policy');
  const word = old ? textOf(old) : '';
  if (old && word !== '' && !Object.hasOwn(OLD_WORDS, word)) {
    throw new PolicyTextError(
      old.value.place,
      `'policy' must be one of ${Object.keys(OLD_WORDS).join(', ')}, got '${word}'; better write 'capabilities'`,
    );
  }
  return [...words, ...(OLD_WORDS[word] ?? [])];
}

function conditionsOf(attributes: Attributes, words: readonly string[]): Conditions {
  const read = <T>(key: string, reader: (entry: HclEntry) => T): T | undefined => {
    const entry = attributes.get(key);
    return entry && reader(entry);
  };
  const conditions: Conditions = {
    minWrappingTtl: read('min_wrapping_ttl', durationOf) ?? 0,
    maxWrappingTtl: read('max_wrapping_ttl', durationOf) ?? 0,
    allowedParameters: read('allowed_parameters', parametersOf),
    deniedParameters: read('denied_parameters', parametersOf),
    requiredParameters: read('required_parameters', textsOf) ?? [],
    mfaMethods: read('mfa_methods', textsOf) ?? [],
    controlGroup: read('control_group', (entry) => controlGroupOf(entry, words)),
    paginationLimit: read('pagination_limit', countOf) ?? 0,
    listFilter: read('list_scan_response_keys_filter_path', (entry) => listFilterOf(entry, words)),
    eventTypes: read('subscribe_event_types', textsOf) ?? [],
  };
  const { minWrappingTtl: min, maxWrappingTtl: max } = conditions;
  const limit = attributes.get('max_wrapping_ttl');
  if (limit && max > 0 && max < min) {
    throw new PolicyTextError(
      limit.value.place,
      `'max_wrapping_ttl' must not be less than 'min_wrapping_ttl', got ${max} s and ${min} s; make it longer`,
    );
  }
  return conditions;
}

function listFilterOf(entry: HclEntry, words: readonly string[]): string | undefined {
  const filter = textOf(entry);
  if (filter === '') return undefined;
  if (!words.includes('list')) {
    throw new PolicyTextError(
      entry.place,
      `'${entry.key}' must stand where 'list' is allowed, got no 'list'; add it, or leave the filter out`,
    );
  }
  if (!LIST_FILTER.test(filter) || !/\{\{ ?\.key ?\}\}/.test(filter)) {
    throw new PolicyTextError(
      entry.value.place,
      `'${entry.key}' must be a path with '{{ .key }}', and '{{ .path }}' where needed, got '${filter}'; other templates are not read here`,
    );
  }
  return filter;
}

function patternOf({ path, pathPlace: place }: PathBlock): PathPattern {
  const [before = '', ...templates] = path.split('{{');
  const isBalanced = !before.includes('}}') && templates.every((one) => one.split('}}').length === 2);
  if (!isBalanced) {
    throw new PolicyTextError(
      place,
      `'path' must close each '{{' with one '}}', got '${path}'; write it as '{{identity.entity.name}}'`,
    );
  }
  try {
    return PathPattern.of(path);
  } catch (error) {
    throw new PolicyTextError(place, (error as Error).message);
  }
}
