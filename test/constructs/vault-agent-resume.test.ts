import { SecretFile } from '../../constructs/secret-file';
import type { Platform } from '../../stacks/platform';
import { STAGING, testApp, testPlatform } from '../helper';
import { AgentShell, announceMissingShells, SHELLS } from './agent-shell';
import { container, variables } from './synthesized';

/** A text that looks like the part of the configuration that is exchanged. */
const MISLEADING = 'auto_auth {\n  method "other" {\n  }\n}\n/tmp & \\1';

/** A program whose agent keeps a token for it, and renders a file. */
function shop(environment = STAGING): Platform {
  const platform = testPlatform(testApp(), { environment });
  const password = platform.addMount('apps').addSuppliedSecret('monitor').value('password');
  platform.addBackingService('monitor', {
    containerName: 'shop-monitor',
    image: 'shop/monitor:1',
    user: '999:999',
    tokenFile: true,
    files: [SecretFile.text('monitor.yml', [MISLEADING, password])],
  });
  platform.addBackingService('database', {
    containerName: 'shop-database',
    image: 'postgres:16.4',
    user: '999:999',
    files: [SecretFile.value('password', password)],
  });
  return platform;
}

const command = (platform: Platform, name: string) => String(container(platform, name).command);

test('an agent that keeps no token, or whose server forgets, has nothing to go on with', () => {
  const development = testPlatform().environment;
  expect(command(shop(), 'shop-monitor-agent')).toContain('token renew');
  expect(command(shop(), 'shop-database-agent')).not.toContain('token renew');
  expect(command(shop(development), 'shop-monitor-agent')).not.toContain('token renew');
});

announceMissingShells();

describe.each(SHELLS)('in $name', ({ argv }) => {
  const platform = shop();
  const { distribution } = platform.vault;
  const shells: AgentShell[] = [];
  afterAll(() => {
    for (const shell of shells) shell.remove();
  });

  /** An agent that has unwrapped its secret-id, with what it left in memory and what the server will say to it. */
  function agent(token: string | undefined, ...renewals: readonly string[]): AgentShell {
    const shell = new AgentShell(
      container(platform, 'shop-monitor-agent'),
      distribution.dataDirectory,
      argv,
      distribution.binary,
    );
    shells.push(shell);
    shell.start('wrapping-1');
    if (token !== undefined) shell.write('secrets/token', token);
    shell.write('renewals', renewals.map((line) => `${line}\n`).join(''));
    return shell;
  }

  /** The configuration of an agent that logs in, as it was synthesized, in the folders of the test. */
  function rendered(shell: AgentShell): string {
    shell.write('secrets/token', '');
    shell.start('wrapping-1');
    return shell.read('tmp/agent.hcl');
  }

  const METHOD = / {2}method "approle" \{\n(?:.*\n)*? {2}\}\n/;

  test('the first start logs in, with the configuration as it was synthesized', () => {
    const shell = agent(undefined);
    expect(shell.start('wrapping-1').calls).toEqual(['agent -config=/tmp/agent.hcl']);
    expect(shell.read('tmp/agent.hcl')).toMatch(METHOD);
    expect(shell.has('tmp/token')).toBe(false);
    const { AGENT_CONFIGURATION = '' } = variables(platform, 'shop-monitor-agent');
    expect(shell.read('tmp/agent.hcl').split('\n')).toHaveLength(AGENT_CONFIGURATION.split('\n').length);
  });

  test('a later start goes on with the token that the program has, and nothing else is changed', () => {
    const shell = agent('the-token', 'renewed');
    const start = shell.start('wrapping-1');
    expect(start).toEqual({
      status: 0,
      stderr: '',
      calls: ['token renew', 'agent -config=/tmp/agent.hcl'],
    });
    expect(shell.read('renewed')).toBe('the-token\n');
    expect(shell.read('tmp/token')).toBe('the-token');
    expect(shell.modeOf('tmp/token')).toBe('600');
    const resumed = shell.read('tmp/agent.hcl');
    const folder = /"(.*)\/secrets\/token"/.exec(resumed)?.[1];
    expect(resumed).toBe(
      rendered(shell).replace(
        METHOD,
        `  method "token_file" {
    exit_on_err = true
    config = {
      token_file_path = "${folder}/tmp/token"
    }
  }
`,
      ),
    );
  });

  test.each(['Code: 403. Errors: permission denied', 'Code: 400. Errors: bad token'])(
    'a token that the server refuses is given up for a new one: %s',
    (refusal) => {
      const shell = agent('the-token', refusal);
      const start = shell.start('wrapping-1');
      expect(start).toEqual({
        status: 0,
        stderr: '',
        calls: ['token renew', 'agent -config=/tmp/agent.hcl'],
      });
      expect(shell.read('tmp/agent.hcl')).toMatch(METHOD);
      expect(shell.has('tmp/token')).toBe(false);
    },
  );

  test('a server that is sealed, busy or away is waited for: another token would be one that nobody has', () => {
    const shell = agent(
      'the-token',
      'Code: 503. Errors: Vault is sealed',
      'Code: 429. Errors: too many requests',
      'connect: connection refused',
      'renewed',
    );
    const { status, stderr, calls } = shell.start('wrapping-1');
    expect(calls).toEqual([
      ...Array.from({ length: 3 }, () => ['token renew', 'sleep 5']).flat(),
      'token renew',
      'agent -config=/tmp/agent.hcl',
    ]);
    expect(stderr).toBe('vault at https://shop-vault:8200 does not answer or is sealed\n'.repeat(3));
    expect(status).toBe(0);
    expect(shell.read('tmp/token')).toBe('the-token');
  });
});
