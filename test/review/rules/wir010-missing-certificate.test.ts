import { loadPolicyParser } from '../../../policies/policy-text';
import { missingCertificate } from '../../../review/rules/wir010-missing-certificate';
import { AGENT_CONFIGURATION, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  [
    { VAULT_CACERT: '/certs/ca.pem' },
    "'VAULT_CACERT' is '/certs/ca.pem', where the container mounts nothing",
  ],
  [{ VAULT_CAPATH: '/certs' }, "'VAULT_CAPATH' is '/certs', where the container mounts nothing"],
  [{ BAO_CACERT: '/certs/ca.pem' }, "'BAO_CACERT' is '/certs/ca.pem', where the container mounts nothing"],
  [
    { VAULT_CLIENT_KEY: '/vault/tlskey.pem' },
    "'VAULT_CLIENT_KEY' is '/vault/tlskey.pem', where the container mounts nothing",
  ],
  [{ VAULT_CACERT: 'ca.pem' }, "'VAULT_CACERT' is 'ca.pem', which is no whole path"],
])('%j is found', (env, seen) => {
  expect(wiringSeen(missingCertificate, { env })).toEqual([`app: ${seen}`]);
});

test("the certificate of an agent's configuration is found", () => {
  const agentConfiguration = AGENT_CONFIGURATION.replace('/vault/tls/', '/tls/');
  expect(wiringSeen(missingCertificate, { agentConfiguration })).toEqual([
    "agent: 'ca_cert' of its agent is '/tls/ca.pem', where the container mounts nothing",
  ]);
});

const env = { VAULT_CACERT: '/certs/ca.pem' };
test.each([
  ['on a volume', {}],
  [
    'of a folder of the host',
    { env, app: { volumes: [{ host_path: '/srv/certs', container_path: '/certs' }] } },
  ],
  ['of a mount', { env, app: { mounts: [{ type: 'bind', source: '/srv/certs', target: '/certs' }] } }],
  ['that is uploaded', { env, app: { upload: [{ file: '/certs/ca.pem', source: 'ca.pem' }] } }],
  ['in a folder in memory', { env, app: { tmpfs: { '/certs': 'rw' } } }],
  ['of well known authorities', { env: { VAULT_CACERT: '/etc/ssl/certs/ca-certificates.crt' } }],
  ['that an apply alone knows', { env: { VAULT_CACERT: '${var.ca}' } }],
  ['on volumes that an apply alone knows', { env, app: { volumes: '${var.volumes}' } }],
  ['on volumes of another container', { env, app: { volumes: [{ from_container: 'crm-agent' }] } }],
])('a file %s is not', (_, declared) => {
  expect(wiringSeen(missingCertificate, declared)).toEqual([]);
});
