import { printable } from '../../access/printable';
import type { KnownSecrets } from '../masking/known-secrets';
import { maskedWord } from '../masking/masked-text';
import { Masking, SENSITIVE } from '../masking/masking';
import type { ResourceChange } from '../resource-change';
import { attributeChanges, marksChange } from './attribute-changes';
import { knownSecretsOf } from './marked-secrets';
import type { Plan, PlannedChange } from './plan';
import { actionOf, reasonsOf } from './plan-actions';
import { SetAttributes } from './set-attributes';

/** What an apply does to the resources of a stack, in the order of the plan. Data sources are none. */
export function planChanges(plan: Plan, stack: string): readonly ResourceChange[] {
  const configured = new SetAttributes(plan);
  const isSet: IsSet = (planned, name) => configured.has(planned, name);
  return new ChangeReader(plan, stack, isSet).changes(plan.resource_changes ?? []);
}

/**
 * What somebody did to them behind Terraform's back, whether an apply changes it back or not. Where a provider alone
 * writes nothing in another way, nobody did anything.
 */
export function planDrift(plan: Plan, stack: string): readonly ResourceChange[] {
  // What is read of a server is set by nobody's configuration.
  return new ChangeReader(plan, stack, () => false)
    .changes(plan.resource_drift ?? [])
    .filter(({ action, attributes }) => action !== 'update' || attributes.length > 0);
}

/** Whether the configuration sets an attribute, and not the provider alone. */
type IsSet = (planned: PlannedChange, name: string) => boolean;

class ChangeReader {
  private readonly known: KnownSecrets;

  public constructor(
    plan: Plan,
    private readonly stack: string,
    private readonly isSet: IsSet,
  ) {
    this.known = knownSecretsOf(plan);
  }

  public changes(all: readonly PlannedChange[]): readonly ResourceChange[] {
    return all.flatMap((planned) => this.change(planned) ?? []);
  }

  private change(planned: PlannedChange): ResourceChange | undefined {
    const action = actionOf(planned);
    if (action === undefined) return undefined;
    const { address, previous_address, type, change } = planned;
    const attributes = attributeChanges(change, {
      type,
      known: this.known,
      isSet: (name) => this.isSet(planned, name),
    });
    const reason = [
      ...reasonsOf(planned),
      ...(action === 'update' && attributes.length === 0 && marksChange(change)
        ? ['what is marked as sensitive changes, and no value']
        : []),
    ].join('; ');
    return {
      stack: this.stack,
      address: printable(address),
      type,
      action,
      ...(previous_address !== undefined &&
        previous_address !== address && { movedFrom: printable(previous_address) }),
      ...(change.importing && { importedFrom: this.importId(change.importing) }),
      ...(reason !== '' && { reason }),
      attributes,
    };
  }

  private importId({ id, identity }: NonNullable<PlannedChange['change']['importing']>): string {
    if (id === undefined || id === '') return identity === undefined ? '(not known)' : 'its identity';
    return printable(maskedWord(id, new Masking(this.known)) ?? SENSITIVE);
  }
}
