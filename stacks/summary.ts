import type { App } from 'cdktf';
import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { SuppliedValues } from '../constructs/supplied-values';
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
  const containers = [...platform.services.values()].length;
  const lines = [
    `${platform.node.id}`,
    ...platform.stacks.map(
      (stack) => `  ${stack.node.id.padEnd(44)} ${count(resourcesOf(stack).length, 'resource')}`,
    ),
    `  ${count(containers, 'service')}, ${count(platform.identities.size, 'identity', 'identities')}, ${count(platform.secrets.length, 'secret')}`,
    ...(supplied.length > 0
      ? [
          `  supplied by a person when first written: ${supplied.length === 1 ? '' : `${supplied.length} values`}`.trimEnd(),
          ...supplied.map((name) => `    ${name}`),
        ]
      : []),
    ...platform.stacks.flatMap(warningsOf).map((warning) => `  warning: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}

function resourcesOf(construct: IConstruct): IConstruct[] {
  return construct.node.findAll().filter((one) => TerraformResource.isTerraformResource(one));
}

function warningsOf(construct: IConstruct): string[] {
  return construct.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => `[${node.path}] ${data}`),
    );
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
