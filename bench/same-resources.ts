import * as fs from 'node:fs';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Block = Readonly<Record<string, Json>>;

/** A stack without what two programs may choose for themselves. */
interface NormalStack {
  /** Resources by type and name in the real world, their references replaced by what they refer to. */
  readonly resources: ReadonlyMap<string, Block>;
  /** What a resource waits for, by the same keys. */
  readonly order: ReadonlyMap<string, ReadonlySet<string>>;
  /** Everything else: providers, ephemeral resources, backend, versions. */
  readonly rest: Json;
}

/** What names a resource in the real world, whatever its address in Terraform is. */
const NAMES = ['display_name', 'name', 'path'];

/**
 * Throws with the first difference between what two programs synthesized. Addresses, metadata and the version number
 * of write-only values are each program's own; a reference counts as the value that it stands for. The second
 * program must keep at least the order of the first: there a reference does what `depends_on` does here.
 */
export function requireSameResources(first: string, second: string): void {
  const stacks = stacksOf(first);
  requireEqual('stacks', stacks, stacksOf(second));
  for (const stack of stacks) {
    const [a, b] = [normalStack(first, stack), normalStack(second, stack)];
    requireEqual(`${stack}: resources`, [...a.resources.keys()].sort(), [...b.resources.keys()].sort());
    for (const [key, attributes] of a.resources) {
      requireEqual(`${stack}: ${key}`, attributes, b.resources.get(key) ?? null);
      for (const before of a.order.get(key) ?? []) {
        if (!b.order.get(key)?.has(before)) throw new Error(`${stack}: ${key} must wait for ${before}`);
      }
    }
    requireEqual(`${stack}: everything but resources`, a.rest, b.rest);
  }
}

/** How many resources a program synthesized. */
export function countResources(outdir: string): number {
  return stacksOf(outdir).reduce((sum, stack) => sum + normalStack(outdir, stack).resources.size, 0);
}

function stacksOf(outdir: string): string[] {
  return fs.readdirSync(path.join(outdir, 'stacks')).sort();
}

function normalStack(outdir: string, stack: string): NormalStack {
  const file = path.join(outdir, 'stacks', stack, 'cdk.tf.json');
  // Terraform ignores the local value that describes the server.
  const {
    resource,
    '//': _metadata,
    locals: _description,
    ...rest
  } = JSON.parse(fs.readFileSync(file, 'utf8')) as Block;
  const byAddress = new Map<string, Block>();
  for (const [type, instances] of Object.entries((resource ?? {}) as Record<string, Record<string, Block>>)) {
    for (const [name, attributes] of Object.entries(instances)) byAddress.set(`${type}.${name}`, attributes);
  }
  const resources = new Map<string, Block>();
  const order = new Map<string, Set<string>>();
  for (const [address, attributes] of byAddress) {
    const key = realName(byAddress, address);
    if (resources.has(key)) throw new Error(`${stack}: ${key} must be declared once`);
    const before = new Set<string>();
    const { '//': _own, depends_on: explicit = [], ...declared } = attributes;
    for (const other of explicit as readonly string[]) before.add(realName(byAddress, other));
    const { data_json_wo_version: version, ...known } = resolved(byAddress, declared, before) as Block;
    resources.set(key, version === undefined ? known : { ...known, data_json_wo_version: typeof version });
    order.set(key, before);
  }
  return { resources, order, rest };
}

function realName(byAddress: ReadonlyMap<string, Block>, address: string): string {
  const attributes = byAddress.get(address);
  if (!attributes) throw new Error(`nothing is declared at ${address}`);
  const name = NAMES.map((attribute) => attributes[attribute]).find((value) => value !== undefined);
  return `${address.slice(0, address.indexOf('.'))} ${name ?? JSON.stringify(attributes)}`;
}

/** Replaces references by the literal they stand for, or by the name of the resource where only Vault knows it. */
function resolved(byAddress: ReadonlyMap<string, Block>, value: Json, before: Set<string>): Json {
  if (typeof value === 'string') {
    return value.replace(/\$\{([a-z]\w*\.[\w-]+)\.(\w+)\}/g, (_, address: string, attribute: string) => {
      const key = realName(byAddress, address);
      before.add(key);
      const known = byAddress.get(address)?.[attribute];
      return known === undefined ? `\${${key} ${attribute}}` : String(resolved(byAddress, known, before));
    });
  }
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((one) => resolved(byAddress, one, before));
  return Object.fromEntries(
    Object.entries(value)
      // An empty list of blocks declares no block.
      .filter(([, one]) => !(Array.isArray(one) && one.length === 0))
      .map(([key, one]) => [key, resolved(byAddress, one, before)]),
  );
}

// Array.isArray() does not narrow a readonly array.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function requireEqual(what: string, a: Json, b: Json): void {
  if (isDeepStrictEqual(a, b)) return;
  const [where, x, y] = firstDifference(a, b, '');
  throw new Error(
    `${what} must be the same in both programs, got a difference${where && ` in ${where}`}: ${show(x)} beside ${show(y)}`,
  );
}

function firstDifference(
  a: Json | undefined,
  b: Json | undefined,
  where: string,
): [where: string, a: Json | undefined, b: Json | undefined] {
  if (a && b && typeof a === 'object' && typeof b === 'object' && isList(a) === isList(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [x, y] = [(a as Block)[key], (b as Block)[key]];
      if (!isDeepStrictEqual(x, y)) return firstDifference(x, y, `${where}/${key}`);
    }
  }
  return [where, a, b];
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
