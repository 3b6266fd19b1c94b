import * as fs from 'node:fs';
import * as path from 'node:path';
import { executed } from './engine';

const PROGRAM = fs.readFileSync(path.join(__dirname, 'cluster-writer.py'), 'utf8');

/** What came of many requests, one after another; the pause is the longest time without an answer, in seconds. */
export interface Tries {
  readonly answered: number;
  readonly refused: number;
  readonly pause: number;
  /** Seconds since 1970. */
  readonly lastAnswer: number;
}

export interface Writing {
  /** Number and value of each write that the server has said yes to. */
  readonly acknowledged: readonly (readonly [number: number, value: string])[];
  readonly writing: Tries;
  /** Reads beside it, of a secret that nobody changes. */
  readonly reading: Tries;
}

/** An application that writes without end, with its own token, as its platform tells it. */
export class ClusterWriter {
  /**
   * @param container of the application
   * @param prefix below which it writes
   */
  public constructor(
    private readonly container: string,
    private readonly prefix: string,
  ) {}

  public async write(seconds: number): Promise<Writing> {
    return JSON.parse(await this.python(['write', this.prefix, String(seconds)]));
  }

  /** Which of the writes that were acknowledged are not there, by their number. */
  public async lost({ acknowledged }: Writing): Promise<number[]> {
    return JSON.parse(await this.python(['find', this.prefix], JSON.stringify(acknowledged)));
  }

  private python(args: readonly string[], input = ''): Promise<string> {
    return executed(this.container, ['python3', '-c', PROGRAM, ...args], { input });
  }
}
