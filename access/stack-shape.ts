import { kindOfJson } from './json-kind';

/** How many names stand around what is declared: of a resource its type and its own name, after the section itself. */
const LEVELS: Readonly<Record<string, number>> = {
  resource: 3,
  data: 3,
  ephemeral: 3,
  output: 2,
  provider: 2,
  locals: 1,
  terraform: 1,
};

/**
 * What of a stack's JSON is not as Terraform wants it, so that all others may rely on it: where blocks stand there is an
 * object, or a list of objects.
 *
 * @returns rule and what stands there; nothing where all is well
 */
export function stackShapeProblem(stack: object): string | undefined {
  for (const [section, levels] of Object.entries(LEVELS)) {
    const blocks = (stack as Readonly<Record<string, unknown>>)[section] ?? {};
    const found = strangeBlock(blocks, levels, section);
    if (found) return found;
  }
  const { terraform } = stack as { readonly terraform?: unknown };
  const backends = [terraform ?? {}].flat().map((one) => (one as { readonly backend?: unknown }).backend);
  return strangeBlock(
    backends.flatMap((one) => one ?? []),
    1,
    'terraform.backend',
  );
}

function strangeBlock(blocks: unknown, levels: number, name: string): string | undefined {
  for (const one of Array.isArray(blocks) ? blocks : [blocks]) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) {
      return `'${name}' must be an object, got ${kindOfJson(one)}`;
    }
    if (levels === 1) continue;
    for (const [key, inner] of Object.entries(one)) {
      // A remark, in Terraform's JSON.
      const found = key === '//' ? undefined : strangeBlock(inner, levels - 1, `${name}.${key}`);
      if (found) return found;
    }
  }
  return undefined;
}
