import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { loadPolicyParser } from '../../policies/policy-text';
import { hardeningScore } from '../../review/hardening-score';
import { type ReviewedEnvironment, reviewedStacks } from '../../review/reviewed-environment';
import type { Rule } from '../../review/rule';
import { RULES } from '../../review/rules';
import { type ReviewedName, runRules } from '../../review/rules-run';
import { PRODUCTION, STAGING, testApp } from '../helper';
import { declaredServer } from './declared-server';

beforeAll(loadPolicyParser);

const finding = { stack: 'shop', address: 'a.b', seen: 'seen', remedy: 'mend' };
const rule = (id: string, found: number, applies = true): Rule => ({
  id,
  level: 'info',
  title: id,
  applies: () => applies,
  check: () => Array.from({ length: found }, () => finding),
});

function scoreOf(environment: ReviewedEnvironment, rules: readonly Rule[] = RULES) {
  const { environments, findings } = runRules([environment], { rules });
  return hardeningScore(environments[0] as ReviewedName, findings);
}

test('items that can be judged and find nothing hold, other rules do not count', () => {
  const rules = [
    rule('HRD-A', 0),
    rule('HRD-B', 2),
    rule('HRD-C', 1, false),
    rule('VLT001', 1),
    rule('HRD-D', 0),
  ];
  expect(scoreOf(declaredServer({}), rules)).toEqual({
    environment: 'shop-production',
    held: 2,
    applying: 3,
    ids: { held: ['HRD-A', 'HRD-D'], missed: ['HRD-B'] },
  });
});

test('a server without flaws has all, each flaw takes one away, development has no score', () => {
  const { held, applying } = scoreOf(declaredServer({}));
  expect([held, applying]).toEqual([25, 25]);
  const worse = scoreOf(declaredServer({ container: { user: 'root', memory_swap: -1 } }));
  expect([worse.held, worse.applying, worse.ids.missed]).toEqual([23, 25, ['HRD-B01', 'HRD-B04']]);
  expect(scoreOf(declaredServer({ name: 'shop-development' })).applying).toBe(0);
});

/** A server on the host of its services. */
const MISSED = [
  ['bizosaas', bizosaas, ['HRD-B06']],
  ['config-service', configService, ['HRD-B06']],
  ['zakupai', zakupai, ['HRD-B06']],
] as const;

describe.each(MISSED)('%s', (_, declare, missed) => {
  test.each([STAGING, PRODUCTION])(
    'in $name misses these items alone, and none is an error',
    (environment) => {
      const { stacks } = declare(testApp(), environment);
      const jsons = stacks.map(
        (stack) => [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform()))] as const,
      );
      const reviewed = reviewedStacks(new Map(jsons));
      const { held, applying, ids } = scoreOf(reviewed);
      expect([held, applying, ids.missed]).toEqual([25 - missed.length, 25, missed]);
      const { findings } = runRules([reviewed], { rules: RULES.filter(({ id }) => id.startsWith('HRD-')) });
      expect(findings.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
    },
  );
});
