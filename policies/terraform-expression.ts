/**
 * As much of Terraform's expressions as is read here: what cdktf writes into a stack's JSON. Conditions, loops and
 * arithmetic are `unread`, and so is whatever is no expression at all: Terraform says so itself.
 */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'access'; readonly of: Expression; readonly steps: readonly Step[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'unread' };

/** Of a text with expressions in it: a text, or an expression and how it is written. */
export type TemplatePart = string | { readonly of: Expression; readonly written: string };

/** What follows a value: `.name`, `[index]`, or `[*]` for all of a list. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression }
  | { readonly kind: 'splat' };

const UNREAD: Expression = { kind: 'unread' };

/** Reads a text of Terraform's JSON, which is a template: `a-${b}` holds an expression, `$${` stands for `${`. */
export function parseTemplate(text: string): Expression {
  if (isLiteral(text)) return { kind: 'value', value: text };
  return attempt(text, (reader) => reader.template(''));
}

/** Whether a text stands for itself. */
export function isLiteral(text: string): boolean {
  return !text.includes('${') && !text.includes('%{');
}

function attempt(text: string, read: (reader: Reader) => Expression): Expression {
  const reader = new Reader(text);
  try {
    const expression = read(reader);
    return reader.isAtEnd ? expression : UNREAD;
  } catch (error) {
    if (error instanceof Unreadable) return UNREAD;
    throw error;
  }
}

class Unreadable extends Error {}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /\s*/y;
/** What stands for itself, without and with a quote that ends it. */
const LITERAL = /[^$%]+/y;
const QUOTED_LITERAL = /[^$%"\\\n]+/y;
const ESCAPE = /\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** Deeper ones are nobody's. */
const DEEPEST = 100;

class Reader {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  /** @param end the quote that ends it; nothing where it goes on to the end, and a backslash stands for itself */
  public template(end: '' | '"'): Expression {
    const parts: TemplatePart[] = [];
    let literal = '';
    while (!this.isAtEnd && !(end && this.text[this.at] === end)) {
      const plain = this.match(end ? QUOTED_LITERAL : LITERAL);
      if (plain) {
        literal += plain[0];
        continue;
      }
      const escaped = end ? this.match(ESCAPE) : undefined;
      if (escaped) {
        const [, one, short, long] = escaped;
        literal += one ? ESCAPED[one] : codePoint((short ?? long) as string);
      } else if (this.skip('$${')) literal += '${';
      else if (this.skip('%%{')) literal += '%{';
      else if (this.text.startsWith('%{', this.at)) throw new Unreadable();
      else if (this.skip('${')) {
        if (literal) parts.push(literal);
        literal = '';
        const start = this.at;
        parts.push({ of: this.expression(), written: this.text.slice(start, this.at) });
        this.expect('}');
      } else if (end && /[\\\n]/.test(this.text[this.at] as string)) throw new Unreadable();
      else {
        literal += this.text[this.at];
        this.at += 1;
      }
    }
    if (parts.length === 0) return { kind: 'value', value: literal };
    if (literal) parts.push(literal);
    const [first] = parts;
    return parts.length === 1 && typeof first === 'object' ? first.of : { kind: 'template', parts };
  }

  private expression(): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Unreadable();
    let of = this.primary();
    const steps = this.steps();
    if (steps.length > 0) of = { kind: 'access', of, steps };
    this.match(SPACE);
    this.depth -= 1;
    return of;
  }

  private primary(): Expression {
    this.match(SPACE);
    if (this.skip('"')) {
      const text = this.template('"');
      this.expect('"');
      return text;
    }
    if (this.skip('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.skip('[')) return { kind: 'list', items: this.items(']') };
    if (this.skip('{')) return { kind: 'object', entries: this.entries() };
    const number = this.match(NUMBER);
    if (number) return { kind: 'value', value: Number(number[0]) };
    return this.named();
  }

  private named(): Expression {
    const name = this.match(IDENTIFIER)?.[0];
    if (name === undefined || name === 'for') throw new Unreadable();
    if (this.skip('(')) return { kind: 'call', name, args: this.items(')') };
    const constant = CONSTANTS.get(name);
    return constant === undefined ? { kind: 'variable', name } : { kind: 'value', value: constant };
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.skip('[*]') || this.skip('.*')) steps.push({ kind: 'splat' });
      else if (this.skip('[')) {
        steps.push({ kind: 'index', index: this.expression() });
        this.expect(']');
      } else if (this.skip('.')) steps.push(this.attribute());
      else return steps;
    }
  }

  private attribute(): Step {
    // As Terraform wrote an index before 0.12.
    const index = this.match(/\d+/y);
    if (index) return { kind: 'index', index: { kind: 'value', value: Number(index[0]) } };
    const name = this.match(IDENTIFIER)?.[0];
    if (name === undefined) throw new Unreadable();
    return { kind: 'attribute', name };
  }

  private items(end: ']' | ')'): Expression[] {
    const items: Expression[] = [];
    for (;;) {
      this.match(SPACE);
      if (this.skip(end)) return items;
      items.push(this.expression());
      if (!this.skip(',')) {
        this.expect(end);
        return items;
      }
    }
  }

  private entries(): (readonly [Expression, Expression])[] {
    const entries: (readonly [Expression, Expression])[] = [];
    for (;;) {
      this.match(/[\s,]*/y);
      if (this.skip('}')) return entries;
      // A bare name is the key itself; in brackets it is a variable.
      const isBare = this.text[this.at] !== '(';
      const key = this.expression();
      if (!this.skip('=')) this.expect(':');
      entries.push([
        isBare && key.kind === 'variable' ? { kind: 'value', value: key.name } : key,
        this.expression(),
      ]);
    }
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private skip(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private expect(text: string): void {
    if (!this.skip(text)) throw new Unreadable();
  }
}

function codePoint(hex: string): string {
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw new Unreadable();
  return String.fromCodePoint(code);
}
