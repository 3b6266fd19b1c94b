import { clipped } from './clipped';
import { unquote } from './hcl-string';
import { parseSyntax, type SyntaxNode } from './hcl-syntax';
import { eachInOneLine, oneLine } from './one-line';
import { readPlainHcl } from './plain-hcl';
import { type Place, PolicyTextError } from './policy-text-error';

/** `key = value`, `key { }` or `key "label" { }`: Vault takes the first two for the same. */
export interface HclEntry {
  readonly key: string;
  readonly place: Place;
  readonly labels: readonly HclLabel[];
  readonly value: HclValue;
  /** Of the lines right above, line by line. */
  readonly comment?: string;
}

export interface HclLabel {
  readonly text: string;
  readonly place: Place;
}

export type HclValue = HclLiteral | HclList | HclObject;

export interface HclLiteral {
  /** Vault takes `1` and `1.0` for different things. */
  readonly kind: 'string' | 'number' | 'fraction' | 'bool';
  readonly place: Place;
  readonly value: string | number | boolean;
}

export interface HclList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly HclValue[];
}

export interface HclObject {
  readonly kind: 'object';
  readonly place: Place;
  readonly entries: readonly HclEntry[];
}

/** Plain decimal numbers. Vault reads `010` as 8. */
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;

/** Vault takes the two words for values wherever they stand. */
const KEY = /^(?!(?:true|false)$)[A-Za-z_][\w-]*$/;

/** Text of more than one line, ended by its name at the beginning of a line. */
const HEREDOC = /^<<([A-Za-z_]\w*)\n((?:.*\n)*?)\1$/;

