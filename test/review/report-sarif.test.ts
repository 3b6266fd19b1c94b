import { loadPolicyParser } from '../../policies/policy-text';
import { findingsSarif } from '../../review/report-sarif';
import { runRules } from '../../review/rules-run';
import { declaredEnvironment, path } from './declared-environment';
import { ACCEPTED, INFO, NOTHING, OPEN, REVIEW } from './made-review';

beforeAll(loadPolicyParser);

/** As much of SARIF as is written, with what its schema requires. */
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string; readonly kind: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly Readonly<Record<string, string>>[];
}

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly help: { readonly text: string };
          readonly defaultConfiguration: { readonly level: string };
        }[];
      };
    };
    readonly results: readonly Result[];
  }[];
}

function runOf(sarif: string): Log['runs'][0] {
  const { runs } = JSON.parse(sarif) as Log;
  expect(runs).toHaveLength(1);
  return runs[0] as Log['runs'][0];
}

test('the log says which version of SARIF it is', () => {
  const { $schema, version } = JSON.parse(findingsSarif(REVIEW)) as Log;
  expect(version).toBe('2.1.0');
  expect($schema).toMatch(/^https:\/\/.*\/sarif-schema-2\.1\.0\.json$/);
});

test('a finding is a result of its rule, where it is and how to mend it', () => {
  const [result] = runOf(findingsSarif(REVIEW)).results;
  expect(result).toEqual({
    ruleId: 'TST002',
    ruleIndex: 1,
    level: 'error',
    message: { text: `${OPEN.seen}; narrow it` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'cdktf.out/stacks/shop-production-access/cdk.tf.json' },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: 'shop-production-access/vault_policy.crm_1A2B', kind: 'resource' },
          { fullyQualifiedName: 'shop-production-access/crm-policy/Resource', kind: 'construct' },
        ],
      },
    ],
    partialFingerprints: {
      'finding/v1':
        'TST002|shop-production-access|shop-production-access/crm-policy/Resource|path "kv/data/*" { read } of policy crm is & stays "wide"',
    },
    properties: { environment: 'shop-production', level: 'error' },
  });
});

test('what is acknowledged is suppressed, and nothing else is', () => {
  const { results } = runOf(findingsSarif(REVIEW));
  expect(results.map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'two people & an audit log (platform team, until 2027-01-31)',
      },
    ],
    undefined,
  ]);
});

test.each([
  ['info', 'note'],
  ['warning', 'warning'],
  ['error', 'error'],
  ['fatal', 'error'],
] as const)('level %s is %s', (level, written) => {
  const rules = [{ id: 'TST002', level, title: 'a test' }];
  const run = runOf(findingsSarif({ ...REVIEW, rules, findings: [{ ...OPEN, level }] }));
  expect(run.results[0]?.level).toBe(written);
  expect(run.tool.driver.rules[0]?.defaultConfiguration.level).toBe(written);
});

test('a file is named by an address that is one', () => {
  const { results } = runOf(findingsSarif({ ...REVIEW, findings: [INFO] }));
  expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
    'cdktf.out/stacks/odd%20stack/%C3%BC/cdk.tf.json',
  );
});

test('the files of another project are elsewhere', () => {
  const { results } = runOf(
    findingsSarif({ ...REVIEW, findings: [ACCEPTED] }, { fileOf: (stack) => `infra/${stack}.tf.json` }),
  );
  expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
    'infra/shop-production-access.tf.json',
  );
});

test('every field that the schema requires, and that code scanning reads, is there for real rules', () => {
  const environment = declaredEnvironment({
    policies: { crm: path('kv/crm*', 'read') + path('sys/policies/acl/*', 'update') },
  });
  const { tool, results } = runOf(findingsSarif(runRules([environment])));
  const { name, rules } = tool.driver;
  expect(name).not.toBe('');
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.shortDescription.text).not.toBe('');
    expect(rule.help.text).toBe(`See docs/rules/${rule.id}.md.`);
    expect(['none', 'note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
  }
  expect(results.map(({ ruleId }) => ruleId)).toEqual(['VLT005', 'HRD-B23', 'HRD-B23', 'VLT010']);
  for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
    expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(['none', 'note', 'warning', 'error']).toContain(level);
    expect(message.text).not.toBe('');
    expect(locations).toHaveLength(1);
    for (const { physicalLocation, logicalLocations } of locations) {
      expect(physicalLocation.artifactLocation.uri).toMatch(/^[^ \\]+$/);
      expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
      for (const one of logicalLocations) expect(one.fullyQualifiedName).not.toBe('');
    }
    expect(Object.values(partialFingerprints).every((one) => typeof one === 'string' && one !== '')).toBe(
      true,
    );
  }
});

test('nothing found is a log without results', () => {
  const run = runOf(findingsSarif(NOTHING));
  expect(run.results).toEqual([]);
  expect(run.tool.driver.rules).toEqual([]);
});
