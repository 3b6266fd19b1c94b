/** A block of a server's configuration, or the whole of it. */
export interface HclBody {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  /** `listener`, `storage`, … */
  readonly type: string;
  readonly labels: readonly string[];
}

const ATTRIBUTE = /^(?<name>[a-z_]+|"[^"]+") = (?<value>.+)$/;
const OPENING = /^(?<type>[a-z_]+|"[^"]+")(?<labels>(?: "[^"\s]+")*) \{$/;

/**
 * Parses as much of HCL as the library writes for a server: one attribute a line, values as in JSON. What is
 * declared twice is an error, since a server takes the first or the last of them without a word.
 */
export function parseServerHcl(text: string): HclBody {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const body = parseBody(lines);
  if (lines.length > 0) throw new Error(`nothing is open where '${lines[0]}' closes it`);
  return body;
}

function parseBody(lines: string[]): HclBody {
  const attributes: Record<string, unknown> = {};
  const blocks: HclBlock[] = [];
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const { name = '', value = '' } = ATTRIBUTE.exec(line)?.groups ?? {};
    const { type, labels = '' } = OPENING.exec(line)?.groups ?? {};
    if (name) {
      if (name in attributes) throw new Error(`'${name}' is declared twice`);
      attributes[name] = JSON.parse(value);
    } else if (type) {
      blocks.push({
        type,
        labels: [...labels.matchAll(/"([^"]+)"/g)].map(([, one]) => one as string),
        ...parseBody(lines),
      });
      if (lines.shift() !== '}') throw new Error(`'${type}' is not closed`);
    } else if (line === '}') {
      lines.unshift(line);
      break;
    } else {
      throw new Error(`no HCL that is known: ${line}`);
    }
  }
  return { attributes, blocks };
}

/** The blocks of a type, in their order. */
export function blocksOf(body: HclBody, type: string): readonly HclBlock[] {
  return body.blocks.filter((block) => block.type === type);
}

/** The only block of a type. */
export function blockOf(body: HclBody, type: string): HclBlock {
  const [first, second] = blocksOf(body, type);
  if (!first || second) throw new Error(`one block '${type}' was expected`);
  return first;
}