/** HashiCorp's documentation writes blocks in an object, which only the HCL of Vault allows; without `=` it is a block. */
const BLOCKS_IN_OBJECT = /^([ \t]*control_group[ \t]*)=([ \t]*\{)/gm;

/**
 * What a policy's text says, as HCL or as JSON: literals, lists, objects and blocks, nothing that must be computed.
 *
 * @throws PolicyTextError at the first thing that is none of these
 */
export function readHcl(text: string, file: string): readonly HclEntry[] {
  return readPlainHcl(text, file) ?? readByGrammar(text, file);
}

/** As {@link readHcl}, however the text is written. */
export function readByGrammar(text: string, file: string): readonly HclEntry[] {
  // What looks so in a text of several lines stays as it is.
  const root = parseSyntax(text.includes('<<') ? text : text.replace(BLOCKS_IN_OBJECT, '$1 $2'), file);
  const [content] = withoutComments(root);
  if (!content) return [];
  if (content.type !== 'body') throw new PolicyTextError(content.place, JSON_MISPLACED);
  return new Reader('=').body(content, root.children);
}

/** As {@link readHcl}. @param text that is known to be JSON */
export function readJson(text: string, file: string): readonly HclEntry[] {
  const [content] = withoutComments(parseSyntax(text, file));
  return content ? new Reader(':').object(content).entries : [];
}

const JSON_MISPLACED =
  'a policy must be HCL, or JSON from its first character on, got JSON; take away what is before it';

class Reader {
  public constructor(private readonly separator: '=' | ':') {}

  /** @param around the nodes among which the body stands: a comment above the first block is one of them */
  public body(body: SyntaxNode, around: readonly SyntaxNode[]): HclEntry[] {
    const before = around.slice(0, around.indexOf(body));
    const nodes = [...before, ...body.children];
    return nodes.flatMap((node, i) => {
      if (node.type === 'attribute') return this.attribute(node);
      return node.type === 'block' ? { ...this.block(node), comment: commentAbove(nodes, i) } : [];
    });
  }

  private attribute(node: SyntaxNode): HclEntry {
    const [key, , expression] = withoutComments(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
    return { key: this.key(key), place: key.place, labels: [], value: this.value(expression) };
  }

  private block(node: SyntaxNode): HclEntry {
    const parts = withoutComments(node);
    const [key] = parts as [SyntaxNode];
    const start = parts.findIndex(({ type }) => type === 'block_start');
    const labels = parts.slice(1, start).map((label) => ({ text: this.key(label), place: label.place }));
    const body = parts.find(({ type }) => type === 'body');
    const entries = body ? this.body(body, node.children) : [];
    const { place } = parts[start] as SyntaxNode;
    return { key: this.key(key), place: key.place, labels, value: { kind: 'object', place, entries } };
  }

  public object(node: SyntaxNode): HclObject {
    const entries = withoutComments(node)
      .filter(({ type }) => type === 'object_elem')
      .map((element) => this.element(element));
    return { kind: 'object', place: node.place, entries };
  }

  private element(node: SyntaxNode): HclEntry {
    const [key, separator, value] = withoutComments(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
    if (separator.type !== this.separator) {
      throw new PolicyTextError(
        separator.place,
        `a key must be followed by '${this.separator}', got '${separator.text}'; Vault reads no other sign here`,
      );
    }
    return { key: this.key(innermost(key)), place: key.place, labels: [], value: this.value(value) };
  }

  private key(node: SyntaxNode): string {
    if (node.type === 'string_lit') return stringOf(node);
    if (node.type === 'identifier' && KEY.test(node.text)) return node.text;
    throw new PolicyTextError(node.place, `a key must be a string, got ${shown(node)}; write it in quotes`);
  }

  private value(expression: SyntaxNode): HclValue {
    const node = innermost(expression);
    const { type, place, text } = node;
    if (type === 'string_lit') return { kind: 'string', place, value: stringOf(node) };
    if (type === 'heredoc_template') return { kind: 'string', place, value: heredocOf(node) };
    if (type === 'bool_lit') return { kind: 'bool', place, value: text === 'true' };
    if (type === 'object') return this.object(node);
    if (type === 'tuple') return { kind: 'list', place, items: this.items(node) };
    const [, , fraction] = NUMBER.exec(expression.text) ?? [];
    if (NUMBER.test(expression.text)) {
      const kind = fraction === undefined ? 'number' : 'fraction';
      return { kind, place, value: Number(expression.text) };
    }
    throw new PolicyTextError(place, notLiteral(node, expression.text));
  }

  private items(tuple: SyntaxNode): HclValue[] {
    const items = withoutComments(tuple)
      .filter(({ type }) => type === 'expression')
      .map((item) => this.value(item));
    const dropped = this.separator === ':' && items.find(({ kind }) => kind === 'bool' || kind === 'list');
    if (dropped) {
      throw new PolicyTextError(
        dropped.place,
        `a list in a JSON policy must not hold a ${dropped.kind}, which Vault leaves out; write the policy as HCL`,
      );
    }
    return items;
  }
}

function withoutComments(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter(({ type }) => type !== 'comment');
}

/** What an expression consists of, where it is one thing only. */
function innermost(node: SyntaxNode): SyntaxNode {
  const WRAPPERS = ['expression', 'literal_value', 'collection_value', 'template_expr', 'variable_expr'];
  const [only, ...others] = withoutComments(node);
  return WRAPPERS.includes(node.type) && only && others.length === 0 ? innermost(only) : node;
}

function stringOf(node: SyntaxNode): string {
  const value = unquote(node.text);
  if (typeof value !== 'string') throw new PolicyTextError(node.place, value.problem);
  return value;
}

/** Where anything but a line end follows its name, Vault reads on. */
function heredocOf(node: SyntaxNode): string {
  const [, , lines] = HEREDOC.exec(node.text) ?? [];
  if (lines !== undefined && node.next === '\n' && !/[$%]\{/.test(lines)) return lines;
  throw new PolicyTextError(
    node.place,
    `a text of several lines must be plain, begin with <<NAME and end with a line that is NAME alone, got ${shown(node)}; write it in quotes, with \\n for a line end`,
  );
}

function notLiteral(node: SyntaxNode, text: string): string {
  if (/^-?[\d.]/.test(text)) {
    return `a number must be written out in decimals, got '${text}'; Vault reads some other spellings in other ways`;
  }
  if (node.type === 'null_lit') return "a value must be given, got 'null'; leave the line out instead";
  return `a value must be written out, got ${shown(node)}; the policy is not rendered here: no variables, functions or references`;
}

function shown(node: SyntaxNode): string {
  return `'${clipped(oneLine(node.text), 40)}'`;
}

/** Comments that end on the line before, and have their lines for themselves. */
function commentAbove(nodes: readonly SyntaxNode[], index: number): string | undefined {
  const texts: string[] = [];
  let { line } = (nodes[index] as SyntaxNode).place;
  for (let i = index - 1; i >= 0; i -= 1) {
    const { type, text, place } = nodes[i] as SyntaxNode;
    if (type !== 'comment' || lastLine(text, place) !== line - 1) break;
    const previous = nodes[i - 1];
    if (previous && lastLine(previous.text, previous.place) === place.line) break;
    texts.unshift(commentText(text));
    line = place.line;
  }
  return eachInOneLine(texts.join('\n')) || undefined;
}

function commentText(comment: string): string {
  if (!comment.startsWith('/*')) return comment.replace(/^(#+|\/\/+)/, '');
  return comment.slice(2, -2).replace(/^[ \t]*\*+[ \t]?/gm, '');
}

function lastLine(text: string, { line }: Place): number {
  return line + text.split('\n').length - 1;
}
