import { Distribution } from '../../constructs/distribution';
import { STAGING, testApp, testPlatform } from '../helper';
import { AgentShell, announceMissingShells, SHELLS, type Start } from './agent-shell';
import { container, only, variables } from './synthesized';

const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

/** A command for a person, in the folder of the stack. */
const REMEDY =
  /terraform apply -replace=vault_approle_auth_backend_role_secret_id\.[\w-]+ in cdktf\.out\/stacks\/shop-staging-services$/m;

/** A platform with one service, whose server keeps what is written. */
function shop(distribution = OPENBAO) {
  const platform = testPlatform(testApp(), {
    environment: STAGING,
    vault: { containerName: 'shop-vault', distribution },
  });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    user: '1000:1000',
    reads: [platform.addMount('apps').everything()],
  });
  return platform;
}

test('the secret-id is wrapped, bound to the subnet and as long-lived as the role says', () => {
  expect(only(shop().stacks[2], 'vault_approle_auth_backend_role_secret_id')).toEqual({
    backend: 'approle',
    role_name: 'shop-billing',
    cidr_list: ['172.28.99.0/24'],
    metadata: '{"container":"shop-billing"}',
    ttl: 31536000,
    wrapping_ttl: '15m',
    with_wrapped_accessor: true,
  });
});

test('the agent logs in with its files, keeps them, and tries often after an unseal', () => {
  const { AGENT_CONFIGURATION = '' } = variables(shop(), 'shop-billing-agent');
  expect(/^ {2}method(.|\n)*?\n {2}\}$/m.exec(AGENT_CONFIGURATION)?.[0]).toMatchInlineSnapshot(`
    "  method "approle" {
        max_backoff = "15s"
        config = {
          role_id_file_path                   = "/tmp/role-id"
          secret_id_file_path                 = "/openbao/file/secret-id"
          remove_secret_id_file_after_reading = false
        }
      }"
  `);
});

test('the agent is given the wrapping token alone, and a volume that nothing else mounts', () => {
  const platform = shop();
  const { AGENT_CONFIGURATION: _, ...others } = variables(platform, 'shop-billing-agent');
  expect(others).toEqual({
    HOME: '/tmp',
    ROLE_ID: 'shop-billing',
    VAULT_ADDR: 'https://shop-vault:8200',
    VAULT_CACERT: '/vault/tls/ca.pem',
    WRAPPED_SECRET_ID: expect.stringMatching(
      /^\$\{vault_approle_auth_backend_role_secret_id\.[\w-]+\.wrapping_token\}$/,
    ),
  });
  const mounting = ['shop-billing', 'shop-billing-agent', 'shop-vault'].filter((name) =>
    JSON.stringify(container(platform, name).volumes).includes('shop-billing-identity'),
  );
  expect(mounting).toEqual(['shop-billing-agent']);
});

announceMissingShells();

describe.each(SHELLS)('in $name', ({ argv }) => {
  const shells: AgentShell[] = [];
  afterAll(() => {
    for (const shell of shells) shell.remove();
  });

  function agent(distribution = OPENBAO): AgentShell {
    const { dataDirectory, binary } = distribution;
    const shell = new AgentShell(
      container(shop(distribution), 'shop-billing-agent'),
      dataDirectory,
      argv,
      binary,
    );
    shells.push(shell);
    return shell;
  }

  const goesOn = (start: Start) => {
    expect(start).toMatchObject({ status: 0, stderr: '' });
    expect(start.calls.at(-1)).toBe('agent -config=/tmp/agent.hcl');
  };

  test.each([VAULT, OPENBAO])(
    'the first start unwraps the secret-id, for its own eyes: $name',
    (distribution) => {
      const shell = agent(distribution);
      goesOn(shell.start('wrapping-1'));
      expect(shell.read('identity/secret-id')).toBe('secret-id in wrapping-1');
      expect(shell.modeOf('identity/secret-id')).toBe('600');
      expect(shell.read('tmp/role-id')).toBe('shop-billing');
      expect(shell.modeOf('tmp/role-id')).toBe('600');
      expect(shell.read('tmp/agent.hcl')).toContain('/identity/secret-id"');
      // What the agent writes from here on is for its group too.
      expect(shell.read('umask')).toMatch(/^0*027\n$/);
    },
  );

  test('the agent itself does not have the wrapping token, and nobody has it as an argument', () => {
    const shell = agent();
    const { calls } = shell.start('wrapping-1');
    expect(shell.environment.filter((pair) => /^(WRAPPED_SECRET_ID|VAULT_TOKEN)=/.test(pair))).toEqual([]);
    expect(calls).toEqual(['status', 'unwrap -field=secret_id', 'agent -config=/tmp/agent.hcl']);
    expect(shell.read('identity/wrapped')).not.toContain('wrapping-1');
  });

  test('a later start goes on with what the first one unwrapped, also while the server is sealed', () => {
    const shell = agent();
    shell.start('wrapping-1');
    shell.write('status', '2');
    const later = shell.start('wrapping-1');
    goesOn(later);
    expect(later.calls).toEqual(['agent -config=/tmp/agent.hcl']);
    expect(shell.read('identity/secret-id')).toBe('secret-id in wrapping-1');
  });

  test('a new wrapping token is unwrapped in its turn', () => {
    const shell = agent();
    shell.start('wrapping-1');
    goesOn(shell.start('wrapping-2'));
    expect(shell.read('identity/secret-id')).toBe('secret-id in wrapping-2');
    expect(shell.modeOf('identity/secret-id')).toBe('600');
    expect(shell.start('wrapping-2').calls).toEqual(['agent -config=/tmp/agent.hcl']);
  });

  test.each([
    ['at the first start', []],
    ['when there is an older secret-id', ['wrapping-1']],
  ])('fails and says so when somebody else unwrapped before: %s', (_, before) => {
    const shell = agent();
    for (const token of before) shell.start(token);
    shell.write('used', 'wrapping-2');
    // Each start raises the alarm again, and none goes on with what was there before.
    for (const { status, stderr, calls } of [shell.start('wrapping-2'), shell.start('wrapping-2')]) {
      expect(status).toBe(1);
      expect(stderr).toContain('the secret-id of role shop-billing was unwrapped before, or its time ended');
      expect(stderr).not.toContain('wrapping-2');
      expect(stderr).toMatch(REMEDY);
      expect(calls).toEqual(['status', 'unwrap -field=secret_id', 'sleep 5']);
    }
    expect(shell.has('identity/secret-id')).toBe(before.length > 0);
  });

  test.each([
    ['sealed', '2'],
    ['away', '1'],
  ])('a server that is %s is no alarm: the start ends without touching the wrapping token', (_, status) => {
    const shell = agent();
    shell.write('status', status);
    const start = shell.start('wrapping-1');
    expect(start).toMatchObject({ status: 1, calls: ['status', 'sleep 5'] });
    expect(start.stderr).toBe('vault at https://shop-vault:8200 does not answer or is sealed\n');
    shell.write('status', '0');
    goesOn(shell.start('wrapping-1'));
  });
});
