import type { App } from 'cdktf';
import { acknowledgementsIn } from '../../constructs/acknowledgement';
import type { Environment } from '../../constructs/environment';
import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { loadPolicyParser } from '../../policies/policy-text';
import { reviewedStacks } from '../../review/reviewed-environment';
import { RULES } from '../../review/rules';
import { openFindings, runRules } from '../../review/rules-run';
import type { Platform } from '../../stacks/platform';
import { testApp } from '../helper';
import { ENVIRONMENTS } from '../platforms/platform-facts';

beforeAll(loadPolicyParser);

/** What they come to in hardening is told by the score. */
const OF_POLICIES = RULES.filter(({ id }) => id.startsWith('VLT'));

type Declare = (app: App, environment: Environment) => Platform;

/** In every environment the same: rule, construct and path, from warnings on. Each is acknowledged. */
const FOUND: readonly (readonly [string, Declare, readonly string[]])[] = [
  [
    'bizosaas',
    bizosaas,
    [
      'VLT010 operator-policy: auth/*',
      'VLT010 operator-policy: sys/policies/acl/bizosaas-*',
      'VLT013 admin-dashboard-policy: bizosaas/data/platform/*',
      'VLT013 brain-gateway-policy: bizosaas/data/platform/*',
    ],
  ],
  ['config-service', configService, ['VLT010 config-operator-policy: sys/policies/acl/*']],
  ['zakupai', zakupai, ['VLT010 admin-policy: auth/*', 'VLT010 admin-policy: sys/policies/acl/*']],
];

describe.each(FOUND)('%s', (_, declare, found) => {
  test.each(ENVIRONMENTS)('in $name has these findings, acknowledged, and no other', (environment) => {
    const platform = declare(testApp(), environment);
    const { stacks } = platform;
    const jsons = new Map(
      // With cdktf's metadata, which its test helper leaves out.
      stacks.map((stack) => [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform())) as object]),
    );
    const acknowledgements = acknowledgementsIn(platform.node.root);
    const { findings } = runRules([reviewedStacks(jsons)], { rules: OF_POLICIES, acknowledgements });
    const shown = findings
      .filter(({ acknowledgement }) => acknowledgement)
      .map(({ id, stack, constructPath, seen }) => {
        const construct = constructPath?.replace(`${stack}/`, '').replace('/Resource', '');
        return `${id} ${construct}: ${/^path "([^"]*)"/.exec(seen)?.[1]}`;
      });
    expect(shown.sort()).toEqual(found);
    expect(openFindings(findings, 'warning')).toEqual([]);
  });
});
