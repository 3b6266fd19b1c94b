import type { App } from 'cdktf';
import { acknowledgementsIn } from '../../constructs/acknowledgement';
import type { Environment } from '../../constructs/environment';
import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { loadPolicyParser } from '../../policies/policy-text';
import { identityOf } from '../../review/container-identity';
import { type ReviewedEnvironment, reviewedStacks } from '../../review/reviewed-environment';
import { RULES } from '../../review/rules';
import { openFindings, runRules } from '../../review/rules-run';
import { agentsOf } from '../../review/vault-agents';
import { clientsOf } from '../../review/vault-clients';
import type { Platform } from '../../stacks/platform';
import { testApp } from '../helper';
import { ENVIRONMENTS } from '../platforms/platform-facts';

beforeAll(loadPolicyParser);

/** What they come to in hardening is told by the score. */
const OF_POLICIES = RULES.filter(({ id }) => id.startsWith('VLT'));
const OF_WIRING = RULES.filter(({ id }) => id.startsWith('WIR'));

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

function reviewedPlatform({ stacks }: Platform): ReviewedEnvironment {
  // With cdktf's metadata, which its test helper leaves out.
  const jsons = stacks.map(
    (stack) => [stack.node.id, JSON.parse(JSON.stringify(stack.toTerraform())) as object] as const,
  );
  return reviewedStacks(new Map(jsons));
}

describe.each(FOUND)('%s', (_, declare, found) => {
  test.each(ENVIRONMENTS)('in $name has these findings, acknowledged, and no other', (environment) => {
    const platform = declare(testApp(), environment);
    const acknowledgements = acknowledgementsIn(platform.node.root);
    const { findings } = runRules([reviewedPlatform(platform)], { rules: OF_POLICIES, acknowledgements });
    const shown = findings
      .filter(({ acknowledgement }) => acknowledgement)
      .map(({ id, stack, constructPath, seen }) => {
        const construct = constructPath?.replace(`${stack}/`, '').replace('/Resource', '');
        return `${id} ${construct}: ${/^path "([^"]*)"/.exec(seen)?.[1]}`;
      });
    expect(shown.sort()).toEqual(found);
    expect(openFindings(findings, 'warning')).toEqual([]);
  });

  test.each(ENVIRONMENTS)(
    'in $name is wired as every rule of wiring asks, also in development',
    (environment) => {
      const reviewed = reviewedPlatform(declare(testApp(), environment));
      const { environments, findings } = runRules([reviewed], { rules: OF_WIRING });
      expect(findings).toEqual([]);
      const judged = environments.flatMap((one) => one.judged);
      const otherwise = environment.isDevelopment ? ['WIR014', 'WIR016', 'WIR017'] : ['WIR015'];
      expect(OF_WIRING.map(({ id }) => id).filter((id) => !judged.includes(id))).toEqual(otherwise);
    },
  );

  test.each(ENVIRONMENTS)('in $name can be told who each container is', (environment) => {
    const reviewed = reviewedPlatform(declare(testApp(), environment));
    const clients = clientsOf(reviewed);
    expect(clients.length).toBeGreaterThan(3);
    const unknown = clients.filter(({ container }) => !identityOf(reviewed, container));
    expect(unknown.map(({ container }) => container.name)).toEqual([]);
    const unread = [...agentsOf(reviewed).values()].filter(({ configuration }) => !configuration);
    expect(unread.map(({ container }) => container.name)).toEqual([]);
  });
});
