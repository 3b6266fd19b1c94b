import { applicationsOf, type Reading } from './access';
import { attempt, type CommandResult } from './command';
import { executed } from './engine';
import { nodesOf, splitPath } from './expectation';
import { hasProgram } from './holders';
import { softwareOf } from './identities';
import type { Current } from './platform-suite';

/** What curl ends with when it does not trust who answers, and when the two do not agree on a version of TLS. */
const UNTRUSTED = 60;
const NO_HANDSHAKE = 35;

/** Every connection to the server is by TLS 1.3, with a certificate of the environment's authority. */
export function tlsTests(current: Current): void {
  const hasCurl = hasProgram('curl');
  if (!hasCurl && process.env.REQUIRE_ACCEPTANCE)
    throw new Error('REQUIRE_ACCEPTANCE is set and there is no curl');
  const testWithCurl = hasCurl ? test : test.skip;
  const title = hasCurl ? '' : ' (skipped: there is no curl)';

  testWithCurl(
    `curl trusts every node by its name with the authority, and none without${title}`,
    async () => {
      const { caFile, platform } = current();
      for (const [i, node] of nodesOf(platform).entries()) {
        const port = platform.vault.hostPort + i;
        for (const name of [platform.vault.containerName, node, 'localhost']) {
          const at = [`https://${name}:${port}/v1/sys/seal-status`, '--resolve', `${name}:${port}:127.0.0.1`];
          const { code, stdout, output } = await curl('--cacert', caFile, ...at);
          expect([name, code, output]).toEqual([name, 0, expect.any(String)]);
          expect(JSON.parse(stdout.toString('utf8'))).toMatchObject({ initialized: true, sealed: false });
          expect([name, (await curl(...at)).code]).toEqual([name, UNTRUSTED]);
        }
        const byAddress = [`https://127.0.0.1:${port}/v1/sys/seal-status`];
        expect([node, (await curl('--cacert', caFile, ...byAddress)).code]).toEqual([node, 0]);
        const another = [`https://another:${port}/`, '--resolve', `another:${port}:127.0.0.1`];
        expect([node, (await curl('--cacert', caFile, ...another)).code]).toEqual([node, UNTRUSTED]);
      }
    },
  );

  testWithCurl(`nothing but TLS 1.3 is spoken to${title}`, async () => {
    const { caFile, platform } = current();
    for (const [i] of nodesOf(platform).entries()) {
      const host = `127.0.0.1:${platform.vault.hostPort + i}`;
      const old = await curl('--cacert', caFile, '--tls-max', '1.2', `https://${host}/v1/sys/health`);
      expect([host, old.code]).toEqual([host, NO_HANDSHAKE]);
      const plain = await curl('--write-out', '%{http_code}', `http://${host}/v1/sys/health`);
      expect(plain.stdout.toString('utf8')).toMatch(/HTTP request to an HTTPS server.*400$/s);
    }
  });

  test('the client library in an application trusts the server by the variable, and refuses it without', async () => {
    const { platform } = current();
    const [application] = applicationsOf(platform);
    const container = application?.containerName ?? '';
    const [mount, path] = splitPath(Object.keys(platform.secrets)[0] ?? '');
    const read = ['/stand-in/read.py', '--mount', mount, path];
    const trusting = JSON.parse(await executed(container, read)) as Reading;
    expect(trusting).toMatchObject({ authenticated: true, hvac: platform.hvac });
    const lonely = JSON.parse(await executed(container, ['env', '-u', 'VAULT_CACERT', ...read])) as Reading;
    expect(lonely).toMatchObject({
      authenticated: false,
      results: { [path]: { ok: false, error: 'SSLError' } },
    });
  });

  test('the private key of the server is where the server alone can read it', async () => {
    const { platform, parts } = current();
    const key = `${softwareOf(parts).home}/config/server-key.pem`;
    for (const node of nodesOf(platform)) {
      expect((await executed(node, ['stat', '-c', '%a %u', key])).trim()).toBe('400 100');
    }
    for (const { containerName } of applicationsOf(platform)) {
      expect(await executed(containerName, ['ls', '/vault/tls'])).toBe('ca.pem\n');
    }
  });
}

function curl(...args: string[]): Promise<CommandResult> {
  // What a developer keeps at home must not decide.
  return attempt('curl', ['--disable', '--silent', '--show-error', '--noproxy', '*', ...args]);
}
