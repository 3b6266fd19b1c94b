import type { PlanInstance } from './plan-instances';

/** What a server makes up for a resource, by which others name it: in a plan it is a text like any other. */
const IDENTIFIERS: readonly (readonly [type: RegExp, attribute: string])[] = [
  [/^vault_identity_(entity|group)$/, 'id'],
  [/^vault_/, 'accessor'],
  [/^docker_image$/, 'image_id'],
  [/^docker_network$/, 'id'],
];

/** As they look: only these are searched for in texts. */
const MADE_UP =
  /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b(?:sha256:)?[0-9a-f]{64}\b|(?<![\w-])[\w-]+_[0-9a-f]{8}(?![\w-])/g;

export function isIdentifier({ type }: PlanInstance, attribute: string): boolean {
  return IDENTIFIERS.some(([of, name]) => name === attribute && of.test(type));
}

/**
 * Writes texts of a plan, which are values, as Terraform's JSON has them, which are templates: nothing in them is
 * evaluated, but that an identifier becomes a reference to what it is of, as it was written.
 */
export class PlanTexts {
  private readonly references = new Map<string, string>();

  /** @param nameOf by which an expression names an instance */
  public constructor(instances: Iterable<PlanInstance>, nameOf: (instance: PlanInstance) => string) {
    for (const instance of instances) {
      for (const [name, value] of Object.entries(instance.values)) {
        if (typeof value !== 'string' || !isIdentifier(instance, name)) continue;
        // What declares it is told from what only reads it.
        if (instance.kind === 'data' && this.references.has(value)) continue;
        this.references.set(value, `\${${nameOf(instance)}.${name}}`);
      }
    }
  }

  public written(text: string): string {
    if (this.references.size === 0) return escaped(text);
    let written = '';
    let end = 0;
    for (const { 0: found, index } of text.matchAll(MADE_UP)) {
      const reference = this.references.get(found);
      if (reference === undefined) continue;
      written += escaped(text.slice(end, index)) + reference;
      end = index + found.length;
    }
    return written + escaped(text.slice(end));
  }
}

function escaped(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
