import { type Finding, type Level, seenOnAnyLine } from './rule';
import type { Review, RuleTitle } from './rules-run';

export interface SarifOptions {
  /**
   * The file that holds a stack, as seen from the root of the repository.
   * @default cdktf.out/stacks/<stack>/cdk.tf.json
   */
  readonly fileOf?: (stack: string) => string;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** SARIF knows no level worse than an error. */
const LEVEL: Readonly<Record<Level, 'note' | 'warning' | 'error'>> = {
  info: 'note',
  warning: 'warning',
  error: 'error',
  fatal: 'error',
};

/** SARIF 2.1.0, for code scanning. What is acknowledged is there as suppressed, with who decided so and why. */
export function findingsSarif({ rules, findings }: Review, options: SarifOptions = {}): string {
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'vault-platforms', rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, index.get(finding.id), options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, level, title }: RuleTitle): object {
  return {
    id,
    shortDescription: { text: title },
    help: { text: `See docs/rules/${id}.md.` },
    defaultConfiguration: { level: LEVEL[level] },
    properties: { level },
  };
}

function result(finding: Finding, ruleIndex: number | undefined, options: SarifOptions): object {
  const { id, level, environment, stack, address, constructPath, seen, remedy, acknowledgement } = finding;
  const fileOf = options.fileOf ?? ((name) => `cdktf.out/stacks/${name}/cdk.tf.json`);
  return {
    ruleId: id,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVEL[level],
    message: { text: `${seen}; ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileOf(stack).split('/').map(encodeURIComponent).join('/') },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: `${stack}/${address}`, kind: 'resource' },
          ...(constructPath === undefined ? [] : [{ fullyQualifiedName: constructPath, kind: 'construct' }]),
        ],
      },
    ],
    // By which the next run knows it again.
    partialFingerprints: {
      'finding/v1': [id, stack, constructPath ?? address, seenOnAnyLine(finding)].join('|'),
    },
    properties: { environment, level },
    ...(acknowledgement && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${acknowledgement.reason} (${acknowledgement.owner}${acknowledgement.expires === undefined ? '' : `, until ${acknowledgement.expires}`})`,
        },
      ],
    }),
  };
}
