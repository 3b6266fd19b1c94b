import type { StackSource } from '../../access/stack-source';
import { DIALECT_NAMES, DIALECTS, type Dialect } from '../../policies/dialect';
import { parsePolicy } from '../../policies/policy-text';
import type { Attributes, TerraformJson } from '../../policies/terraform-json';

/** An expression of which nobody knows what it comes to. */
const UNREADABLE = '${terraform_data.policy_that_cannot_be_read.output}';
/** Of a policy that somebody has deleted Terraform reads an empty text, which would be no policy. */
const NOTHING = '# deleted';

/**
 * What was there before, with policies that cannot be read as ones of which nothing is known: somebody may have written
 * anything to a server, and that is no reason to refuse the review that would mend it. Needs `loadPolicyParser` to have
 * ended.
 */
export function readableBefore(source: StackSource): StackSource {
  const policies = source.json.resource?.vault_policy;
  if (policies === undefined) return source;
  const readable = Object.entries(policies).map(([label, block]): [string, Attributes] => {
    const { name, policy } = block;
    if (policy === '') return [label, { ...block, policy: NOTHING }];
    const isReadable = typeof policy !== 'string' || isPolicy(String(name), policy);
    return [label, isReadable ? block : { ...block, policy: UNREADABLE }];
  });
  const json = {
    ...source.json,
    resource: { ...source.json.resource, vault_policy: Object.fromEntries(readable) },
  };
  return { ...source, json: json as TerraformJson };
}

function isPolicy(name: string, text: string): boolean {
  // Which server it is nobody has asked yet.
  return DIALECT_NAMES.some((one) => isPolicyOf(DIALECTS[one], name, text));
}

function isPolicyOf(dialect: Dialect, name: string, text: string): boolean {
  try {
    parsePolicy(name, text, { dialect });
    return true;
  } catch {
    return false;
  }
}
