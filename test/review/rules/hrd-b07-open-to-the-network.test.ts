import { loadPolicyParser } from '../../../policies/policy-text';
import { openToTheNetwork } from '../../../review/rules/hrd-b07-open-to-the-network';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ ports: { internal: 8200, external: 8200 } }, 'port 8200 is published on all addresses of the host'],
  [
    { ports: [{ internal: 8200, external: 8300, ip: '0.0.0.0' }] },
    'port 8300 is published on all addresses of the host',
  ],
  [{ ports: [{ internal: 8200, ip: '::' }] }, 'port 8200 is published on all addresses of the host'],
  [{ publish_all_ports: true }, "'publish_all_ports' is true"],
  [{ network_mode: 'host' }, "'network_mode' is 'host'"],
  [
    { networks_advanced: undefined },
    'it is on the default network of Docker, with everything that names no network',
  ],
  [
    { networks_advanced: undefined, network_mode: 'bridge' },
    'it is on the default network of Docker, with everything that names no network',
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(openToTheNetwork, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ ports: undefined }],
  [{ ports: [{ internal: 8200, external: 8200, ip: '10.0.0.5' }] }],
  [{ ports: [{ internal: 8200, external: 8200, ip: '${var.address}' }] }],
  [{ networks_advanced: undefined, network_mode: 'shop' }],
  [{ networks_advanced: '${var.networks}' }],
])('%j is not', (container) => {
  expect(seenOf(openToTheNetwork, { container })).toEqual([]);
});
