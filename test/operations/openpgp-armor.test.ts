import * as fc from 'fast-check';
import { armor, dearmor } from '../../operations/openpgp-armor';

const bytes = Buffer.from('a share that only one holder can read, in more than one line of base64');
const text = armor({ name: 'PGP MESSAGE', bytes });

test('writes what gpg reads', () => {
  expect(text).toMatchInlineSnapshot(`
"-----BEGIN PGP MESSAGE-----

YSBzaGFyZSB0aGF0IG9ubHkgb25lIGhvbGRlciBjYW4gcmVhZCwgaW4gbW9yZSB0
aGFuIG9uZSBsaW5lIG9mIGJhc2U2NA==
=Drm5
-----END PGP MESSAGE-----
"
`);
});

test('reads what it wrote, whatever the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (some) => {
      const written = armor({ name: 'PGP MESSAGE', bytes: Buffer.from(some) });
      expect(dearmor(written)).toEqual({ name: 'PGP MESSAGE', bytes: Buffer.from(some) });
    }),
  );
});

test.each([
  ['with headers', text.replace('\n\n', '\nVersion: GnuPG v2\nComment: of a holder\n\n')],
  ['with text around it', `Here is my key:\n\n${text}\nRegards\n`],
  ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
  ['without a checksum', text.replace(/=.{4}\n/, '')],
  ['with blanks at the ends of lines', text.replaceAll('\n', '  \n')],
])('reads a block %s', (_what, block) => {
  expect(dearmor(block)?.bytes).toEqual(bytes);
});

test.each([
  ['without an end', text.slice(0, -30)],
  ['with another end', text.replace('END PGP MESSAGE', 'END PGP SIGNATURE')],
  ['with a damaged byte', text.replace('YSBz', 'YSBy')],
  ['with another checksum', text.replace('=Drm5', '=AAAA')],
  ['with something that is not base64', text.replace('YSBz', 'Y§Bz')],
  ['with nothing in it', '-----BEGIN PGP MESSAGE-----\n\n-----END PGP MESSAGE-----\n'],
  ['of something else', '-----BEGIN CERTIFICATE-----\n\nAAAA\n-----END CERTIFICATE-----\n'],
  ['that is none', 'nothing'],
])('does not read a block %s', (_what, block) => {
  expect(dearmor(block)).toBeUndefined();
});
