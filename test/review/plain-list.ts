import { AccessList } from '../../policies/access-list';
import { DIALECTS } from '../../policies/dialect';
import { type PlainBlock, policyOf } from '../policies/plain-policy';

/** What one policy comes to in HashiCorp Vault. */
export function plainList(rules: readonly (readonly [string, PlainBlock['capabilities']])[]): AccessList {
  const blocks = rules.map(([path, capabilities]) => ({ path, capabilities }));
  return AccessList.of([policyOf('one', blocks)], DIALECTS.vault);
}
