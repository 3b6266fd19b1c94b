import { loadPolicyParser } from '../../../policies/policy-text';
import { noSharedNetwork } from '../../../review/rules/wir008-no-shared-network';
import { wiringSeen } from '../declared-wiring';

beforeAll(loadPolicyParser);

test.each([
  ['another network', { networks_advanced: [{ name: 'front' }] }, "'front'"],
  ['the default network', { networks_advanced: undefined }, 'no network with names'],
  ['no network', { networks_advanced: undefined, network_mode: 'none' }, 'no network with names'],
  ['the network of its host', { networks_advanced: undefined, network_mode: 'host' }, 'that of its host'],
])('%s is found', (_, app, on) => {
  expect(wiringSeen(noSharedNetwork, { app })).toEqual([
    `app: 'VAULT_ADDR' is 'https://vault:8200', and 'vault' is on 'shop', the container on ${on}`,
  ]);
});

test.each([
  ['one network of several', { app: { networks_advanced: [{ name: 'front' }, { name: 'shop' }] } }],
  ['a network by its reference', { app: { networks_advanced: [{ name: '${docker_network.shop.name}' }] } }],
  ['a network by its id', { app: { networks_advanced: [{ name: '${docker_network.shop.id}' }] } }],
  ['a network as the mode', { app: { networks_advanced: undefined, network_mode: 'shop' } }],
  ['a network that an apply alone knows', { app: { networks_advanced: [{ name: '${var.network}' }] } }],
  ['networks that an apply alone knows', { app: { networks_advanced: '${var.networks}' } }],
  [
    'dynamic networks',
    {
      app: {
        networks_advanced: undefined,
        dynamic: { networks_advanced: { for_each: '${var.networks}', content: {} } },
      },
    },
  ],
  [
    'the network of another container',
    { app: { networks_advanced: undefined, network_mode: 'container:crm-agent' } },
  ],
  ['a written host', { app: { networks_advanced: undefined, host: [{ host: 'vault', ip: '10.0.0.7' }] } }],
  [
    'an external address',
    { app: { networks_advanced: undefined }, env: { VAULT_ADDR: 'https://vault.example' } },
  ],
  [
    'one of several nodes with an alias',
    {
      env: { VAULT_ADDR: 'https://any:8200' },
      server: { networks_advanced: [{ name: 'shop', aliases: ['any'] }] },
      resource: {
        docker_container: {
          other: { name: 'other', image: 'a', networks_advanced: [{ name: 'x', aliases: ['any'] }] },
        },
      },
    },
  ],
])('%s is not', (_, declared) => {
  expect(wiringSeen(noSharedNetwork, declared)).toEqual([]);
});
