import * as fs from 'node:fs';
import type { VaultDescription } from '../constructs/vault-description';
import { operatorPolicy } from '../policies/operator-rules';
import { init } from './ceremony';
import { realClock } from './clock';
import { environmentNamed } from './environment-name';
import type { DeployableEnvironment } from './environments';
import { ProcessInput } from './hidden-input';
import { initFlags } from './init-options';
import { interruptions } from './interruption';
import { thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { operator } from './operator';
import { operatorStacks } from './operator-stacks';
import { quickInit, refuseOutsideDevelopment } from './quick-init';
import { root } from './root';
import { servedCertificate } from './served-certificate';
import { readStates } from './states';
import { status } from './status';
import { synthesis } from './synthesis';
import { unseal } from './unseal';
import { flagValues, type Subcommand, usage, type VaultArguments, vaultArguments } from './vault-arguments';
import { httpVaultClients } from './vault-client';
import { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

type Run = (
  environment: DeployableEnvironment,
  given: VaultArguments,
  outside: VaultSurroundings,
) => Promise<number>;

const COMMANDS: Readonly<Record<Subcommand, Run>> = {
  init: async (environment, { flags }, outside) => {
    const chosen = initFlags(flags);
    const description = keptDescription(environment, 'init');
    if (chosen.development) refuseOutsideDevelopment({ environment: environment.name, description });
    const nodes = keptServer(environment, 'init', outside);
    return chosen.development
      ? quickInit(nodes, await policyOf(environment, outside), outside)
      : init(nodes, chosen, await policyOf(environment, outside), outside);
  },
  unseal: async (environment, { flags }, outside) => {
    flagValues(flags, {});
    return unseal(keptServer(environment, 'unseal', outside), outside);
  },
  root: async (environment, { flags, command }, outside) => {
    const { restart } = flagValues(flags, { restart: { type: 'boolean' } });
    return root(keptServer(environment, 'root', outside), command, outside, { restart });
  },
  operator: async (environment, { flags }, outside) => {
    const { restart, 'new-password': newPasswordFor = [] } = flagValues(flags, {
      restart: { type: 'boolean' },
      'new-password': { type: 'string', multiple: true },
    });
    const nodes = keptServer(environment, 'operator', outside);
    return operator(nodes, await policyOf(environment, outside), { restart, newPasswordFor }, outside);
  },
  policy: async (environment, { flags }, outside) => {
    flagValues(flags, {});
    outside.print(await policyOf(environment, outside));
    return 0;
  },
  status: async (environment, { flags }, outside) => {
    const { json = false } = flagValues(flags, { json: { type: 'boolean' } });
    return status(serverOf(environment, outside), json, outside);
  },
};

/**
 * What people do with the keys of a server.
 *
 * @returns the exit code
 */
export async function vault(args: readonly string[], outside: VaultSurroundings): Promise<number> {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.some((arg) => arg === '--help' || arg === '-h')) {
    outside.print(usage());
    return 0;
  }
  const given = vaultArguments(args);
  const environment = environmentNamed(
    given.environment,
    await synthesis(outside.machine),
    `npm run vault -- ${given.subcommand}`,
  );
  try {
    return await COMMANDS[given.subcommand](environment, given, outside);
  } finally {
    outside.input.close();
  }
}

/** The policy of operators: for what is declared, and for what the next deploy takes away. */
async function policyOf(
  environment: DeployableEnvironment,
  { machine, say }: VaultSurroundings,
): Promise<string> {
  const found = await readStates(environment, machine);
  if ('problem' in found) {
    say(
      `warning: ${found.problem}; the policy is made without it, and will not do where a deploy takes something away`,
    );
  }
  return operatorPolicy(operatorStacks(environment, 'states' in found ? found.states : undefined)).render();
}

function descriptionOf({ name, stacks }: DeployableEnvironment): VaultDescription {
  const description = stacks.vault.vaultDescription;
  if (description) return description;
  throw new OperationError([
    `'${name}-vault' must describe its server, got a stack without it; synthesize it anew with npm run synth`,
  ]);
}

function serverOf(environment: DeployableEnvironment, outside: VaultSurroundings): VaultNodes {
  return new VaultNodes(environment.name, descriptionOf(environment), outside.clients, outside.folder);
}

/** A server whose keys are kept by people here. */
function keptServer(
  environment: DeployableEnvironment,
  subcommand: Subcommand,
  outside: VaultSurroundings,
): VaultNodes {
  keptDescription(environment, subcommand);
  return serverOf(environment, outside);
}

/** Told before the authority's certificate is read, which may be missing. */
function keptDescription(environment: DeployableEnvironment, subcommand: Subcommand): VaultDescription {
  const { name } = environment;
  const description = descriptionOf(environment);
  const { mode } = description;
  if (mode === 'configured') return description;
  const [why, remedy] =
    mode === 'external'
      ? [
          'which somebody else runs',
          `give its administrator the policy of npm run vault -- policy ${name}, and put the token into VAULT_TOKEN`,
        ]
      : ['which keeps nothing and unseals by itself', `run npm run deploy -- ${name}`];
  throw new OperationError(
    [
      `'vault ${subcommand}' must be for a server with keys of its own, got that of ${name}, ${why}; ${remedy}`,
    ],
    2,
  );
}

if (require.main === module) {
  const interruption = interruptions();
  void exitWith(() =>
    vault(process.argv.slice(2), {
      machine: thisMachine,
      clients: httpVaultClients,
      certificateOf: servedCertificate,
      input: new ProcessInput(process.stdin, process.stderr, interruption),
      clock: realClock,
      signal: interruption.signal,
      folder: process.cwd(),
      print: (text) => process.stdout.write(text),
      say: (line) => process.stderr.write(`${line}\n`),
      isSaidToFile: fs.fstatSync(process.stderr.fd).isFile(),
    }),
  );
}
