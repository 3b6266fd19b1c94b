import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Part } from '../../operations/environments';
import type { AttachOptions, Captured, Variables } from '../../operations/machine';
import { FakeMachine, READY } from './fakes';

/** Actions by address, such as `vault_policy.web: update`. */
export type Changes = Readonly<Record<string, string>>;

/** What `terraform show -json` prints of a plan. */
export function planJson(changes: Changes): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {},
    resource_changes: Object.entries(changes).map(([address, action]) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0],
      name: address.split('.')[1],
      change: {
        actions: action.split(' '),
        before: action === 'create' ? null : { name: 'before' },
        after: action === 'delete' ? null : { name: 'after' },
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: false,
      },
    })),
  });
}

export interface FakeTerraformProps {
  /** What there is to do, by stack. @default nothing */
  readonly changes?: Readonly<Partial<Record<Part, Changes>>>;
  readonly answers?: Readonly<Record<string, Partial<Captured>>>;
  readonly variables?: Variables;
  /** Called while it runs, before it does anything. @returns an exit code that is not 0 where it fails */
  readonly meanwhile?: (command: string, part: Part) => number | undefined;
}

/** A machine whose Terraform saves plans, and applies what is saved. */
export class FakeTerraform extends FakeMachine {
  /** Such as `plan access`, in the order in which they ran. */
  public readonly ran: string[] = [];
  /** The variables of each of {@link ran}. */
  public readonly given: Variables[] = [];
  /** What each apply did, by stack. */
  public readonly applied: { readonly part: Part; readonly plan: string }[] = [];
  /** Where plans were saved, and who could read there. */
  public readonly folders = new Map<string, string>();
  public changes: Partial<Record<Part, Changes>>;
  private readonly meanwhile: NonNullable<FakeTerraformProps['meanwhile']>;

  public constructor({
    changes = {},
    answers,
    variables,
    meanwhile = () => undefined,
  }: FakeTerraformProps = {}) {
    super(
      { ...READY, 'terraform init': {}, 'terraform state': { stdout: '{}' }, ...answers },
      { PG_CONN_STR: 'postgres://nowhere', ...variables },
    );
    this.changes = { ...changes };
    this.meanwhile = meanwhile;
  }

  public override async capture(program: string, args: readonly string[]): Promise<Captured> {
    if (program !== 'terraform' || args[1] !== 'show') return super.capture(program, args);
    const part = partOf(args);
    this.ran.push(`show ${part}`);
    if (this.meanwhile('show', part)) return { status: 1, stdout: 'hidden', failure: 'no such plan' };
    return { status: 0, stdout: fs.readFileSync(String(args.at(-1)), 'utf8'), failure: '' };
  }

  public override async attach(
    program: string,
    args: readonly string[],
    options: AttachOptions = {},
  ): Promise<number> {
    if (program !== 'terraform') return super.attach(program, args, options);
    await super.attach(program, args, options);
    const [command = ''] = args.slice(1);
    const part = partOf(args);
    this.ran.push(`${command} ${part}`);
    this.given.push(options.variables ?? {});
    const code = this.meanwhile(command, part);
    if (code !== undefined) return code;
    if (command === 'plan') this.save(part, args);
    if (command === 'apply') this.apply(part, String(args.at(-1)));
    return 0;
  }

  /** What was run, without what only prepares it. */
  public get steps(): readonly string[] {
    return this.ran.filter((one) => /^(plan|apply) /.test(one));
  }

  private save(part: Part, args: readonly string[]): void {
    const [, file = ''] = args.find((arg) => arg.startsWith('-out='))?.split('=') ?? [];
    const folder = path.dirname(file);
    this.folders.set(folder, (fs.statSync(folder).mode & 0o777).toString(8));
    fs.writeFileSync(file, planJson(this.changes[part] ?? {}));
  }

  private apply(part: Part, file: string): void {
    this.applied.push({ part, plan: fs.readFileSync(file, 'utf8') });
    delete this.changes[part];
  }
}

/** By the folder in which it runs. */
function partOf(args: readonly string[]): Part {
  return String(args[0]).split('-').at(-1) as Part;
}
