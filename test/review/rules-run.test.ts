import { loadPolicyParser } from '../../policies/policy-text';
import type { Acknowledgement, Level, Rule } from '../../review/rule';
import { openFindings, runRules } from '../../review/rules-run';
import { declaredEnvironment, path } from './declared-environment';

beforeAll(loadPolicyParser);

const shop = () => declaredEnvironment({ policies: { crm: path('kv/data/crm', 'read') } });

function rule(id: string, level: Level, ...addresses: readonly string[]): Rule {
  return {
    id,
    level,
    title: `rule ${id}`,
    check: ({ name }) =>
      addresses.map((address) => ({
        stack: name,
        address,
        constructPath: `${name}/${address}/Resource`,
        seen: `saw ${address}`,
        remedy: 'mend it',
      })),
  };
}

const acknowledgement: Acknowledgement = {
  id: 'TST001',
  constructPath: 'shop-production/a',
  reason: 'it is a test',
  owner: 'platform team',
};

test('a finding says what, where, how bad and how to mend it', () => {
  expect(runRules([shop()], { rules: [rule('TST001', 'warning', 'a')] }).findings).toEqual([
    {
      id: 'TST001',
      level: 'warning',
      title: 'rule TST001',
      environment: 'shop-production',
      stack: 'shop-production',
      address: 'a',
      constructPath: 'shop-production/a/Resource',
      seen: 'saw a',
      remedy: 'mend it',
    },
  ]);
});

test('findings are in the order of environments, levels, ids and addresses, each once', () => {
  const other = declaredEnvironment({
    policies: { crm: path('kv/data/crm', 'read') },
    name: 'acme-production',
  });
  const { findings: found } = runRules([shop(), other], {
    rules: [
      rule('TST003', 'info', 'a'),
      rule('TST002', 'error', 'b', 'a', 'b'),
      rule('TST001', 'error', 'z'),
      rule('TST004', 'fatal', 'a'),
      rule('TST005', 'warning', 'a'),
    ],
  });
  const order = ['TST004 a', 'TST001 z', 'TST002 a', 'TST002 b', 'TST005 a', 'TST003 a'];
  expect(found.map(({ environment, id, address }) => `${environment} ${id} ${address}`)).toEqual(
    ['acme-production', 'shop-production'].flatMap((name) => order.map((one) => `${name} ${one}`)),
  );
});

test('a rule that does not apply finds nothing', () => {
  const never = { ...rule('TST001', 'error', 'a'), applies: () => false };
  const review = runRules([shop()], { rules: [never, rule('TST002', 'info')] });
  expect(review).toEqual({
    environments: [{ name: 'shop-production', isDevelopment: false, judged: ['ACK001', 'ACK002', 'TST002'] }],
    rules: [
      { id: 'ACK001', level: 'error', title: 'an acknowledgement is not of exactly one finding' },
      { id: 'ACK002', level: 'error', title: 'an acknowledgement has expired' },
      { id: 'TST001', level: 'error', title: 'rule TST001' },
      { id: 'TST002', level: 'info', title: 'rule TST002' },
    ],
    findings: [],
  });
});

test('acknowledgements of one environment leave the others alone', () => {
  const other = declaredEnvironment({
    policies: { crm: path('kv/data/crm', 'read') },
    name: 'acme-production',
  });
  const { findings: found } = runRules([shop(), other], {
    rules: [rule('TST001', 'error', 'a')],
    acknowledgements: [acknowledgement],
  });
  expect(found.map((one) => [one.environment, one.acknowledgement?.owner])).toEqual([
    ['acme-production', undefined],
    ['shop-production', 'platform team'],
  ]);
  expect(openFindings(found, 'error').map(({ environment }) => environment)).toEqual(['acme-production']);
});

test('an acknowledgement that is of nothing is a finding of the environment it is written in', () => {
  const { findings: found } = runRules([shop()], { rules: [], acknowledgements: [acknowledgement] });
  expect(found).toMatchObject([{ id: 'ACK001', level: 'error', environment: 'shop-production' }]);
});

test('an acknowledgement in a stack that nobody knows is told of all the same', () => {
  const elsewhere = { ...acknowledgement, constructPath: 'shop-staging-access/a' };
  const { environments, findings } = runRules([shop()], { rules: [], acknowledgements: [elsewhere] });
  expect(findings).toMatchObject([{ id: 'ACK001', environment: 'shop-staging-access' }]);
  expect(environments.map(({ name }) => name)).toEqual(['shop-production', 'shop-staging-access']);
});

test.each<[Level, readonly string[]]>([
  ['info', ['fatal', 'error', 'warning', 'info']],
  ['warning', ['fatal', 'error', 'warning']],
  ['error', ['fatal', 'error']],
  ['fatal', ['fatal']],
])('open from %s are %j', (from, levels) => {
  const rules = (['info', 'warning', 'error', 'fatal'] as const).map((level, i) =>
    rule(`TST00${i}`, level, 'a'),
  );
  expect(openFindings(runRules([shop()], { rules }).findings, from).map(({ level }) => level)).toEqual(
    levels,
  );
});
