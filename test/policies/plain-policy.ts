import { type AnyCapability, capabilitySet, NONE } from '../../policies/capability';
import { type Parameters, type ParameterValue, UNCONDITIONAL } from '../../policies/conditions';
import { PathPattern } from '../../policies/path-pattern';
import type { Policy, PolicyRule } from '../../policies/policy';

/** A policy as plain data, which can be written as HCL for a server and as values for the code under test. */
export type PlainPolicy = readonly PlainBlock[];

/** Attributes have the names that they have in HCL. */
export interface PlainBlock {
  readonly path: string;
  readonly capabilities: readonly (AnyCapability | 'deny')[];
  readonly min_wrapping_ttl?: number;
  readonly max_wrapping_ttl?: number;
  readonly allowed_parameters?: PlainParameters;
  readonly denied_parameters?: PlainParameters;
  readonly required_parameters?: readonly string[];
  readonly pagination_limit?: number;
}

export type PlainParameters = Readonly<Record<string, readonly ParameterValue[]>>;

export function policyOf(name: string, blocks: PlainPolicy): Policy {
  return { name, rules: blocks.map((block, i) => ruleOf(name, block, i + 1)) };
}

export function hclOf(blocks: PlainPolicy): string {
  return blocks
    .map(({ path, ...attributes }) => {
      const lines = Object.entries(attributes).map(([name, value]) => `  ${name} = ${hclValue(value)}\n`);
      return `path ${JSON.stringify(path)} {\n${lines.join('')}}\n`;
    })
    .join('');
}

function ruleOf(policy: string, block: PlainBlock, line: number): PolicyRule {
  const denies = block.capabilities.includes('deny');
  return {
    pattern: PathPattern.of(block.path),
    capabilities: denies ? NONE : capabilitySet(block.capabilities as readonly AnyCapability[]),
    denies,
    conditions: denies
      ? UNCONDITIONAL
      : {
          ...UNCONDITIONAL,
          minWrappingTtl: block.min_wrapping_ttl ?? 0,
          maxWrappingTtl: block.max_wrapping_ttl ?? 0,
          allowedParameters: parametersOf(block.allowed_parameters),
          deniedParameters: parametersOf(block.denied_parameters),
          requiredParameters: block.required_parameters ?? [],
          paginationLimit: block.pagination_limit ?? 0,
        },
    origin: { policy, line },
  };
}

function parametersOf(plain: PlainParameters | undefined): Parameters | undefined {
  return plain && new Map(Object.entries(plain).map(([name, values]) => [name.toLowerCase(), values]));
}

function hclValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hclValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)} = ${hclValue(one)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return JSON.stringify(value);
}
