import * as fs from 'node:fs';
import * as path from 'node:path';
import type { VaultClients } from '../../operations/vault-client';
import { VaultNodes } from '../../operations/vault-nodes';
import { temporaryFolder } from './fakes';
import { addressesOf, DESCRIPTION, problemsOf, scene } from './vault-fakes';

const CA = 'certificates/shop-production/ca.pem';

test('gives every client the authority of the project', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, CA);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'the authority');
  const given: unknown[] = [];
  const clients: VaultClients = (address, ca) => {
    given.push([address, ca]);
    return { address, request: () => Promise.reject(new Error('not asked')) };
  };
  const nodes = new VaultNodes(
    'shop-production',
    { ...DESCRIPTION, addresses: addressesOf(3), ca: CA },
    clients,
    folder,
  );
  expect(given).toEqual(addressesOf(3).map((address) => [address, 'the authority']));
  expect([nodes.caFile, nodes.first.address]).toEqual([file, addressesOf(3)[0]]);
});

test('fails where the authority cannot be read', () => {
  const { vault, folder } = scene();
  expect(() => new VaultNodes('shop-production', { ...DESCRIPTION, ca: CA }, vault.clients, folder)).toThrow(
    /'ca' of shop-production must be a file that can be read, got ENOENT for '.*ca.pem'; run npm run certificates -- shop-production/,
  );
});

test.each([
  ['openbao', 'bao'],
  ['vault', 'vault'],
] as const)('knows the program of %s', (distribution, program) => {
  expect(scene({ description: { distribution } }).nodes.program).toBe(program);
});

test('waits for the node that takes requests', async () => {
  const { nodes, outside, vault, clock } = scene({ nodes: 3 });
  vault.begin(5, 3);
  vault.restart();
  vault.silent.add(nodes.first.address);
  clock.after(5_000, () => Object.assign(vault.nodes[1] as object, { sealed: false }));
  expect(await nodes.active(outside)).toBe(nodes.all[1]);
});

test('fails after a minute without one', async () => {
  const { nodes, outside, clock } = scene({ nodes: 3 });
  const start = clock.now();
  expect((await problemsOf(nodes.active(outside))).problems).toEqual([
    `'vault' of shop-production must have an active node, got none of ${addressesOf(3).join(', ')}; look at npm run vault -- status shop-production`,
  ]);
  expect(clock.now() - start).toBe(60_000);
});

test('fails with its own reason where there is one node', async () => {
  const { nodes, outside, vault } = scene();
  vault.silent.add(nodes.first.address);
  expect((await problemsOf(nodes.active(outside))).problems).toEqual([
    expect.stringContaining("'vault' of shop-production must answer"),
  ]);
});

test.each([
  ['a page', { status: 200, body: {} }],
  ['another answer', { status: 404, body: {} }],
])('fails where something else gives %s', async (_what, answer) => {
  const { nodes, vault } = scene();
  vault.intercept = () => answer;
  expect((await problemsOf(nodes.first.sealStatus())).problems).toEqual([
    `'vault' of shop-production must be a Vault server, got status ${answer.status} of something else at 'https://127.0.0.1:8200'; correct its address, or stop what holds it`,
  ]);
});

test('passes on an error that is not of the network', async () => {
  const { nodes, vault } = scene();
  vault.intercept = () => {
    throw new TypeError('of this program');
  };
  await expect(nodes.first.sealStatus()).rejects.toThrow(TypeError);
});
