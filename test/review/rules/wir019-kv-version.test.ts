import { loadPolicyParser } from '../../../policies/policy-text';
import { kvVersion } from '../../../review/rules/wir019-kv-version';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

const OLD = {
  vault_mount: { kv: { path: 'kv', type: 'kv', options: { version: '1' } } },
  vault_kv_secret_v2: {},
};
const TWO = {
  vault_mount: {
    kv: { path: 'kv', type: 'kv', options: { version: '2' } },
    old: { path: 'old', type: 'kv', options: { version: '1' } },
  },
};

test.each([
  [{ env: { VAULT_KV_VERSION: '1' } }, "app: 'VAULT_KV_VERSION' is '1', and 'kv' has version 2"],
  [{ env: { KV_VERSION: 'v1' } }, "app: 'KV_VERSION' is 'v1', and 'kv' has version 2"],
  [
    { env: { VAULT_KV_VERSION: '2' }, resource: OLD },
    "app: 'VAULT_KV_VERSION' is '2', and 'kv' has version 1",
  ],
  [
    { env: { VAULT_KV_VERSION: '2', VAULT_MOUNT: 'old' }, resource: TWO },
    "app: 'VAULT_KV_VERSION' is '2', and 'old' has version 1",
  ],
])('%j is found', (declared, seen) => {
  expect(wiringSeen(kvVersion, declared)).toEqual([seen]);
});

test.each([
  { env: { VAULT_KV_VERSION: '2' } },
  { env: { KV_VERSION: 'v2' } },
  { env: { KV_VERSION: 'latest' } },
  { env: { VAULT_KV_VERSION: '1', VAULT_MOUNT: undefined }, resource: TWO },
  { env: { VAULT_KV_VERSION: '2', VAULT_MOUNT: undefined }, resource: TWO },
  { env: { VAULT_KV_VERSION: '1', VAULT_NAMESPACE: 'team' } },
  { env: { VAULT_KV_VERSION: '${var.version}' } },
])('%j is not', (declared) => {
  expect(wiringSeen(kvVersion, declared)).toEqual([]);
});
