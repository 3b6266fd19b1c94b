import type { StackSource } from '../../access/stack-source';
import type { TerraformJson } from '../../policies/terraform-json';
import type { ChangeReview, EnvironmentReview } from '../../review/change-review';
import { type Comparison, comparedSides } from '../../review/compared-sides';
import { reviewedSide } from '../../review/reviewed-side';

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A stack as it is read of a synth. */
export function stack(name: string, resource: Blocks, more: object = {}): StackSource {
  return { name, file: name, dependencies: [], json: { resource, ...more } as unknown as TerraformJson };
}

/** A shop with a mount, two secrets, a service that reads one of them, and where it runs. */
export const SHOP: Blocks = {
  vault_mount: { shop: { path: 'shop', type: 'kv', options: { version: '2' } } },
  vault_kv_secret_v2: {
    mail: { mount: 'shop', name: 'mail', data_json_wo: '{"password":"hunter2-of-mail"}' },
    bills: { mount: 'shop', name: 'bills' },
  },
  vault_policy: {
    store: { name: 'store', policy: 'path "shop/data/mail" {\n  capabilities = ["read"]\n}\n' },
    unused: { name: 'unused', policy: 'path "shop/data/bills" {\n  capabilities = ["read"]\n}\n' },
  },
  vault_auth_backend: { approle: { type: 'approle', path: 'approle' } },
  vault_approle_auth_backend_role: {
    store: {
      backend: 'approle',
      role_name: 'store',
      role_id: 'shop-store',
      token_policies: ['store'],
      secret_id_ttl: 60,
      token_ttl: 60,
    },
  },
  vault_audit: { file: { type: 'file', path: 'file', options: { file_path: '/logs/file.log' } } },
  docker_volume: { data: { name: 'shop-data' } },
  docker_network: { shop: { name: 'shop-network' } },
  docker_container: {
    store: {
      name: 'shop-store',
      image: 'shop/store:1.4.2',
      user: '1000',
      env: ['CURRENCY=EUR', 'REGION=eu', 'ROLE=shop-store'],
      networks_advanced: [{ name: 'shop-network' }],
      volumes: [{ container_path: '/data', volume_name: 'shop-data' }],
    },
  },
};

/** The shop with other attributes of some resources, by address; `undefined` takes a resource or an attribute away. */
export function shopWith(changes: Readonly<Record<string, object | undefined>>): Blocks {
  const all: Record<string, Record<string, object>> = structuredClone(SHOP) as never;
  for (const [address, attributes] of Object.entries(changes)) {
    const [type, label] = address.split('.') as [string, string];
    all[type] ??= {};
    if (attributes === undefined) delete all[type][label];
    else {
      const merged = Object.entries({ ...all[type][label], ...attributes });
      all[type][label] = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    }
  }
  return all;
}

/** Needs `loadPolicyParser` to have ended. */
export function compared(
  before: readonly StackSource[],
  after: readonly StackSource[],
  more: Partial<Comparison> = {},
): ChangeReview {
  const now = Date.parse('2026-06-01');
  return comparedSides({
    before: reviewedSide({ sources: before }, { now }),
    after: reviewedSide({ sources: after }, { now }),
    ...more,
  });
}

/** What a change of the shop means for its one environment. */
export function shopChange(
  changes: Parameters<typeof shopWith>[0],
  name = 'shop-production',
): EnvironmentReview {
  const [environment] = compared([stack(name, SHOP)], [stack(name, shopWith(changes))]).environments;
  return environment as EnvironmentReview;
}

/** An environment in which nothing changes, but for what is given. */
export function environmentReview(given: Partial<EnvironmentReview> = {}): EnvironmentReview {
  return {
    name: 'shop-production',
    presence: 'changed',
    changes: [],
    otherChanges: [],
    drift: [],
    planned: [],
    dangers: [],
    rewritten: [],
    restarted: [],
    findings: { added: [], newlyAccepted: [], kept: [], stillAccepted: [], gone: [] },
    hardening: { won: [], lost: [] },
    ...given,
  };
}
