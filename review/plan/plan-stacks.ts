import type { StackSource } from '../../access/stack-source';
import { blockAddress } from '../../policies/terraform-blocks';
import type { Attributes, TerraformJson } from '../../policies/terraform-json';
import type { Plan, PlannedChange, StateValues } from './plan';
import { attributesOf } from './plan-attributes';
import { type PlanInstance, PlanModules, type PlanSides, sidesOf } from './plan-instances';
import { PlanLabels } from './plan-labels';
import { PlanProviders } from './plan-providers';
import { PlanReferences } from './plan-references';
import { PlanTexts } from './plan-texts';

/** A stack before and after an apply. */
export interface PlanStacks {
  readonly before: StackSource;
  readonly after: StackSource;
}

export interface PlanStackOptions {
  /** Of the stack. */
  readonly name: string;
  /** What holds the plan, as a person finds it. @default the name */
  readonly file?: string;
  /** @default none */
  readonly dependencies?: readonly string[];
}

/**
 * Two stacks out of a plan, as a synth would have them: what is there before an apply and what is there after it. Each
 * instance is a block of its own, which goes by the address that Terraform gives it. Secrets are left behind.
 */
export function planStacks(
  plan: Plan,
  { name, file = name, dependencies = [] }: PlanStackOptions,
): PlanStacks {
  const modules = new PlanModules(plan.configuration?.root_module);
  const sides = sidesOf(plan, modules);
  const labels = new PlanLabels();
  const stack = (side: keyof PlanSides): StackSource => {
    const writer = new PlanWriter(plan, modules, sides, side, labels);
    return { name, file, dependencies, json: writer.json, addresses: writer.addresses };
  };
  return { before: stack('before'), after: stack('after') };
}

/** Writes one side of a plan. */
class PlanWriter {
  private readonly instances: readonly PlanInstance[];
  private readonly others: ReadonlyMap<string, PlanInstance>;
  private readonly texts: PlanTexts;
  private readonly references: PlanReferences;
  private readonly providers: PlanProviders;
  private readonly values: StateValues | undefined;

  public constructor(
    private readonly plan: Plan,
    modules: PlanModules,
    sides: PlanSides,
    private readonly side: keyof PlanSides,
    private readonly labels: PlanLabels,
  ) {
    this.instances = [...sides[side].values()];
    this.others = sides[side === 'before' ? 'after' : 'before'];
    this.texts = new PlanTexts(this.instances, this.nameOf);
    this.references = new PlanReferences(this.instances, modules);
    this.providers = new PlanProviders(plan, this.texts);
    this.values = side === 'before' ? plan.prior_state?.values : plan.planned_values;
  }

  public get json(): TerraformJson {
    const written = { resource: {}, data: {} } as Record<
      PlanInstance['kind'],
      Record<string, Record<string, Attributes>>
    >;
    for (const one of this.instances) {
      const ofType = written[one.kind];
      const blocks = ofType[one.type] ?? {};
      ofType[one.type] = blocks;
      blocks[this.labels.of(one)] = this.blockOf(one);
    }
    for (const [label, { type }] of this.deferred) {
      written.resource[type] = { ...written.resource[type], [label]: { count: '${known_after_apply()}' } };
    }
    return { ...written, provider: this.providers.json, output: this.outputs };
  }

  /** By what the blocks would be called. */
  public get addresses(): ReadonlyMap<string, string> {
    return new Map([
      ...this.instances.map((one) => [this.nameOf(one), one.address] as const),
      ...[...this.deferred].map(([label, { type, address }]) => [`${type}.${label}`, address] as const),
    ]);
  }

  /** What a later plan alone can tell of, by labels that no instance has. */
  private get deferred(): ReadonlyMap<string, PlannedChange> {
    if (this.side === 'before') return new Map();
    const changes = (this.plan.deferred_changes ?? []).flatMap((one) => one.resource_change ?? []);
    const created = changes.filter(
      ({ mode, change }) => mode !== 'data' && change.actions.includes('create'),
    );
    return new Map(created.map((one, i) => [`deferred--${i}`, one]));
  }

  /** What other stacks read of this one: those that are known and no secret. */
  private get outputs(): TerraformJson['output'] {
    const { outputs = {} } = this.values ?? {};
    return Object.fromEntries(
      Object.entries(outputs)
        .filter(([, { sensitive, value }]) => !sensitive && typeof value === 'string')
        .map(([name, { value }]) => [name, { value: this.texts.written(value as string) }]),
    );
  }

  private blockOf(instance: PlanInstance): Attributes {
    const { texts, references, nameOf } = this;
    const provider = this.providers.of(instance);
    return {
      ...attributesOf(instance, this.others.get(instance.address), { texts, references, nameOf }),
      ...(provider !== undefined && { provider }),
    };
  }

  private readonly nameOf = (instance: PlanInstance): string =>
    blockAddress(instance.kind, instance.type, this.labels.of(instance));
}
