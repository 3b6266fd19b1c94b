import type { App } from 'cdktf';
import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { SuppliedValues } from '../constructs/supplied-values';
import { counted } from '../policies/phrases';
import { Platform } from './platform';

/** What was synthesized, for people: per environment what it holds, what it asks for, and every warning. */
export function summary(app: App): string {
  const platforms = app.node
    .findAll()
    .filter((construct): construct is Platform => construct instanceof Platform);
  return `${platforms.map(describe).join('\n')}\n`;
}

function describe(platform: Platform): string {
  const [, access] = platform.stacks;
  const supplied = SuppliedValues.in(access)?.environmentVariables ?? [];
  const lines = [
    `${platform.node.id}: ${serverOf(platform)}`,
    ...platform.stacks.map(
      (stack) => `  ${stack.node.id.padEnd(44)} ${counted(resourcesOf(stack).length, 'resource')}`,
    ),
    `  ${counted(platform.services.size, 'service')}, ${counted(platform.identities.size, 'identity', 'identities')}, ${counted(platform.secrets.length, 'secret')}`,
    ...(supplied.length > 0
      ? [
          `  supplied by a person when first written: ${supplied.length === 1 ? '' : `${supplied.length} values`}`.trimEnd(),
          ...supplied.map((name) => `    ${name}`),
        ]
      : []),
    ...grouped(platform.stacks.flatMap(warningsOf)),
  ];
  return `${lines.join('\n')}\n`;
}

function serverOf({ vault: { distribution, description } }: Platform): string {
  const { mode, addresses, storage, seal, ca } = description;
  switch (mode) {
    case 'in-memory':
      return `${distribution.name} in memory, over HTTP`;
    case 'external':
      return `${distribution.name} of somebody else at ${addresses[0]}`;
    case 'configured': {
      const nodes = addresses.length === 1 ? '' : ` of ${addresses.length} nodes`;
      return `${distribution.name} over ${ca ? 'TLS' : 'HTTP'}, ${storage} storage${nodes}, ${seal} seal`;
    }
  }
}

/** The same warning of several constructs is one line. */
function grouped(warnings: readonly Warning[]): string[] {
  const paths = new Map<string, string[]>();
  for (const { text, path } of warnings) paths.set(text, [...(paths.get(text) ?? []), path]);
  return [...paths].map(([text, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return `  warning: [${first}]${more} ${text}`;
  });
}

interface Warning {
  readonly path: string;
  readonly text: string;
}

function resourcesOf(construct: IConstruct): IConstruct[] {
  return construct.node.findAll().filter((one) => TerraformResource.isTerraformResource(one));
}

function warningsOf(construct: IConstruct): Warning[] {
  return construct.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === '@cdktf/warn')
        .map(({ data }) => ({ path: node.path, text: String(data) })),
    );
}
