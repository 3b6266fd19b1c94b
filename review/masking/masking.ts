import type { KnownSecrets } from './known-secrets';

/** As Terraform writes it. */
export const SENSITIVE = '(sensitive value)';
const CHANGED = '(sensitive value, changed)';
const PLACEHOLDERS = /\(sensitive value(, changed)?\)/g;

/** A text without what stands in place of secrets. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDERS, '');
}

/**
 * What was hidden of a value before, so that after it only a mark is shown: whether it is another one. Never which.
 */
export class Masking {
  /** By what a secret is called there. */
  private readonly before = new Map<string, Set<string>>();
  private isAfter = false;
  /** How often something was hidden. */
  public hidden = 0;

  /** @param cut what is said of a text that is too long to be searched for secrets */
  public constructor(
    public readonly known: KnownSecrets,
    private readonly cut: (text: string) => string = (text) => `${text.length} characters`,
  ) {}

  /** In place of a text that is too long to be searched for secrets. */
  public long(text: string): string {
    const isChanged = this.hide('long', text) === CHANGED;
    return `(not shown: ${this.cut(text)}${isChanged ? ', changed' : ''})`;
  }

  /** From here on what comes is compared with what came. */
  public after(): void {
    this.isAfter = true;
  }

  /** @param label what a secret is called: of the same name it is compared with */
  public hide(label: string, secret: string): string {
    this.hidden += 1;
    const found = this.before.get(label);
    if (!this.isAfter) {
      if (found) found.add(secret);
      else this.before.set(label, new Set([secret]));
      return SENSITIVE;
    }
    return found === undefined || found.has(secret) ? SENSITIVE : CHANGED;
  }
}
