import type { VaultDescription } from '../../constructs/vault-description';
import type { Clock } from '../../operations/clock';
import type { HiddenInput } from '../../operations/hidden-input';
import { endIfAsked } from '../../operations/interruption';
import type { Variables } from '../../operations/machine';
import { VaultNodes } from '../../operations/vault-nodes';
import type { VaultSurroundings } from '../../operations/vault-surroundings';
import { FakeMachine, READY, temporaryFolder } from './fakes';
import { FakeVault, type FakeVaultProps } from './vault-in-memory';

/** A clock on which time passes only while somebody waits. */
export class FakeClock implements Clock {
  private time = Date.parse('2030-01-01T00:00:00Z');
  private readonly plans: { readonly at: number; readonly what: () => void }[] = [];

  public now(): number {
    return this.time;
  }

  /** Has something happen while somebody waits. */
  public after(milliseconds: number, what: () => void): void {
    this.plans.push({ at: this.time + milliseconds, what });
  }

  public async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    // As a real timer, so that others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
    endIfAsked(signal);
    this.time += milliseconds;
    for (const plan of this.plans.splice(0)) {
      if (plan.at <= this.time) plan.what();
      else this.plans.push(plan);
    }
    endIfAsked(signal);
  }
}

/** What somebody types, or the lines of a pipe. A function does something, and gives the line then. */
export type Typed = string | (() => string | undefined | Promise<string | undefined>);

/** Somebody at a terminal, or a pipe. */
export class FakeInput implements HiddenInput {
  public readonly asked: string[] = [];
  public closed = 0;
  private readonly lines: Typed[];

  public constructor(
    public readonly isTerminal: boolean,
    private readonly signal: AbortSignal,
    lines: readonly Typed[],
  ) {
    this.lines = [...lines];
  }

  /** Adds to what is typed. */
  public type(...lines: readonly Typed[]): void {
    this.lines.push(...lines);
  }

  public async line(question: string, withdrawn?: AbortSignal): Promise<string | undefined> {
    this.asked.push(question);
    const next = this.lines.shift();
    if (next === undefined && withdrawn) {
      // Nobody types; somebody may take the question back.
      while (!withdrawn.aborted) await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    }
    const line = typeof next === 'function' ? await next() : next;
    endIfAsked(this.signal);
    return line;
  }

  public close(): void {
    this.closed += 1;
  }
}

export const DESCRIPTION: VaultDescription = {
  distribution: 'openbao',
  mode: 'configured',
  development: false,
  addresses: ['https://127.0.0.1:8200'],
  storage: 'raft',
  seal: 'shamir',
  audit: [
    { path: 'file', type: 'file', options: { file_path: '/logs/audit.log' } },
    { path: 'stdout', type: 'file', options: { file_path: 'stdout' } },
  ],
  audit_enabled_by: 'configuration',
  operator_access: [],
};

/** Addresses of some nodes. */
export function addressesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `https://127.0.0.1:${8200 + i}`);
}

export interface SceneProps extends Partial<Omit<FakeVaultProps, 'clock' | 'addresses'>> {
  readonly environment?: string;
  readonly nodes?: number;
  readonly description?: Partial<VaultDescription>;
  readonly typed?: readonly Typed[];
  readonly isTerminal?: boolean;
  readonly variables?: Variables;
  readonly exitCode?: (program: string) => number;
  readonly isSaidToFile?: boolean;
}

/** A server of some nodes, people before it, and what they see. Where audit is configured, the server has it. */
export function scene(props: SceneProps = {}, folder = temporaryFolder()) {
  const { environment = 'shop-production', nodes: count = 1, typed = [], isTerminal = false } = props;
  const description = { ...DESCRIPTION, addresses: addressesOf(count), ...props.description };
  const clock = new FakeClock();
  const vault = new FakeVault({ ...props, addresses: description.addresses, clock });
  if (description.audit_enabled_by === 'configuration')
    for (const { path, type, options } of description.audit) vault.audit[`${path}/`] = { type, options };
  const controller = new AbortController();
  const input = new FakeInput(isTerminal, controller.signal, typed);
  const machine = new FakeMachine(READY, props.variables ?? {}, props.exitCode);
  const said: string[] = [];
  const printed: string[] = [];
  const outside: VaultSurroundings = {
    machine,
    clients: vault.clients,
    certificateOf: async () => undefined,
    input,
    clock,
    signal: controller.signal,
    folder,
    print: (text) => printed.push(text),
    say: (line) => said.push(line),
    isSaidToFile: props.isSaidToFile ?? false,
  };
  const nodes = new VaultNodes(environment, description, vault.clients, folder);
  return { vault, nodes, outside, clock, input, machine, folder, said, printed, controller };
}

/** What went wrong, line by line. */
export async function problemsOf(doing: Promise<unknown>): Promise<{ problems: string[]; exitCode: number }> {
  const failure = await doing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ name: 'OperationError' });
  const { problems, exitCode } = failure as { problems: string[]; exitCode: number };
  return { problems, exitCode };
}
