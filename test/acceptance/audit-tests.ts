import { run } from './command';
import type { Deployment } from './deployment';
import { executed } from './engine';
import { type ExpectedPlatform, nodesOf, splitPath } from './expectation';
import { softwareOf } from './identities';
import { everySecret } from './known-secrets';
import type { Current } from './platform-suite';
import { heldBy } from './secrecy';

/** As much of a line as the tests look at. */
interface Entry {
  readonly type: string;
  readonly time: string;
  readonly auth?: { readonly policies?: readonly string[]; readonly display_name?: string };
  readonly request?: {
    readonly operation: string;
    readonly path: string;
    readonly client_token?: string;
    readonly data?: Readonly<Record<string, unknown>>;
  };
  readonly response?: { readonly data?: Readonly<Record<string, unknown>> };
}

/** Every request of everybody is written down twice, from the first one, and no value with it. */
export function auditTests(platform: ExpectedPlatform, current: Current): void {
  test('both audit devices have had every request since the key ceremony', async () => {
    for (const logs of [await files(current()), await outputs(current())]) {
      const entries = entriesOf(logs);
      const operations = entries
        .filter(({ type }) => type === 'request')
        .map(({ request }) => `${request?.operation} ${request?.path}`);
      // The very first that root did, and the last.
      const [first] = entries.filter(({ auth }) => auth?.policies?.includes('root'));
      const policy = operations.findIndex((one) => one.endsWith(' sys/policies/acl/operator'));
      const revocation = operations.indexOf('update auth/token/revoke-self');
      expect(first).toBeDefined();
      expect(policy).toBeGreaterThanOrEqual(0);
      expect(revocation).toBeGreaterThan(policy);
      // What Terraform and the agents did later.
      const written = Object.entries(platform.secrets)
        .filter(([, secret]) => !('runtime' in secret))
        .map(([secret]) => splitPath(secret))
        .map(([mount, path]) => `create ${mount}/data/${path}`);
      expect(operations).toEqual(expect.arrayContaining(written));
      expect(operations).toContain('update auth/approle/login');
      expect(operations.indexOf(written[0] ?? '')).toBeGreaterThan(revocation);
    }
  });

  test('the audit has hashes in place of every token and every value', async () => {
    const text = [...(await files(current())), ...(await outputs(current()))].join('\n');
    expect(heldBy(text, await everySecret(current()))).toEqual([]);
    const entries = entriesOf(text.split('\n'));
    const tokens = entries.flatMap(({ request }) => request?.client_token ?? []);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.filter((one) => !one.startsWith('hmac-sha256:'))).toEqual([]);
    const reads = entries.filter(
      ({ type, request, response }) =>
        type === 'response' &&
        request?.operation === 'read' &&
        request.path.includes('/data/') &&
        response?.data,
    );
    expect(reads.length).toBeGreaterThan(0);
    const values = reads.flatMap(({ response }) => Object.values((response?.data?.data as object) ?? {}));
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((one) => !String(one).startsWith('hmac-sha256:'))).toEqual([]);
  });
}

/** The lines of the file that each node writes. */
function files({ platform, parts }: Deployment): Promise<string[]> {
  const file = `${softwareOf(parts).home}/logs/file.log`;
  return Promise.all(nodesOf(platform).map((node) => executed(node, ['cat', file])));
}

/** The same, beside the log of each server. */
function outputs({ platform }: Deployment): Promise<string[]> {
  return Promise.all(nodesOf(platform).map((node) => run('docker', ['logs', node])));
}

/** In the order of time: of several nodes one after another was active. */
function entriesOf(texts: readonly string[]): Entry[] {
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Entry)
    .filter(({ type }) => type === 'request' || type === 'response')
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
