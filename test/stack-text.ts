import type { SynthesizedStack } from './helper';

type Attributes = Record<string, unknown>;

/** Texts of fewer lines are short enough to be read again. */
const LONG = 6;

/**
 * A synthesized stack as text for snapshots: complete, but short enough to be read. cdktf's comments and what is
 * null are left out, and texts of several lines are shown as lines. What all resources of a type share is shown once,
 * and of a resource or a long text that is nearly as an
 * earlier one what differs.
 */
export function stackText(stack: SynthesizedStack): string {
  const { resource = {}, ...rest } = withoutComments(stack) as SynthesizedStack;
  return new StackText().write(rest, resource);
}

class StackText {
  private readonly texts: { readonly where: string; readonly lines: readonly string[] }[] = [];

  public write(rest: Attributes, resources: Record<string, Record<string, Attributes>>): string {
    return [
      ...Object.entries(rest)
        .sort()
        .map(([block, value]) => `${block}${this.text(value, 1, block)}`),
      ...Object.entries(resources)
        .sort()
        .map(([type, instances]) => this.resources(type, instances)),
    ].join('\n');
  }

  private resources(type: string, instances: Record<string, Attributes>): string {
    const all = Object.entries(instances).sort();
    const shared = all.length < 2 ? {} : sharedBy(all.map(([, attributes]) => attributes));
    const owns = all.map(([name, attributes]) => ({ name, own: without(attributes, shared) }));
    return [
      ...(Object.keys(shared).length > 0 ? [`every ${type}${this.text(shared, 1, `every ${type}`)}`] : []),
      ...owns.map(({ name, own }, i) => {
        const address = `${type}.${name}`;
        const near = nearest(own, owns.slice(0, i));
        return near
          ? `${address} as ${type}.${near.name}, but${this.text(without(own, near.own), 1, address)}`
          : `${address}${this.text(own, 1, address)}`;
      }),
    ].join('\n');
  }

  private text(value: unknown, depth: number, where: string): string {
    const indent = '  '.repeat(depth);
    const split = typeof value === 'string' ? linesOf(value) : [];
    if (split.length > 1) {
      const lines = this.lines(split, where);
      return ` ${lines.map((line, i) => (i === 0 ? line : `${indent}${line}`.trimEnd())).join('\n')}`;
    }
    if (typeof value !== 'object' || value === null || fits(value)) return ` ${JSON.stringify(value)}`;
    const entries = Array.isArray(value) ? value.map((one) => ['-', one] as const) : Object.entries(value);
    return `\n${entries
      .map(([name, one]) => `${indent}${name}${this.text(one, depth + 1, nested(where, name))}`)
      .join('\n')}`;
  }

  /** How the text is shown, then its lines, or how they differ from those of an earlier one. */
  private lines(lines: readonly string[], where: string): readonly string[] {
    if (lines.length < LONG) return ['|', ...lines];
    const [like] = this.texts
      .map((other) => ({ where: other.where, difference: difference(other.lines, lines) }))
      .sort((a, b) => a.difference.length - b.difference.length);
    if (like?.difference.length === 0) return [`| as ${like.where}`];
    if (like && like.difference.length <= lines.length / 2)
      return [`| as ${like.where}, but`, ...like.difference];
    this.texts.push({ where, lines });
    return ['|', ...lines];
  }
}

/** The lines that are gone (-), new (+) and in the place of as many others (~), in their order. */
function difference(from: readonly string[], to: readonly string[]): string[] {
  // How many lines the rest of both have in common, from each pair of lines on.
  const common = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      (common[i] as number[])[j] =
        from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < from.length || j < to.length; i += 1, j += 1) {
    const [gone, added]: [string[], string[]] = [[], []];
    while ((i < from.length || j < to.length) && from[i] !== to[j]) {
      if (j >= to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1))) gone.push(`${from[i++]}`);
      else added.push(`${to[j++]}`);
    }
    if (gone.length === added.length) lines.push(...added.map((line) => `~ ${line}`));
    else lines.push(...gone.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`));
  }
  return lines;
}

interface Named {
  readonly name: string;
  readonly own: Attributes;
}

/** The earlier resource that has the same attributes, and the same values in most of them. */
function nearest(own: Attributes, earlier: readonly Named[]): Named | undefined {
  const count = Object.keys(own).length;
  const differing = (other: Named) => Object.keys(without(own, other.own)).length;
  const [best] = earlier
    .filter((other) => Object.keys({ ...own, ...other.own }).length === count)
    .filter((other) => Object.keys(other.own).length === count)
    .sort((a, b) => differing(a) - differing(b));
  return count >= LONG && best && differing(best) <= count / 2 ? best : undefined;
}

/** The attributes that another has not, or not with that value. */
function without(own: Attributes, other: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(own).filter(([name, value]) => JSON.stringify(other[name]) !== JSON.stringify(value)),
  );
}

/** The lines of a text, or the commands of a long line for the shell. */
function linesOf(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.length === 1 && text.length > 160 && /(; .*){4}/.test(text) ? text.split(/(?<=; )/) : lines;
}

function nested(where: string, name: string): string {
  return name === '-' ? where : `${where} ${name}`;
}

function sharedBy(all: readonly Attributes[]): Attributes {
  const [first = {}] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      all.every((other) => JSON.stringify(other[name]) === JSON.stringify(value)),
    ),
  );
}

/** Short values stay on one line, unless a text of several lines is in them. */
function fits(value: object): boolean {
  const json = JSON.stringify(value);
  return json.length < 120 && !json.includes('\\n');
}

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => name !== '//' && one !== null)
      .map(([name, one]) => [name, withoutComments(one)]),
  );
}
