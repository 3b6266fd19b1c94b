import { loadPolicyParser } from '../../policies/policy-text';
import { isTrue, ServerConfiguration, settingText } from '../../review/server-configuration';

beforeAll(loadPolicyParser);

const HCL = `
# a comment
ui = true
max_lease_ttl = "24h"
listener "tcp" {
  address = "0.0.0.0:8200"
  custom_response_headers {
    default {
      "Strict-Transport-Security" = ["max-age=31536000"]
    }
  }
}
listener "unix" {
  address = "/run/vault.sock"
}
`;
const JSON_TEXT = JSON.stringify({
  ui: true,
  max_lease_ttl: '24h',
  listener: [{ tcp: { address: '0.0.0.0:8200' } }, { unix: [{ address: '/run/vault.sock' }] }],
});

test.each([
  ['HCL', HCL],
  ['HCL of Windows', HCL.replaceAll('\n', '\r\n')],
  ['JSON', JSON_TEXT],
])('%s is read', (_, text) => {
  const configuration = ServerConfiguration.of([text]);
  expect(configuration?.text('max_lease_ttl')).toBe('24h');
  expect(configuration?.isTrue('ui')).toBe(true);
  expect(configuration?.text('nothing')).toBeUndefined();
  expect(configuration?.blocks('nothing')).toEqual([]);
  const listeners = configuration?.blocks('listener') ?? [];
  expect(listeners.map((one) => [one.type, settingText(one.settings, 'address')])).toEqual([
    ['tcp', '0.0.0.0:8200'],
    ['unix', '/run/vault.sock'],
  ]);
});

test('of several files the last one holds, and blocks are put together', () => {
  const configuration = ServerConfiguration.of([HCL, '{"max_lease_ttl":3600,"listener":{"tcp":{}}}']);
  expect(configuration?.text('max_lease_ttl')).toBe('3600');
  expect(configuration?.blocks('listener')).toHaveLength(3);
});

test.each(['listener "tcp" {', '{"ui":', 'ui = file("x")'])(
  '%s cannot be read, and nothing of it is known',
  (text) => {
    expect(ServerConfiguration.of([HCL, text])).toBeUndefined();
  },
);

test.each([
  ['true', true],
  ['1', true],
  ['TRUE', true],
  ['false', false],
  ['0', false],
  ['', false],
  [undefined, false],
])('%p is a switch that is on: %p', (text, expected) => {
  expect(isTrue(text)).toBe(expected);
});
