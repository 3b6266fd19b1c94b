import { createHash } from 'node:crypto';

/** What a deploy has to know of a plan. */
export interface PlanReading {
  /** `sha256:…` over what an apply of it would do. */
  readonly digest: string;
  /** Whether an apply of it would do nothing. */
  readonly isEmpty: boolean;
  /** In words, such as `2 to create, 1 to update`. */
  readonly summary: string;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** Reads what `terraform show -json` prints. */
export function planReading(text: string, _stack: string): PlanReading {
  const { resource_changes: all = [] } = JSON.parse(text) as PlanJson;
  const changes = all.filter(({ change: { actions } }) =>
    actions.some((one) => one !== 'no-op' && one !== 'read'),
  );
  return {
    digest: `sha256:${createHash('sha256').update(JSON.stringify(changes)).digest('hex')}`,
    isEmpty: changes.length === 0,
    summary: changes.length === 0 ? 'nothing to do' : `${changes.length} to change`,
  };
}
