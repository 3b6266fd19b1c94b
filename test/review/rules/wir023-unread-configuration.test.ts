import { loadPolicyParser } from '../../../policies/policy-text';
import { unreadConfiguration } from '../../../review/rules/wir023-unread-configuration';
import { CONFIGURATION } from '../declared-server';
import { DEVELOPMENT, wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['broken HCL', { configuration: 'listener "tcp" {' }, 'is neither HCL nor JSON that can be read'],
  ['broken JSON', { configuration: '{ "listener": ' }, 'is neither HCL nor JSON that can be read'],
  [
    'a text that an apply alone knows',
    { configuration: '${var.configuration}' },
    'is known at an apply only, or is a file that is not read',
  ],
  [
    'a file that is not read',
    { server: { upload: [{ file: '/vault/config/more.hcl', source: 'more.hcl' }] } },
    'is known at an apply only, or is a file that is not read',
  ],
  [
    'a folder of the host',
    { server: { volumes: [{ host_path: '/srv/vault', container_path: '/vault/config' }] } },
    'is on the host',
  ],
])('%s is found', (_, declared, why) => {
  expect(wiringSeen(unreadConfiguration, declared)).toEqual([
    expect.stringContaining(`server: its configuration ${why}`),
  ]);
});

test.each([
  ['HCL', {}],
  ['JSON', { configuration: '{"listener":{"tcp":{"address":"0.0.0.0:8200"}}}' }],
  ['a server for development without one', { server: { ...DEVELOPMENT, volumes: [] } }],
  [
    'a value in it that an apply alone knows',
    { configuration: CONFIGURATION.replace('https://vault:8200', '${var.address}') },
  ],
  ['no server', { resource: { docker_container: { server: undefined } } }],
])('%s is not', (_, declared) => {
  expect(wiringSeen(unreadConfiguration, declared)).toEqual([]);
});
