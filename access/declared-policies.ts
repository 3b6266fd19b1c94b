import type { Dialect } from '../policies/dialect';
import type { Policy } from '../policies/policy';
import { parsePolicy } from '../policies/policy-text';
import type { BlockInstance } from '../policies/terraform-blocks';
import { parseTemplate } from '../policies/terraform-expression';
import { isTooLarge } from '../policies/terraform-size';
import { MARK, markedText, Unknown, type Value } from '../policies/terraform-value';
import type { Declarations } from './declarations';
import { endpointWrites } from './endpoint-logins';
import type { BlocksByMark } from './policy-templates';

/** Reads policies' texts, each text once, and gathers what is wrong with them. */
export class PolicyReader {
  private readonly known = new Map<string, Policy>();
  private readonly wrong: string[] = [];

  public get problems(): readonly string[] {
    return this.wrong;
  }

  /**
   * @param place what holds the text, for errors
   * @returns nothing where it cannot be read, which is then one of {@link problems}
   */
  public read(
    name: string,
    text: string,
    place: string,
    options: { dialect: Dialect; file?: string },
  ): Policy | undefined {
    try {
      return this.parsed(name, text, options);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PolicyTextError') throw error;
      this.wrong.push(`${place}${error.message}`);
      return undefined;
    }
  }

  /** Without noting what is wrong. */
  public parsed(name: string, text: string, { dialect, file }: { dialect: Dialect; file?: string }): Policy {
    const key = [dialect.name, file ?? '', text].join('\0');
    const known = this.known.get(key);
    if (known) return known.name === name ? known : renamed(known, name);
    const policy = parsePolicy(name, text, { dialect, file });
    this.known.set(key, policy);
    return policy;
  }
}

function renamed({ rules }: Policy, name: string): Policy {
  return { name, rules: rules.map((rule) => ({ ...rule, origin: { ...rule.origin, policy: name } })) };
}

interface Written {
  readonly name: string;
  readonly text: Value;
  readonly block: BlockInstance;
  /** Of the stack. */
  readonly stackFile: string;
  /** Of the text, where it has one of its own. */
  readonly file?: string;
}

export interface DeclaredPolicies {
  /** By name. One of which nothing is known has its name here, and no policy. */
  readonly byName: ReadonlyMap<string, Policy | undefined>;
  readonly blocksByMark: BlocksByMark;
  /** Of what declares them, by name. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** @param fileOf the file of the stack that a block is in */
export function declaredPolicies(
  declarations: Declarations,
  dialect: Dialect,
  reader: PolicyReader,
  fileOf: (block: BlockInstance) => string,
): DeclaredPolicies {
  const policies = new Map<string, Policy | undefined>();
  const owners = new Map<string, Written>();
  const blocksByMark = new Map<string, BlockInstance>();
  for (const written of [...resources(declarations, fileOf), ...endpoints(declarations, fileOf)]) {
    const { name, block, text } = written;
    const other = owners.get(name);
    owners.set(name, written);
    if (text instanceof Unknown) collectMarks(text, blocksByMark);
    if (other && !(typeof text === 'string' && text === other.text)) {
      declarations.notes.add(
        `policy '${name}' is declared by ${other.block.address} and by ${block.address}; whichever is applied last counts, and the second one is looked at`,
        { policy: name },
      );
    }
    policies.set(name, policyOf(written, dialect, reader, declarations));
  }
  for (const block of declarations.all('vault_egp_policy', 'vault_rgp_policy')) {
    declarations.notes.add(
      `${block.address} is a Sentinel policy, which is not read; it may refuse more`,
      'nobody',
    );
  }
  const addresses = new Map([...owners].map(([name, { block }]) => [name, block.address]));
  return { byName: policies, blocksByMark, addresses };
}

function collectMarks(value: Unknown, blocks: Map<string, BlockInstance>): void {
  const { of, parts = [] } = value.known;
  if (of) blocks.set(value.marked, of.block);
  for (const part of parts) if (part instanceof Unknown) collectMarks(part, blocks);
}

function resources(declarations: Declarations, fileOf: (block: BlockInstance) => string): readonly Written[] {
  return declarations.all('vault_policy').flatMap((block) => {
    const name = declarations.text(block, 'name', {
      otherwise: 'the policy is left out',
      mayGrantTo: 'others',
    });
    const text = declarations.value(block, 'policy');
    if (name === undefined || text === undefined) return [];
    return {
      name: policyName(name),
      text,
      block,
      stackFile: fileOf(block),
      file: fileNamed(block, fileOf(block)),
    };
  });
}

function endpoints(declarations: Declarations, fileOf: (block: BlockInstance) => string): readonly Written[] {
  return endpointWrites(declarations).flatMap(({ block, path, data }) => {
    const [, name] = /^sys\/(?:policies\/acl|policy)\/([^/]+)$/.exec(path) ?? [];
    if (name === undefined) return [];
    const text = data?.policy ?? new Unknown(`what ${block.address} writes`);
    return { name: policyName(name), text, block, stackFile: fileOf(block) };
  });
}

/** Vault takes names of policies for lower case. */
export function policyName(name: string): string {
  return name.trim().toLowerCase();
}

/** The file that the text is from, where it is one whole file. */
function fileNamed({ attributes }: BlockInstance, stackFile: string): string | undefined {
  if (typeof attributes.policy !== 'string') return undefined;
  const expression = parseTemplate(attributes.policy);
  if (expression.kind !== 'call' || expression.name !== 'file') return undefined;
  const [path] = expression.args;
  if (path?.kind !== 'value') return undefined;
  const name = String(path.value);
  return name.startsWith('/') ? name : [...stackFile.split('/').slice(0, -1), name].join('/');
}

function policyOf(
  { name, text, block, stackFile, file }: Written,
  dialect: Dialect,
  reader: PolicyReader,
  { notes }: Declarations,
): Policy | undefined {
  if (typeof text === 'string') {
    // A file of its own says where it is; else the line is one of the policy's text.
    return reader.read(name, text, file === undefined ? `${stackFile}: ${block.address}: ` : '', {
      dialect,
      file,
    });
  }
  if (isTooLarge(text)) {
    notes.add(`the text of policy '${name}' (${block.address}) is longer than is read here, which is 1 MiB`, {
      policy: name,
    });
    return undefined;
  }
  const marked = markedText(text) ?? '';
  const known = partlyKnown(name, marked, dialect, reader);
  if (!known) {
    notes.add(`what policy '${name}' (${block.address}) allows is known at an apply only`, { policy: name });
    return undefined;
  }
  for (const { pattern } of known.rules) {
    const outside = pattern.text.replace(/\{\{.*?\}\}/g, '');
    if (outside.search(MARK) < 0) continue;
    notes.add(`path '${pattern.text}' of policy '${name}' (${block.address}) is known at an apply only`, {
      policy: name,
    });
  }
  return known;
}

/** A policy of which parts of paths are unknown; nothing where more than that is. */
function partlyKnown(name: string, text: string, dialect: Dialect, reader: PolicyReader): Policy | undefined {
  const count = (of: string) => of.match(MARK)?.length ?? 0;
  const code = text.replace(/^[^\S\n]*(#|\/\/).*$/gm, '');
  try {
    const policy = reader.parsed(name, text, { dialect });
    const inPaths = policy.rules.reduce((sum, { pattern }) => sum + count(pattern.text), 0);
    return inPaths === count(code) ? policy : undefined;
  } catch {
    return undefined;
  }
}
