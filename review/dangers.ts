/** Something that holds data or identity and is deleted, or made anew without what it held. */
export interface Danger {
  readonly stack: string;
  /** Terraform's. */
  readonly address: string;
  /** What it is for people, such as `KV mount 'shop'`. */
  readonly what: string;
  readonly action: 'delete' | 'replace' | 'forget';
  /** What that means, in one sentence: what is gone, and who is hit. */
  readonly meaning: string;
}
