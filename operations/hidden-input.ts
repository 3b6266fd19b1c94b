import * as readline from 'node:readline';
import { endIfAsked } from './interruption';
import { HiddenLines } from './questions';

/** Where a command reads secrets from: people at a terminal, one after another, or lines of its standard input. */
export interface HiddenInput {
  /** Whether people can be asked. */
  readonly isTerminal: boolean;
  /**
   * One line, without what is around it.
   *
   * @param withdrawn takes the question back; on a terminal alone
   * @returns `undefined` at the end of the input, and when the question was taken back
   * @throws Interrupted
   */
  line(question: string, withdrawn?: AbortSignal): Promise<string | undefined>;
  /** Gives the input back, to a program that is started next. */
  close(): void;
}

/** The input of this process. A terminal shows nothing of what is typed, from the first question to the end. */
export class ProcessInput implements HiddenInput {
  private terminal: HiddenLines | undefined;
  private reader: readline.Interface | undefined;
  private lines: AsyncIterator<string> | undefined;

  public constructor(
    private readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
    private readonly output: NodeJS.WritableStream,
    private readonly interruption: AbortController,
  ) {
    // Its terminal was closed.
    input.on('error', () => interruption.abort('SIGHUP'));
  }

  public get isTerminal(): boolean {
    return this.input.isTTY === true;
  }

  public async line(question: string, withdrawn?: AbortSignal): Promise<string | undefined> {
    const { signal } = this.interruption;
    endIfAsked(signal);
    const end = new Promise<undefined>((resolve) => {
      for (const one of [signal, withdrawn])
        one?.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const text = await Promise.race([this.isTerminal ? this.typed(question) : this.nextLine(), end]);
    endIfAsked(signal);
    if (withdrawn?.aborted) this.output.write('\n');
    return text?.trim();
  }

  public close(): void {
    this.terminal?.close();
    this.reader?.close();
    this.terminal = undefined;
    this.reader = undefined;
    this.lines = undefined;
  }

  private async typed(question: string): Promise<string | undefined> {
    for (;;) {
      this.terminal ??= new HiddenLines(this.input, () => this.interruption.abort('SIGINT'));
      const lines = this.terminal;
      this.output.write(`${question}: `);
      const text = await lines.next().catch(() => {
        // Ctrl-D, or Ctrl-C, of which the caller knows. While it is open the process does not end.
        lines.close();
        this.terminal = undefined;
        return undefined;
      });
      this.output.write('\n');
      if (text === undefined || !(lines.dropRest() || text.includes('\n'))) return text;
      this.output.write('one line at a time; nothing of it was taken\n');
    }
  }

  private async nextLine(): Promise<string | undefined> {
    this.reader ??= readline.createInterface({ input: this.input, terminal: false });
    this.lines ??= this.reader[Symbol.asyncIterator]();
    const { value, done } = await this.lines.next();
    return done ? undefined : value;
  }
}
