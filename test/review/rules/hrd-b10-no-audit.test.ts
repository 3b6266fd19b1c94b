import { loadPolicyParser } from '../../../policies/policy-text';
import { noAudit } from '../../../review/rules/hrd-b10-no-audit';
import { isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const none = { vault_audit: undefined };

test('a server without any device is found', () => {
  expect(seenOf(noAudit, { resource: none })).toEqual([
    'docker_container.server: no audit device is declared',
  ]);
});

test('a device that writes secrets is found', () => {
  const vault_audit = { file: { type: 'file', options: { file_path: 'stdout', log_raw: 'true' } } };
  expect(seenOf(noAudit, { resource: { vault_audit } })).toEqual([
    "vault_audit.file: audit device 'file' has 'log_raw': it writes secrets as they are",
  ]);
});

const onOpenBao = {
  image: 'openbao/openbao:2.5.5',
  volumes: [{ container_path: '/openbao/config', volume_name: 'config', read_only: true }],
};
const audit = (line: string) => `audit "file" "out" {\n  options {\n    ${line}\n  }\n}`;

test('a device of the configuration is one', () => {
  const declared = { resource: none, container: onOpenBao };
  expect(seenOf(noAudit, { ...declared, configuration: audit('file_path = "stdout"') })).toEqual([]);
  expect(seenOf(noAudit, { ...declared, configuration: audit('log_raw = true') })).toEqual([
    "docker_container.server: audit device 'file' has 'log_raw': it writes secrets as they are",
  ]);
});

test('a device that is enabled by a call of the API is one', () => {
  const vault_generic_endpoint = { a: { path: 'sys/audit/file', data_json: '{}' } };
  expect(seenOf(noAudit, { resource: { ...none, vault_generic_endpoint } })).toEqual([]);
});

test('nothing is judged where a module or a configuration that cannot be read may enable one', () => {
  expect(isJudged(noAudit, { resource: none, more: { module: { audit: {} } } })).toBe(false);
  expect(isJudged(noAudit, { resource: none, container: onOpenBao, configuration: 'audit {' })).toBe(false);
  expect(isJudged(noAudit, { resource: none, configuration: 'audit {' })).toBe(true);
});
