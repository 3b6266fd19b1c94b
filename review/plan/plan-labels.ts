import { blockAddress } from '../../policies/terraform-blocks';
import type { PlanInstance } from './plan-instances';

/**
 * Names for instances of a plan as blocks of one stack, which has neither modules nor keys: of the root module its own
 * name, else one made of modules, name and key. The same address has the same label before and after.
 */
export class PlanLabels {
  private readonly byAddress = new Map<string, string>();
  private readonly taken = new Set<string>();

  public of({ address, kind, type, name, module, key }: PlanInstance): string {
    const known = this.byAddress.get(address);
    if (known !== undefined) return known;
    const parts = [...modulePath(module.address), name, ...(key === undefined ? [] : [String(key)])];
    const wanted = parts.join('-').replace(/[^\p{L}\p{N}_-]/gu, '_');
    let label = wanted;
    for (let next = 2; this.taken.has(blockAddress(kind, type, label)); next += 1)
      label = `${wanted}-${next}`;
    this.taken.add(blockAddress(kind, type, label));
    this.byAddress.set(address, label);
    return label;
  }
}

/** Its names and keys, in order. */
function modulePath(address: string): readonly string[] {
  return address
    .split(/\.?module\.|\[|\]/)
    .map((part) => part.replaceAll('"', ''))
    .filter(Boolean);
}
