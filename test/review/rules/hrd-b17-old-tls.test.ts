import { loadPolicyParser } from '../../../policies/policy-text';
import { oldTls } from '../../../review/rules/hrd-b17-old-tls';
import { CONFIGURATION, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  ['tls_min_version = "tls12"', "'tls_min_version' of a listener is 'tls12'"],
  ['tls_max_version = "tls13"', "a listener has no 'tls_min_version', and accepts TLS 1.2"],
])('%s is found', (line, seen) => {
  const configuration = CONFIGURATION.replace('tls_min_version = "tls13"', line);
  expect(seenOf(oldTls, { configuration })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  ['a listener without TLS', CONFIGURATION.replace('tls_min_version = "tls13"', 'tls_disable = 1')],
  ['a socket', CONFIGURATION.replace('"tcp"', '"unix"').replace('tls_min_version', 'socket_mode')],
  ['JSON', '{"listener":{"tcp":{"tls_min_version":"tls13"}}}'],
  ['a configuration that cannot be read', 'listener "tcp" {'],
])('nothing is found of %s', (_, configuration) => {
  expect(seenOf(oldTls, { configuration })).toEqual([]);
});
