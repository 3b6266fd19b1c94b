import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdktf';
import { SecretValue } from '../../constructs/secret-value';
import type { AttachOptions, Captured, Machine, Variables } from '../../operations/machine';
import type { Question, Questions } from '../../operations/questions';
import { testPlatform } from '../helper';

/** What a machine answers that has everything. */
export const READY: Readonly<Record<string, Partial<Captured>>> = {
  'docker version': { stdout: '27.0.0\n' },
  'docker ps': { stdout: '' },
  'docker network': { stdout: '' },
  'terraform version': { stdout: '{"terraform_version":"1.11.4"}' },
};

/** A machine whose programs answer by their first words: the two of a program with several commands, or one. */
export class FakeMachine implements Machine {
  public readonly attached: { program: string; args: readonly string[]; variables: Variables }[] = [];

  public constructor(
    private readonly answers: Readonly<Record<string, Partial<Captured>>> = READY,
    public readonly variables: Variables = {},
    private readonly exitCode: (program: string) => number = () => 0,
  ) {}

  public async capture(program: string, args: readonly string[]): Promise<Captured> {
    const [first, second] = args.filter((arg) => !arg.startsWith('-chdir='));
    const answer = this.answers[`${program} ${first} ${second}`] ?? this.answers[`${program} ${first}`];
    if (!answer) return { status: undefined, stdout: '', failure: 'no such program' };
    return { status: 0, stdout: '', failure: '', ...answer };
  }

  public async attach(
    program: string,
    args: readonly string[],
    options: AttachOptions = {},
  ): Promise<number> {
    this.attached.push({ program, args, variables: options.variables ?? {} });
    return this.exitCode(program);
  }
}

/** Somebody who answers each question with the same words, or nobody. */
export function fakePerson(...answers: readonly string[]): Questions & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    possible: answers.length > 0,
    ask: async (questions: readonly Question[]) => {
      asked.push(...questions.map(({ text }) => text));
      return [...answers];
    },
  };
}

/** Writes what `npm run plan` leaves of these stacks, in the project of the working folder. */
export function writePlans(...stacks: readonly string[]): void {
  fs.mkdirSync('cdktf.out/plans', { recursive: true });
  for (const stack of stacks) fs.writeFileSync(`cdktf.out/plans/${stack}.json`, '{}');
}

/** The files of {@link writePlans} that are there. */
export function plansLeft(): readonly string[] {
  return fs.readdirSync('cdktf.out/plans').sort();
}

/** A temporary folder with nothing in it. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'operations-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/**
 * A folder with `cdktf.out`: a shop with two supplied values and one published port beside its server's,
 * and a bakery with nothing.
 */
export function synthesizedProject(): string {
  const folder = temporaryFolder();
  const app = new App({
    outdir: path.join(folder, 'cdktf.out'),
    stackTraces: false,
    context: { outputFolder: 'cdktf.out' },
  });
  const shop = testPlatform(app);
  const kv = shop.addMount('apps');
  const mail = kv.addSecret('mail', { key: SecretValue.supplied(), password: SecretValue.generated() });
  const legacy = kv.addSuppliedSecret('legacy', { version: 2 });
  shop.addService('web', { containerName: 'web', image: 'web:1.0.0', ports: [8080], reads: [mail, legacy] });
  const { distribution } = shop.vault;
  testPlatform(app, { vault: { containerName: 'bakery-vault', distribution, hostPort: 8201 } }, 'bakery');
  app.synth();
  return folder;
}

/** Writes a state of one of the shop's stacks. */
export function writeState(project: string, stack: string, state: object): void {
  fs.writeFileSync(path.join(project, `terraform.shop-development-${stack}.tfstate`), JSON.stringify(state));
}

/** The folder of one of the shop's stacks. */
export function stackFolder(project: string, stack: string): string {
  return path.join(project, 'cdktf.out', 'stacks', `shop-development-${stack}`);
}
