import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { testPlatform } from '../helper';

const [stack] = testPlatform().stacks;
const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

test.each([
  [AuditDevice.file(), VAULT, 'file', 'file', { file_path: '/vault/logs/file.log', mode: '0600' }],
  [AuditDevice.file(), OPENBAO, 'file', 'file', { file_path: '/openbao/logs/file.log', mode: '0600' }],
  [
    AuditDevice.file('second'),
    VAULT,
    'second',
    'file',
    { file_path: '/vault/logs/second.log', mode: '0600' },
  ],
  [AuditDevice.stdout(), VAULT, 'stdout', 'file', { file_path: 'stdout' }],
  [
    AuditDevice.socket('collector:9090'),
    OPENBAO,
    'socket',
    'socket',
    { address: 'collector:9090', socket_type: 'tcp' },
  ],
  [
    AuditDevice.socket('10.0.0.1:9090', 'shipper'),
    VAULT,
    'shipper',
    'socket',
    { address: '10.0.0.1:9090', socket_type: 'tcp' },
  ],
])(
  'a device is described as the server takes it, and never writes secrets in clear: %#',
  (device, distribution, path, type, options) => {
    const description = device.describe(distribution);
    expect(description).toEqual({ path, type, options });
    expect(device.path).toBe(path);
    expect(description.options).not.toHaveProperty('log_raw');
    expect(() => device.validate(stack)).not.toThrow();
  },
);

test.each([
  [AuditDevice.file(), true],
  [AuditDevice.file('stdout'), true],
  [AuditDevice.stdout(), false],
  [AuditDevice.socket('collector:9090'), false],
])('only a file on the volume needs the volume for logs: %#', (device, uses) => {
  expect(device.usesLogsDirectory).toBe(uses);
});

test.each(['collector', 'collector:', ':9090', 'tcp://collector:9090', 'collector:123456', 'a b:1', ''])(
  'fails on the address %j of a collector',
  (address) => {
    expect(() => AuditDevice.socket(address).validate(stack)).toThrow(
      new Error(
        `[shop-development-vault] 'address' of audit device 'socket' must be 'host:port', got '${address}'; write it as 'collector:9090'`,
      ),
    );
  },
);

test.each(['../file', 'a/b', 'a b', ''])('fails on the name %j, which becomes a file', (name) => {
  expect(() => AuditDevice.file(name).validate(stack)).toThrow(
    `[shop-development-vault] 'audit' must consist of letters, digits, '_', '-' and '.' and start with a letter, digit or '_', got '${name}'; `,
  );
});
