import * as fs from 'node:fs';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { clipped } from './clipped';
import { codePoint, oneLine } from './one-line';
import { type Place, PolicyTextError } from './policy-text-error';

/** How much of what is wrong an error shows, in characters. */
const SHOWN = 30;

/** How many parts of a text may be around one; each list or object is some of them. */
const DEEPEST = 500;

/** The root, which is a leaf where nothing is in a text. */
const EMPTY = 'config_file';

let parser: Parser | undefined;
let loading: Promise<void> | undefined;

/** Loads the grammar, once. After it {@link parsePolicy} and all that reads policies works. */
export function loadPolicyParser(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  await Parser.init();
  const grammar = fs.readFileSync(
    require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'),
  );
  parser = new Parser().setLanguage(await Language.load(grammar));
}

/** A part of a text, as the grammar calls it. Comments are among the children. */
export interface SyntaxNode {
  readonly type: string;
  readonly text: string;
  /** The character after it; none at the end. */
  readonly next: string;
  readonly place: Place;
  readonly children: readonly SyntaxNode[];
}

/**
 * The tree of a text, without what only HCL of today has and the HCL of Vault has not: other white space than blanks, tabs
 * and line ends. Tokens end where those of Vault's scanner end, since strings with `${` are refused.
 *
 * @param text with `\n` at the end of its lines
 * @throws PolicyTextError where it is not HCL, with what is near
 */
export function parseSyntax(text: string, file: string): SyntaxNode {
  if (!parser) throw new Error('loadPolicyParser() must end before policies are read');
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser was stopped');
  const lines = new Lines(text, file);
  const cursor = tree.walk();
  try {
    if (tree.rootNode.hasError) throw fault(text, parser, lines);
    return new Walk(text, lines).root(cursor);
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/**
 * Where a text stops being HCL: at the first token that cannot follow those before it. The tree itself says only which
 * larger part has an error somewhere, so the parser is asked to tell each of its steps.
 */
function fault(text: string, parser: Parser, lines: Lines): PolicyTextError {
  let [row, column] = [0, 0];
  let at: number | undefined;
  let isMending = false;
  parser.setLogger((message) => {
    const [, atRow, atColumn] = /^process .* row:(\d+), col:(\d+)/.exec(message) ?? [];
    if (atRow !== undefined) [row, column] = [Number(atRow), Number(atColumn)];
    if (message.startsWith('resume')) isMending = true;
    // A column is in bytes, two for each character. Of several ways to read a text the one that gets furthest counts.
    if (message.startsWith('detect_error') && !isMending) at = lines.index(row, column / 2);
  });
  parser.parse(text);
  parser.setLogger(null);
  const quote = text.includes('<<') ? undefined : openQuote(text);
  if (quote !== undefined && quote < (at ?? text.length)) {
    return new PolicyTextError(
      lines.place(quote),
      "a string must end on its line, got no second '\"'; add it",
    );
  }
  return lines.notHcl(at ?? text.length);
}

/** The quote of the first string that does not end on its line; the grammar would read on, to the next quote. */
function openQuote(text: string): number | undefined {
  const tokens = /#.*|\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|"/g;
  return [...text.matchAll(tokens)].find(([token]) => token === '"')?.index;
}

class Part implements SyntaxNode {
  public constructor(
    private readonly whole: string,
    private readonly lines: Lines,
    public readonly type: string,
    private readonly start: number,
    private readonly end: number,
    public readonly children: readonly SyntaxNode[],
  ) {}

  public get text(): string {
    return this.whole.slice(this.start, this.end);
  }

  public get next(): string {
    return this.whole.charAt(this.end);
  }

  public get place(): Place {
    return this.lines.place(this.start);
  }
}

/** Makes the tree, and checks what stands between its leaves. */
class Walk {
  /** Where the last leaf ended. */
  private end = 0;
  private depth = 0;

  public constructor(
    private readonly text: string,
    private readonly lines: Lines,
  ) {}

  public root(cursor: TreeCursor): SyntaxNode {
    const root = this.node(cursor);
    this.requireBlank(this.text.length);
    return root;
  }

  private node(cursor: TreeCursor): SyntaxNode {
    const { nodeType: type, startIndex, endIndex } = cursor;
    const children: SyntaxNode[] = [];
    this.depth += 1;
    if (this.depth > DEEPEST) {
      throw new PolicyTextError(
        this.lines.place(startIndex),
        'a policy must not be nested so deep, got more than a hundred levels; take some away',
      );
    }
    if (cursor.gotoFirstChild()) {
      do children.push(this.node(cursor));
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    } else if (type !== EMPTY) {
      this.leaf(startIndex, endIndex);
    }
    this.depth -= 1;
    return new Part(this.text, this.lines, type, startIndex, endIndex, children);
  }

  private leaf(start: number, end: number): void {
    this.requireBlank(start);
    this.end = Math.max(end, this.end);
  }

  /** Since the last leaf. */
  private requireBlank(until: number): void {
    const strange = this.text.slice(this.end, until).search(/[^ \t\n]/);
    if (strange >= 0) throw this.lines.notHcl(this.end + strange);
  }
}

/** Tells in which line a character is, and what stands there. */
class Lines {
  private readonly starts: readonly number[];

  public constructor(
    private readonly text: string,
    private readonly file: string,
  ) {
    this.starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** @param row from 0, as the column */
  public index(row: number, column: number): number {
    return (this.starts[row] as number) + column;
  }

  public place(index: number): Place {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle;
    }
    return { file: this.file, line: low + 1, column: index - (this.starts[low] as number) + 1 };
  }

  public notHcl(index: number): PolicyTextError {
    return new PolicyTextError(
      this.place(index),
      `a policy must be HCL, got ${this.shown(index)}; write it as path "apps/data/mail" { capabilities = ["read"] }`,
    );
  }

  private shown(index: number): string {
    const rest = this.text.slice(index);
    if (/^[ \t\n]*$/.test(rest)) return 'its end too early';
    // What cannot be seen is told by its number.
    if (/^[\s\p{C}]/u.test(rest)) return `the character ${codePoint(rest)}`;
    return `'${clipped(oneLine(rest.split('\n', 1)[0] as string), SHOWN)}'`;
  }
}
