import { X509Certificate } from 'node:crypto';
import { beginOf, chainOf, dayOf, endOf, isSame, isSelfSigned } from '../../constructs/certificate-chain';
import { inDays, type Made, make, makeRoot, NOW } from './certificate-maker';

const parsed = ({ certificate }: Made) => new X509Certificate(certificate);
const names = (path: readonly X509Certificate[]) => path.map(({ subject }) => subject);

test('climbs from the server to the root, over what the server sends and what clients have', async () => {
  const root = await makeRoot();
  const upper = await makeRoot({ name: 'upper CA', signer: root });
  const lower = await makeRoot({ name: 'lower CA', signer: upper });
  const server = await make({ signer: lower });
  const chain = chainOf(parsed(server), [parsed(lower)], [parsed(upper), parsed(root)], NOW);
  expect(names(chain.path)).toEqual(['CN=shop-vault', 'CN=lower CA', 'CN=upper CA', 'CN=shop CA']);
  expect(chain.complete).toBe(true);
});

test('a root that only the server sends is not trusted', async () => {
  const root = await makeRoot();
  const server = await make({ signer: root });
  const chain = chainOf(parsed(server), [parsed(root)], [], NOW);
  expect(names(chain.path)).toEqual(['CN=shop-vault', 'CN=shop CA']);
  expect(chain.complete).toBe(false);
});

test('of two certificates of one authority the valid one is taken, whichever comes first', async () => {
  const root = await makeRoot();
  const middle = await makeRoot({ name: 'middle CA', signer: root, until: inDays(-0.5) });
  const renewed = await makeRoot({ name: 'middle CA', signer: root, keys: middle.keys });
  const server = await make({ signer: middle });
  for (const others of [
    [middle, renewed],
    [renewed, middle],
  ]) {
    const { path, complete } = chainOf(parsed(server), others.map(parsed), [parsed(root)], NOW);
    expect(complete).toBe(true);
    expect(path[1] && isSame(path[1], parsed(renewed))).toBe(true);
  }
});

test('the one that ended is taken where there is no other', async () => {
  const root = await makeRoot({ until: inDays(-0.5) });
  const server = await make({ signer: root });
  expect(chainOf(parsed(server), [], [parsed(root)], NOW).complete).toBe(true);
});

test('authorities that signed each other are no endless path', async () => {
  const one = await makeRoot({ name: 'one CA' });
  const other = await makeRoot({ name: 'other CA' });
  const oneByOther = await makeRoot({ name: 'one CA', signer: other, keys: one.keys });
  const otherByOne = await makeRoot({ name: 'other CA', signer: one, keys: other.keys });
  const server = await make({ signer: one });
  const chain = chainOf(parsed(server), [parsed(oneByOther), parsed(otherByOne)], [], NOW);
  expect(chain.complete).toBe(false);
  expect(names(chain.path)).toEqual(['CN=shop-vault', 'CN=one CA', 'CN=other CA']);
});

test('tells when a certificate is valid, and who signed itself', async () => {
  const root = await makeRoot();
  const server = await make({ signer: root });
  expect([beginOf(parsed(server)), endOf(parsed(server))]).toEqual([inDays(-1), inDays(365)]);
  expect(dayOf(endOf(parsed(server)))).toBe('2031-06-15');
  expect([isSelfSigned(parsed(root)), isSelfSigned(parsed(server))]).toEqual([true, false]);
  // The same name, and another key.
  expect(isSelfSigned(parsed(await make({ name: 'shop CA', signer: root })))).toBe(false);
});
