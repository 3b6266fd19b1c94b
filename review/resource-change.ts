/** What happens to a resource. `forget`: Terraform keeps it and no longer looks after it. */
export const ACTIONS = ['create', 'update', 'replace', 'delete', 'forget', 'import', 'move'] as const;
export type Action = (typeof ACTIONS)[number];

/** What an apply does to one resource, or what somebody did to it behind Terraform's back. */
export interface ResourceChange {
  readonly stack: string;
  /** Terraform's, with module and key. */
  readonly address: string;
  /** Such as `vault_mount`. */
  readonly type: string;
  /** What weighs most: one that is moved and changed is changed. */
  readonly action: Action;
  /** Its address before. @default it stays where it is */
  readonly movedFrom?: string;
  /** What it is imported by. @default it is not imported */
  readonly importedFrom?: string;
  /** Terraform's reason, in words. @default it gives none */
  readonly reason?: string;
  /** Whether its whole stack is declared no longer, so that no apply does anything to it. @default not */
  readonly isLeftBehind?: boolean;
  readonly constructPath?: string;
  /** Those that change, in the order of their names; of a new or a removed resource all that are set. */
  readonly attributes: readonly AttributeChange[];
}

export interface AttributeChange {
  /** As Terraform writes it, such as `capabilities[0].add`. */
  readonly name: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
  /** Whether Terraform must replace the resource for it. */
  readonly forcesReplacement: boolean;
}

/** A value as it may be shown. What is secret is never in it. */
export type ShownValue =
  | { readonly kind: 'absent' }
  /** In one line. */
  | { readonly kind: 'text'; readonly text: string }
  /** Shown line by line: texts of several lines, and lists such as the variables of a container. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'sensitive' }
  /** An apply alone can tell. */
  | { readonly kind: 'unknown' };
