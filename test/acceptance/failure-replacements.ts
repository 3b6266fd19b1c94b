import * as tls from 'node:tls';
import { expectSuccess, run } from './command';
import { inspect, settled } from './engine';
import type { FailureEnvironment } from './failure-environment';
import { expectRefusal } from './failure-preflight';
import type { CurrentEnvironment } from './failure-suite';
import { OPENBAO } from './parts';

const SERVER = 'fail-solo-vault';

/** What replaces the container of the server, and what is another one afterwards. */
const CHANGES: Record<string, Replacement> = {
  'its certificate was renewed': {
    change: (environment) => environment.certificates('--renew'),
    seen: async (environment) => (await served(environment)).fingerprint256,
  },
  'its image is another': {
    // The same under another name, as a newer one would have.
    change: async (environment) => environment.replaceImage('vault', await environment.tagged(OPENBAO)),
    seen: async () => (await inspect([SERVER])).get(SERVER)?.Config.Image,
    by: 'digest',
  },
  'its configuration is another': {
    change: async (environment) => environment.declare({ server: 'changed' }),
    seen: async (environment) => (await served(environment, 'TLSv1.2').catch(() => undefined)) !== undefined,
  },
};

interface Replacement {
  change(environment: FailureEnvironment): Promise<void>;
  seen(environment: FailureEnvironment): Promise<unknown>;
  /** Whether its plan is made first, and the deploys are of that. @default they are of what is declared */
  readonly by?: 'digest';
}

/** A server that is replaced keeps what it has. */
export function replacementTests(current: CurrentEnvironment): void {
  let value: string;
  let token: string;

  beforeAll(async () => {
    value = await current().reads();
    token = await current().tokenIn();
  });

  test.each(Object.entries(CHANGES))(
    'when %s a deploy replaces the server, and nothing is lost',
    async (_, { change, seen, by }) => {
      const before = { look: await seen(current()), id: await idOf(SERVER), data: await dataVolume() };
      await change(current());
      const deploy = by === 'digest' ? await current().reviewed() : () => current().deploy();
      expectRefusal(await deploy(), /; run npm run vault -- unseal fail-solo-production$/m);
      expect(await idOf(SERVER)).not.toBe(before.id);
      expect(await dataVolume()).toEqual(before.data);
      expect(await seen(current())).not.toEqual(before.look);
      await current().unseal();
      // Containers of others go on as they are, with the tokens that they have.
      expect(await current().reads()).toBe(value);
      expectSuccess(await deploy());
      await settled([SERVER, 'fail-solo-reader-agent', 'fail-solo-reader']);
      expect(await current().reads()).toBe(value);
      expect(await current().tokenIn()).toBe(token);
      await current().expectEmptyPlans();
    },
  );
}

async function idOf(container: string): Promise<string | undefined> {
  return (await inspect([container])).get(container)?.Id;
}

/** The volume by its time: one of the same name that was made anew has another. */
async function dataVolume(): Promise<string> {
  return run('docker', ['volume', 'inspect', '--format', '{{.Name}} {{.CreatedAt}}', `${SERVER}-data`]);
}

/** The certificate that the server shows, in this version of TLS. */
function served(
  environment: FailureEnvironment,
  version: tls.SecureVersion = 'TLSv1.3',
): Promise<tls.PeerCertificate> {
  const { hostname: host, port } = new URL(environment.address());
  return new Promise((resolve, reject) => {
    const versions = { minVersion: version, maxVersion: version };
    const socket = tls.connect({ host, port: Number(port), ca: environment.ca, ...versions });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      socket.destroy();
      resolve(certificate);
    });
  });
}
