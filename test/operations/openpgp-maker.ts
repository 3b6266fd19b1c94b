/** Makes keys of OpenPGP, byte by byte: without key material, since nothing is ever encrypted to them. */
export interface KeyProps {
  readonly algorithm?: number;
  readonly version?: number;
  /** Of the newest signature; none where there is no signature. */
  readonly flags?: number | undefined;
  /** In seconds after the key was made. */
  readonly lifetime?: number;
  readonly signatureLifetime?: number;
  readonly revoked?: boolean;
  /** Signatures that came before, in any order. */
  readonly older?: readonly { readonly flags: number; readonly lifetime?: number }[];
}

export const MADE = Date.parse('2030-01-01T00:00:00Z') / 1000;
export const SIGNS = 0x03;
export const ENCRYPTS = 0x0c;

const ECDH = 18;
const EDDSA = 22;

/** A key with its subkeys: by default one that signs, and a subkey that encrypts. */
export function pgpKey(primary: KeyProps = {}, subkeys: readonly KeyProps[] = [{}]): Buffer {
  return Buffer.concat([
    ...keyPackets(6, { algorithm: EDDSA, flags: SIGNS, ...primary }, 0x13, 0x20),
    packet(13, Buffer.from('alice <alice@example.test>')),
    ...subkeys.flatMap((one) => keyPackets(14, { algorithm: ECDH, flags: ENCRYPTS, ...one }, 0x18, 0x28)),
  ]);
}

/** The same key as its holder has it: with the secret part. */
export function secretPgpKey(): Buffer {
  return packet(5, keyBody({ algorithm: EDDSA }));
}

function keyPackets(tag: number, props: KeyProps, signing: number, revoking: number): Buffer[] {
  const { flags, lifetime = 0, signatureLifetime = 0, older = [] } = props;
  return [
    packet(tag, keyBody(props)),
    ...(flags === undefined ? [] : [signature(signing, MADE + 100, flags, lifetime, signatureLifetime)]),
    ...older.map((one) => signature(signing, MADE, one.flags, one.lifetime ?? 0, 0)),
    ...(props.revoked ? [signature(revoking, MADE + 200, 0, 0, 0)] : []),
  ];
}

function keyBody({ algorithm = 0, version = 4 }: KeyProps): Buffer {
  return Buffer.concat([
    Buffer.from([version]),
    uint32(MADE),
    Buffer.from([algorithm]),
    Buffer.from('key material'),
  ]);
}

function signature(
  type: number,
  made: number,
  flags: number,
  lifetime: number,
  signatureLifetime: number,
): Buffer {
  const hashed = Buffer.concat([
    subpacket(2, uint32(made)),
    ...(signatureLifetime > 0 ? [subpacket(3, uint32(signatureLifetime))] : []),
    ...(lifetime > 0 ? [subpacket(9, uint32(lifetime))] : []),
    // Longer than one byte can say.
    subpacket(20, Buffer.alloc(200)),
    subpacket(27, Buffer.from([flags])),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(hashed.length);
  return packet(2, Buffer.concat([Buffer.from([4, type, EDDSA, 8]), length, hashed]));
}

function subpacket(type: number, data: Buffer): Buffer {
  return Buffer.concat([lengthOf(data.length + 1), Buffer.from([type]), data]);
}

/** In the new format. */
export function packet(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc0 | tag]), lengthOf(body.length), body]);
}

/** In the format of old programs, with a length of so many bytes. */
export function oldPacket(tag: number, body: Buffer, type: 0 | 1 | 2 | 3): Buffer {
  const length = Buffer.alloc(type === 3 ? 0 : 2 ** type);
  if (type !== 3) length.writeUIntBE(body.length, 0, length.length);
  return Buffer.concat([Buffer.from([0x80 | (tag << 2) | type]), length, body]);
}

function lengthOf(length: number): Buffer {
  if (length < 192) return Buffer.from([length]);
  if (length < 8384) return Buffer.from([((length - 192) >> 8) + 192, (length - 192) & 0xff]);
  return Buffer.concat([Buffer.from([255]), uint32(length)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
