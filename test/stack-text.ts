import type { SynthesizedStack } from './helper';

/**
 * A synthesized stack as text for snapshots: complete, but short enough to be read. cdktf's comments are left
 * out, texts of several lines are shown as lines, and what all resources of a type share is shown once.
 */
export function stackText(stack: SynthesizedStack): string {
  const { resource = {}, ...rest } = withoutComments(stack) as SynthesizedStack;
  const types = Object.entries(resource).sort();
  return [
    ...Object.entries(rest)
      .sort()
      .map(([block, value]) => `${block}${text(value, 1)}`),
    ...types.map(typeText),
  ].join('\n');
}

function typeText([type, instances]: [string, Record<string, Record<string, unknown>>]): string {
  const all = Object.entries(instances).sort();
  const shared = all.length < 2 ? {} : sharedBy(all.map(([, attributes]) => attributes));
  const own = ([address, attributes]: [string, Record<string, unknown>]) =>
    `${type}.${address}${text(Object.fromEntries(Object.entries(attributes).filter(([name]) => !(name in shared))), 1)}`;
  return [
    ...(Object.keys(shared).length > 0 ? [`every ${type}${text(shared, 1)}`] : []),
    ...all.map(own),
  ].join('\n');
}

function sharedBy(all: readonly Record<string, unknown>[]): Record<string, unknown> {
  const [first = {}] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      all.every((other) => JSON.stringify(other[name]) === JSON.stringify(value)),
    ),
  );
}

function text(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth);
  if (typeof value === 'string' && value.trimEnd().includes('\n')) {
    return ` |\n${value
      .trimEnd()
      .split('\n')
      .map((line) => `${indent}${line}`)
      .join('\n')}`;
  }
  if (typeof value !== 'object' || value === null || fits(value)) return ` ${JSON.stringify(value)}`;
  const entries = Array.isArray(value) ? value.map((one) => ['-', one] as const) : Object.entries(value);
  return `\n${entries.map(([name, one]) => `${indent}${name}${text(one, depth + 1)}`).join('\n')}`;
}

/** Short values stay on one line, unless a text of several lines is in them. */
function fits(value: object): boolean {
  const json = JSON.stringify(value);
  return json.length < 100 && !json.includes('\\n');
}

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '//')
      .map(([name, one]) => [name, withoutComments(one)]),
  );
}
