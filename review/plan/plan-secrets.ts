import { decoded, isObject } from '../../policies/terraform-value';
import { isSecretAttribute } from '../masking/secret-attributes';
import type { Json } from './plan';
import type { PlanInstance } from './plan-instances';

/** What is written to a secrets engine, as one text or by keys. */
const CONTENT = /^data(_json(_wo)?|_raw)?$/;
const HAS_CONTENT = /^vault_(kv_secret|generic_(secret|endpoint))/;

/** Of resources of all others nobody asks more than that they are there. */
const LOOKED_AT = /^(vault|docker)_/;

/** What decides access of that which is written to an auth method, by its path in the API. */
const DECIDING = /^(token_)?(policies|no_default_policy)$|^(role_id|groups)$/;
const OF_LOGINS = /^\/?(auth|identity)\//;
const OF_POLICIES = /^\/?sys\/polic(y|ies)\//;

/**
 * Values of a resource without those that are secret: they never get further than here. Of what a
 * `vault_generic_endpoint` writes the part is kept that says who may do what, which is no secret.
 */
export function withoutSecrets({ type, values }: PlanInstance): Readonly<Record<string, Json>> {
  if (type === 'terraform_remote_state') {
    return Object.fromEntries(Object.entries(values).filter(([name]) => name === 'backend'));
  }
  if (!LOOKED_AT.test(type)) return {};
  const kept = Object.entries(values).filter(
    ([name]) => !isSecretAttribute(type, [name]) && !(HAS_CONTENT.test(type) && CONTENT.test(name)),
  );
  const deciding = decidingPart(type, values);
  return Object.fromEntries([...kept, ...(deciding === undefined ? [] : [['data_json', deciding] as const])]);
}

/** Whether a value may be looked at although Terraform takes it for sensitive: {@link withoutSecrets} has seen to it. */
export function isCleared({ type }: PlanInstance, attribute: string): boolean {
  return type === 'vault_generic_endpoint' && attribute === 'data_json';
}

/** As JSON, what a `vault_generic_endpoint` writes that says who may do what; nothing of all others. */
export function decidingPart(type: string, values: PlanInstance['values']): string | undefined {
  const { path, data_json: text } = values;
  if (type !== 'vault_generic_endpoint' || typeof text !== 'string') return undefined;
  const data = decoded(text);
  if (data === undefined || !isObject(data)) return undefined;
  const isKept = (name: string) =>
    OF_POLICIES.test(String(path)) ? name === 'policy' : OF_LOGINS.test(String(path)) && DECIDING.test(name);
  return JSON.stringify(Object.fromEntries(Object.entries(data).filter(([name]) => isKept(name))));
}
