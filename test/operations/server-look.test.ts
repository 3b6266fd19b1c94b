import { Environments } from '../../operations/environments';
import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import { isFit, ServerLook } from '../../operations/server-look';
import { type FakeNode, FakeServers } from './fake-vault';
import { FakeMachine, synthesizedProject } from './fakes';
import { serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));

const STATES = { vault: NEVER_DEPLOYED, access: NEVER_DEPLOYED, services: NEVER_DEPLOYED };

function looking(
  name: string,
  nodes: Readonly<Record<string, FakeNode>>,
  inMemory: 'must answer' | 'is brought up' = 'must answer',
  variables = {},
) {
  const environment = new Environments('cdktf.out').get(name);
  const { clients } = new FakeServers(nodes);
  return new ServerLook(environment, new FakeMachine(undefined, variables), clients, inMemory);
}

describe('a server in memory', () => {
  beforeEach(() => process.chdir(synthesizedProject()));

  test.each([
    ['must answer', {}, false],
    ['must answer', { 'http://127.0.0.1:8200': {} }, true],
    ['is brought up', {}, true],
  ] as const)('that %s is fit with %j: %s', async (inMemory, nodes, expected) => {
    expect(isFit(await looking('shop-development', nodes, inMemory).look(STATES))).toBe(expected);
  });

  test('that does not answer asks for no value', async () => {
    expect((await looking('shop-development', {}).look(STATES)).missing).toEqual([]);
  });

  test('asks for what is missing, without what was supplied since', async () => {
    const look = looking('shop-development', { 'http://127.0.0.1:8200': {} });
    const names = async (variables = {}) =>
      (await look.look(STATES, undefined, variables)).missing.map((one) => one.environmentVariable).sort();
    expect(await names()).toEqual(['TF_VAR_apps_legacy', 'TF_VAR_apps_mail_key']);
    expect(await names({ TF_VAR_apps_legacy: '{"a":"1"}' })).toEqual(['TF_VAR_apps_mail_key']);
  });
});

describe('what was found stands', () => {
  beforeEach(async () => process.chdir(await serverProject()));
  const SEALED = { sealed: true };

  test.each([
    [
      'not of a server of its own that is sealed',
      'forge-development',
      'http://127.0.0.1:8210',
      SEALED,
      false,
    ],
    ['of one whose token will not do', 'forge-development', 'http://127.0.0.1:8210', {}, true],
    ['of somebody else’s that is sealed', 'quarry-production', 'https://vault.example:8200', SEALED, true],
  ])('%s', async (_, name, address, node, expected) => {
    const look = looking(name, { [address]: node }, 'must answer', { VAULT_TOKEN: 'hvs.other' });
    const found = await look.look(STATES);
    expect(found.check.problems).toHaveLength(1);
    expect([look.stands(found), isFit(found)]).toEqual([expected, false]);
  });
});
