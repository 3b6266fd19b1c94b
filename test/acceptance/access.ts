import type { Deployment } from './deployment';
import { executed } from './engine';
import {
  allowed,
  containersOf,
  type ExpectedInstance,
  type ExpectedPlatform,
  type ExpectedSecret,
  splitPath,
} from './expectation';

/** What `/stand-in/read.py` prints. */
export interface Reading {
  readonly authenticated: boolean;
  readonly hvac: string;
  readonly policies: readonly string[];
  readonly results: Readonly<Record<string, ReadResult>>;
}

type ReadResult =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly error: string };

// The variable that read.py asks first.
const MOUNT_VARIABLE = 'VAULT_MOUNT_PATH';

/** Containers in which the client library runs: everything else knows no Vault. */
export function applicationsOf(platform: ExpectedPlatform): ExpectedInstance[] {
  return containersOf(platform).filter(({ service }) => service.standIn === 'app');
}

/**
 * Reads every secret that the platform knows, as a service does: inside its container, with its own token, address
 * and mount, by the client library.
 */
export async function readEverything({ platform }: Deployment, container: string): Promise<Reading> {
  const byMount = new Map<string, string[]>();
  for (const secret of Object.keys(platform.secrets)) {
    const [mount, path] = splitPath(secret);
    byMount.set(mount, [...(byMount.get(mount) ?? []), path]);
  }
  const readings = await Promise.all(
    [...byMount].map(async ([mount, paths]) => {
      // The mount that the service was told about is taken from its own variable, where it has one.
      const own = mount === platform.mount;
      const text = await executed(
        container,
        ['/stand-in/read.py', '--mount', mount, ...paths],
        own ? {} : { env: { [MOUNT_VARIABLE]: mount } },
      );
      const reading = JSON.parse(text) as Reading;
      const results = Object.entries(reading.results).map(([path, result]) => [`${mount}/${path}`, result]);
      return { ...reading, results: Object.fromEntries(results) } as Reading;
    }),
  );
  const [first] = readings;
  if (!first) throw new Error('there is nothing to read');
  return { ...first, results: Object.assign({}, ...readings.map(({ results }) => results)) };
}

/** What {@link readEverything} must give for a policy: the granted secrets with their values, and no others. */
export function expectedReading(deployment: Deployment, policyName: string): Reading {
  const { platform } = deployment;
  const policy = platform.policies[policyName];
  if (!policy) throw new Error(`the table has no policy '${policyName}'`);
  return {
    authenticated: true,
    hvac: platform.hvac,
    policies: ['default', policyName].sort(),
    results: Object.fromEntries(
      Object.entries(platform.secrets).map(([secret, expected]) => {
        const [mount, path] = splitPath(secret);
        const granted = allowed(policy, `${mount}/data/${path}`).includes('read');
        return [
          secret,
          granted
            ? { ok: true, data: expectedData(deployment, secret, expected) }
            : { ok: false, error: 'Forbidden' },
        ];
      }),
    ),
  };
}

/** The values of a secret, with a matcher for what is generated. */
export function expectedData(
  { supplied }: Deployment,
  secret: string,
  expected: ExpectedSecret,
): Record<string, unknown> {
  if ('runtime' in expected) return { ...expected.runtime };
  if ('map' in expected) return { ...supplied.secrets[secret] };
  return Object.fromEntries(
    Object.entries(expected.keys).map(([key, source]) => [
      key,
      typeof source === 'string'
        ? source
        : 'generated' in source
          ? expect.stringMatching(new RegExp(`^[A-Za-z0-9]{${source.generated}}$`))
          : supplied.secrets[secret]?.[key],
    ]),
  );
}

/** Every API path that somebody may try: those of all secrets and their folders, and those that govern Vault. */
export function allPaths(platform: ExpectedPlatform): string[] {
  const secrets = Object.keys(platform.secrets).map(splitPath);
  const ofSecrets = secrets.flatMap(([mount, path]) => [
    ...['data', 'metadata', 'delete', 'undelete', 'destroy'].map((api) => `${mount}/${api}/${path}`),
    ...path.split('/').map((_, depth, segments) => {
      const folder = segments.slice(0, depth).map((segment) => `${segment}/`);
      return `${mount}/metadata/${folder.join('')}`;
    }),
  ]);
  const [anyPolicy] = Object.keys(platform.policies);
  const ofVault = [
    'sys/mounts',
    `sys/mounts/${platform.mount}`,
    'sys/mounts/another',
    `sys/policies/acl/${anyPolicy}`,
    'sys/policies/acl/another',
    'sys/auth',
    'sys/auth/approle',
    'auth/approle/role/any',
    'auth/token/create',
    'sys/audit',
    'sys/audit/file',
    'sys/metrics',
    'sys/health',
    'sys/seal',
    'sys/raw/core',
    'sys/storage/raft/snapshot',
    // The mount of a server's own, where nobody of these platforms but the configuration service has to be.
    'secret/data/wrong',
    'secret/metadata/wrong',
  ];
  return [...new Set([...ofSecrets, ...ofVault])];
}

/** What a policy of the table must allow on all these paths. */
export function expectedCapabilities(
  platform: ExpectedPlatform,
  policyName: string,
): Record<string, string[]> {
  const policy = platform.policies[policyName];
  if (!policy) throw new Error(`the table has no policy '${policyName}'`);
  return Object.fromEntries(allPaths(platform).map((path) => [path, allowed(policy, path)]));
}

/** What the token inside a container may do, asked by the client library from there. */
export async function capabilitiesInside(
  { platform }: Deployment,
  container: string,
): Promise<Record<string, string[]>> {
  const text = await executed(container, ['/stand-in/capabilities.py'], {
    input: JSON.stringify(allPaths(platform)),
  });
  const answer = JSON.parse(text) as Record<string, string[]>;
  return Object.fromEntries(Object.entries(answer).map(([path, granted]) => [path, [...granted].sort()]));
}
