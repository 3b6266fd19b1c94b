import * as readline from 'node:readline';
import { Writable } from 'node:stream';
import { OperationError } from './operation-error';

export interface Question {
  readonly text: string;
  /** Whether this text is all of the answer; if not, more lines are read, up to an empty one. */
  isComplete(text: string): boolean;
  /** Why the answer cannot be taken, without a part of it. It is then asked for again. */
  problem(text: string): string | undefined;
}

/** Somebody who can be asked. */
export interface Questions {
  /** Whether there is somebody. */
  readonly possible: boolean;
  /** @returns the answers, in the order of the questions */
  ask(questions: readonly Question[]): Promise<string[]>;
}

/** A rest that is pasted later would become the answer to the next question. */
export const SEVERAL_LINES = 'the value must be one line, got several; set its variable instead';

/** Asks on a terminal. What is typed is not shown. */
export class TerminalQuestions implements Questions {
  public constructor(
    private readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
    private readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean },
  ) {}

  public get possible(): boolean {
    return this.input.isTTY === true && this.output.isTTY === true;
  }

  public async ask(questions: readonly Question[]): Promise<string[]> {
    // Open from the first to the last question: in between a terminal would show what is pasted too early.
    const lines = new HiddenLines(this.input);
    try {
      const answers: string[] = [];
      for (const question of questions) answers.push(await this.answer(question, lines));
      return answers;
    } catch (error) {
      this.output.write('\n');
      throw error;
    } finally {
      lines.close();
    }
  }

  private async answer(question: Question, lines: HiddenLines): Promise<string> {
    for (;;) {
      this.output.write(`${question.text}: `);
      let text = await lines.next();
      while (!question.isComplete(text)) {
        const more = await lines.next();
        if (more === '') break;
        text += `\n${more}`;
      }
      this.output.write('\n');
      const problem = lines.dropRest() ? SEVERAL_LINES : question.problem(text);
      if (problem === undefined) return text;
      this.output.write(`${problem}\n`);
    }
  }
}

/** The lines of a terminal, without an echo. */
export class HiddenLines {
  private readonly reader: readline.Interface;
  private waiting: { resolve(lines: string): void; reject(error: Error): void } | undefined;
  private received: string[] = [];
  private ended = false;

  /** @param interrupted called on Ctrl-C, which is no signal while the lines are open */
  public constructor(input: NodeJS.ReadableStream, interrupted: () => void = () => {}) {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    this.reader = readline.createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
    this.reader.on('line', (line) => {
      this.received.push(line);
      setImmediate(() => this.deliver());
    });
    this.reader.on('SIGINT', () => {
      interrupted();
      this.end();
    });
    this.reader.on('close', () => this.end());
    // The terminal was closed.
    this.reader.on('error', () => this.end());
  }

  /** The next line, or several that were pasted at once. */
  public next(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.ended) this.end();
      else this.deliver();
    });
  }

  /** Forgets what was pasted after the last line end, and says whether there was anything. */
  public dropRest(): boolean {
    const rest = this.reader.line;
    this.reader.write(null, { ctrl: true, name: 'u' });
    return rest !== '';
  }

  public close(): void {
    this.reader.close();
  }

  private deliver(): void {
    if (!this.waiting || this.received.length === 0) return;
    const { resolve } = this.waiting;
    this.waiting = undefined;
    resolve(this.received.join('\n'));
    this.received = [];
  }

  private end(): void {
    this.ended = true;
    this.waiting?.reject(
      new OperationError(["'values' must be supplied, got the end of the input; nothing was changed"], 130),
    );
    this.waiting = undefined;
  }
}
