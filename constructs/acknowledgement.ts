import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

/** Of a construct's metadata. */
const KEY = 'vault-platforms:acknowledgement';

/** Apps with something that is acknowledged: the others need not be searched. */
const acknowledging = new WeakSet<IConstruct>();

export interface AcknowledgementProps {
  /** Of the rule, such as `VLT010`. */
  readonly id: string;
  /** Why it is right here. An auditor reads it. */
  readonly reason: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** The last day on which it holds, as `2027-01-31`. @default it holds until it is taken away */
  readonly expires?: string;
  /** A part of what the finding says, where the construct has several of the same rule. */
  readonly about?: string;
}

/**
 * Decides to live with one finding of a construct, or of one inside of it. It is then told as acknowledged, in every
 * report. One that is of no finding, of several, or that has expired fails the synth.
 */
export function acknowledge(scope: IConstruct, props: AcknowledgementProps): void {
  const { id, reason, owner, expires, about } = props;
  if (!/^[A-Z]{3}(-[A-Z])?\d+$/.test(id)) {
    throw new ValidationError(scope, `'id' must be that of a rule, got '${id}'; write it as 'VLT010'`);
  }
  for (const [property, text] of Object.entries({ reason, owner, about: about ?? 'any' })) {
    if (text.trim() !== '') continue;
    throw new ValidationError(
      scope,
      `'${property}' must say something, got '${text}'; an acknowledgement of ${id} is read by those who audit it`,
    );
  }
  if (expires !== undefined && !isDay(expires)) {
    throw new ValidationError(scope, `'expires' must be a day, got '${expires}'; write it as '2027-01-31'`);
  }
  scope.node.addMetadata(KEY, props);
  acknowledging.add(scope.node.root);
}

/** All acknowledgements in a construct and below. */
export function acknowledgementsIn(scope: IConstruct): readonly (AcknowledgementProps & {
  readonly constructPath: string;
})[] {
  if (!acknowledging.has(scope.node.root)) return [];
  return scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === KEY)
        .map(({ data }) => ({ ...(data as AcknowledgementProps), constructPath: node.path })),
    );
}

function isDay(text: string): boolean {
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = isWritten ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
