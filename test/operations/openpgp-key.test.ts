import * as fc from 'fast-check';
import { dearmor } from '../../operations/openpgp-armor';
import { OpenPgpKey } from '../../operations/openpgp-key';
import { ENCRYPTS, MADE, oldPacket, packet, pgpKey, SIGNS, secretPgpKey } from './openpgp-maker';

/** Exported by gpg 2.2.40: ed25519, with a cv25519 subkey. */
const OF_GPG = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawM2IxYJKwYBBAHaRw8BAQdABGDd66tOVMZwOLpjxWtjZr/Y4o8B4nd7JORJ
ikHKvGG0GmFsaWNlIDxhbGljZUBleGFtcGxlLnRlc3Q+iJAEExYIADgWIQRoMRy9
g8MLNthrFADJ6ftaaigedwUCawM2IwIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIX
gAAKCRDJ6ftaaiged8xbAQCLOBLoNfTZbc79/ZhAmt9ErPymgFsaZNXNQ3/Hby1H
0gEAjPSdP8csr9jnH2XTW+4U7cdziM946ldZU2vuJ9UR7wq4OARrAzYjEgorBgEE
AZdVAQUBAQdAsUlo0ehUHNGy9TdOzYy5xdFjR34PGfAWkIBNWXriF2cDAQgHiHgE
GBYIACAWIQRoMRy9g8MLNthrFADJ6ftaaigedwUCawM2IwIbDAAKCRDJ6ftaaige
d483AP48UxrEXQi/YnSbMxh5/7gwfF3H7ZlqmWImmuLTz13xLQD/XsJoj5n0YdkE
i8LWXor6XDkcEiIMujaRZcCTZH9bHw8=
=rIuj
-----END PGP PUBLIC KEY BLOCK-----
`;

const inSeconds = (seconds: number) => new Date((MADE + seconds) * 1000);
const problem = (bytes: Buffer, seconds = 1000) =>
  OpenPgpKey.parse(bytes)?.encryptionProblem(inSeconds(seconds));

test('reads a key of gpg', () => {
  const key = OpenPgpKey.parse(dearmor(OF_GPG)?.bytes ?? Buffer.alloc(0));
  expect(key).toMatchObject({ isSecret: false, fingerprint: '68311CBD83C30B36D86B1400C9E9FB5A6A281E77' });
  expect(key?.encryptionProblem(new Date('2026-12-01T00:00:00Z'))).toBeUndefined();
});

test.each([
  ['a subkey that encrypts', pgpKey()],
  ['a primary key that encrypts', pgpKey({ algorithm: 1, flags: SIGNS | ENCRYPTS }, [])],
  ['one subkey of several', pgpKey({}, [{ revoked: true }, { lifetime: 1 }, {}])],
  ['an older signature that said otherwise', pgpKey({}, [{ older: [{ flags: 0, lifetime: 1 }] }])],
  ['an end that is still ahead', pgpKey({ lifetime: 2000 }, [{ lifetime: 1001 }])],
  ['a version of today', pgpKey({ version: 6, algorithm: 27 }, [{ version: 6, algorithm: 25 }])],
])('can be encrypted to with %s', (_what, bytes) => {
  expect(problem(bytes)).toBeUndefined();
});

test.each([
  ['no subkey', pgpKey({}, []), 'can sign and not encrypt'],
  ['a subkey that signs', pgpKey({}, [{ flags: SIGNS }]), 'can sign and not encrypt'],
  ['a subkey without a signature', pgpKey({}, [{ flags: undefined }]), 'can sign and not encrypt'],
  ['an algorithm that cannot', pgpKey({}, [{ algorithm: 22 }]), 'can sign and not encrypt'],
  ['storage alone in its flags', pgpKey({}, [{ flags: 0x08 }]), 'can sign and not encrypt'],
  ['a revocation', pgpKey({ revoked: true }), 'is revoked'],
  ['an end', pgpKey({ lifetime: 1000 }), 'has expired'],
  ['a signature that has ended', pgpKey({ signatureLifetime: 900 }), 'has expired'],
  ['no signature of its own', pgpKey({ flags: undefined }), 'has expired'],
  [
    'a subkey that has ended',
    pgpKey({}, [{ lifetime: 1000 }]),
    'has expired or revoked subkeys for encryption alone',
  ],
  [
    'a subkey that was revoked',
    pgpKey({}, [{ revoked: true }]),
    'has expired or revoked subkeys for encryption alone',
  ],
])('cannot be encrypted to with %s', (_what, bytes, expected) => {
  expect(problem(bytes)).toBe(expected);
});

test('knows a secret key', () => {
  expect(OpenPgpKey.parse(secretPgpKey())?.isSecret).toBe(true);
  expect(OpenPgpKey.parse(pgpKey())?.isSecret).toBe(false);
});

test.each([0, 1, 2, 3] as const)('reads packets in the format of old programs, length type %d', (type) => {
  const [tag, length, ...body] = pgpKey({}, []).subarray(0, 20);
  expect([tag, length]).toEqual([0xc6, 18]);
  const key = OpenPgpKey.parse(oldPacket(6, Buffer.from(body), type));
  expect(key?.fingerprint).toBe(OpenPgpKey.parse(pgpKey())?.fingerprint);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('nothing of the kind')],
  ['several keys', Buffer.concat([pgpKey(), pgpKey()])],
  ['a message', packet(1, Buffer.from('for alice'))],
  ['a key that ends too early', pgpKey().subarray(0, 100)],
])('does not read %s', (_what, bytes) => {
  expect(OpenPgpKey.parse(bytes)).toBeUndefined();
});

test('does not stumble over anything', () => {
  const whole = pgpKey();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length), (some, at) => {
      const spoiled = Buffer.concat([whole.subarray(0, at), Buffer.from(some), whole.subarray(at)]);
      for (const bytes of [Buffer.from(some), spoiled])
        OpenPgpKey.parse(bytes)?.encryptionProblem(inSeconds(0));
    }),
    { numRuns: 1000 },
  );
  expect(OpenPgpKey.parse(whole)).toBeDefined();
});
