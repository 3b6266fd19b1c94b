import type { Plan, ValueChange } from '../../../review/plan/plan';
import { planChanges } from '../../../review/plan/plan-changes';
import { readPlan } from '../../../review/plan/read-plan';
import type { AttributeChange, ResourceChange, ShownValue } from '../../../review/resource-change';

/** A change of one resource as Terraform prints it, with what a test is about. */
export interface MadeChange extends Partial<ValueChange> {
  readonly address?: string;
  readonly type?: string;
  readonly previous_address?: string;
  readonly mode?: string;
  readonly deposed?: string;
  readonly action_reason?: string;
}

export function madeChange({
  address,
  type = 'docker_container',
  previous_address,
  mode = 'managed',
  deposed,
  action_reason,
  ...change
}: MadeChange): object {
  return {
    address: address ?? `${type}.store`,
    type,
    mode,
    name: 'store',
    previous_address,
    deposed,
    action_reason,
    change: { actions: ['update'], before: {}, after: {}, ...change },
  };
}

export function planOf(changes: readonly MadeChange[], rest: object = {}): Plan {
  const resource_changes = changes.map(madeChange);
  return readPlan(JSON.stringify({ format_version: '1.2', resource_changes, ...rest }), 'shop');
}

export function changeOf(change: MadeChange, rest: object = {}): ResourceChange {
  const [only] = planChanges(planOf([change], rest), 'shop');
  if (!only) throw new Error('nothing changes');
  return only;
}

/** Attributes in short: `name: before -> after`. */
export function attributesOf(change: MadeChange, rest: object = {}): readonly string[] {
  return changeOf(change, rest).attributes.map(shortly);
}

export function shortly({ name, before, after, forcesReplacement }: AttributeChange): string {
  return `${name}: ${shown(before)} -> ${shown(after)}${forcesReplacement ? ' !' : ''}`;
}

function shown(value: ShownValue): string {
  if (value.kind === 'text') return value.text;
  return value.kind === 'lines' ? JSON.stringify(value.lines) : `<${value.kind}>`;
}
