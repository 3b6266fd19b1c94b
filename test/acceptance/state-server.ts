import type { Construct } from 'constructs';
import { Distribution } from '../../constructs/distribution';
import type { Environment } from '../../constructs/environment';
import type { VaultDescription } from '../../constructs/vault-description';
import { VaultServer } from '../../constructs/vault-server';
import { eventually } from './command';
import { password, startContainer } from './state-store';
import { VaultClient } from './vault';

/** A Vault server for as long as the tests run. It is in memory; that its data does not last is no matter here. */
export interface RunningServer {
  readonly address: string;
  readonly token: string;
  readonly root: VaultClient;
  stop(): Promise<void>;
}

export async function startServer(image: string): Promise<RunningServer> {
  const token = `root-${password().replace(/\W/g, '')}`;
  const container = await startContainer(
    'vault',
    image,
    8200,
    { BAO_DEV_ROOT_TOKEN_ID: token, VAULT_DEV_ROOT_TOKEN_ID: token },
    ['server', '-dev', '-dev-no-store-token', '-dev-listen-address=0.0.0.0:8200'],
  );
  const address = `http://127.0.0.1:${container.port}`;
  const root = new VaultClient(address, token);
  await eventually('vault ready', () =>
    // The engine takes a connection before the server does, and then says nothing.
    fetch(`${address}/v1/sys/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { address, token, root, stop: container.remove };
}

/** That server, as the constructs see one that somebody else runs: with no token of its own. */
export class SomeServer extends VaultServer {
  public readonly distribution = Distribution.openBao('openbao/openbao:2.5.5');
  public readonly address: string;
  public readonly nodes: readonly string[];
  public readonly authority = undefined;
  public readonly developmentRootToken = undefined;
  public readonly clientSubnet = undefined;

  public constructor(
    scope: Construct,
    public readonly environment: Environment,
    public readonly hostAddress: string,
  ) {
    super(scope, 'server');
    this.address = hostAddress;
    this.nodes = [new URL(hostAddress).host];
  }

  public get description(): VaultDescription {
    throw new Error('nobody asks for it here');
  }
}
