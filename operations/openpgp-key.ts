import { createHash } from 'node:crypto';

/** Tags of packets, RFC 9580, section 5. */
const SIGNATURE = 2;
const SECRET_KEYS = [5, 7];
const PUBLIC_KEY = 6;
const PUBLIC_SUBKEY = 14;

/** Types of signatures: over a key and a user, over the key itself, over a subkey, and what takes them back. */
const CERTIFICATIONS = [0x10, 0x11, 0x12, 0x13, 0x1f];
const SUBKEY_BINDING = 0x18;
const REVOCATIONS = [0x20, 0x28];

/** RSA, RSA for encryption alone, Elgamal, ECDH, X25519, X448. */
const ENCRYPTING_ALGORITHMS = [1, 2, 16, 18, 25, 26];
const ENCRYPTS_COMMUNICATIONS = 0x04;

interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

/** What the newest signature over a key says. Times in seconds. */
interface Statement {
  readonly made: number;
  readonly flags: number;
  /** Of the key, after it was made; 0 is never. */
  readonly keyLifetime: number;
  readonly signatureLifetime: number;
}

interface Key {
  readonly created: number;
  readonly algorithm: number;
  readonly fingerprint: string;
  statement?: Statement;
  revoked: boolean;
}

/**
 * A public key of OpenPGP, as far as one must look into it before a server encrypts to it. Signatures are not
 * verified.
 */
export class OpenPgpKey {
  private constructor(
    /** Whether somebody exported the secret key. */
    public readonly isSecret: boolean,
    private readonly primary: Key,
    private readonly subkeys: readonly Key[],
  ) {}

  /** @returns `undefined` where the bytes are not exactly one key */
  public static parse(bytes: Buffer): OpenPgpKey | undefined {
    try {
      return OpenPgpKey.fromPackets(packetsIn(bytes));
    } catch (error) {
      // The bytes end in the middle of something.
      if ((error as Error).name === 'RangeError') return undefined;
      throw error;
    }
  }

  private static fromPackets(packets: readonly Packet[]): OpenPgpKey | undefined {
    const isSecret = packets.some(({ tag }) => SECRET_KEYS.includes(tag));
    const keys: Key[] = [];
    for (const { tag, body } of packets) {
      const current = keys.at(-1);
      if (tag === PUBLIC_KEY && current) return undefined;
      if (tag === PUBLIC_KEY || tag === PUBLIC_SUBKEY || SECRET_KEYS.includes(tag)) keys.push(keyOf(body));
      else if (tag === SIGNATURE && current) readSignature(body, current, keys.length === 1);
    }
    const [primary, ...subkeys] = keys;
    if (!primary || !(packets[0]?.tag === PUBLIC_KEY || isSecret)) return undefined;
    return new OpenPgpKey(isSecret, primary, subkeys);
  }

  /** In upper case, as `gpg --fingerprint` shows it, without spaces. */
  public get fingerprint(): string {
    return this.primary.fingerprint;
  }

  /** Why nothing can be encrypted to it, by the rules of the server's own library. */
  public encryptionProblem(now: Date): string | undefined {
    const seconds = now.getTime() / 1000;
    if (this.primary.revoked) return 'is revoked';
    if (isOver(this.primary, seconds)) return 'has expired';
    const able = [...this.subkeys, this.primary].filter(
      ({ algorithm, statement }) =>
        ENCRYPTING_ALGORITHMS.includes(algorithm) &&
        ((statement?.flags ?? 0) & ENCRYPTS_COMMUNICATIONS) !== 0,
    );
    if (able.length === 0) return 'can sign and not encrypt';
    return able.some((key) => !key.revoked && !isOver(key, seconds))
      ? undefined
      : 'has expired or revoked subkeys for encryption alone';
  }
}

function isOver({ created, statement }: Key, now: number): boolean {
  if (!statement) return true;
  const { made, keyLifetime, signatureLifetime } = statement;
  return (
    (keyLifetime > 0 && now >= created + keyLifetime) ||
    (signatureLifetime > 0 && now >= made + signatureLifetime)
  );
}

function packetsIn(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = bytes.readUInt8(at);
    if (head < 0x80) throw new RangeError('no packet');
    const isNew = (head & 0x40) !== 0;
    const { length, next } = isNew ? lengthAt(bytes, at + 1) : oldLengthAt(bytes, at + 1, head & 3);
    if (next + length > bytes.length) throw new RangeError('the packet ends after its file');
    packets.push({ tag: isNew ? head & 0x3f : (head >> 2) & 0xf, body: bytes.subarray(next, next + length) });
    at = next + length;
  }
  return packets;
}

/** A length of one, two or five bytes. */
function lengthAt(bytes: Buffer, at: number): { readonly length: number; readonly next: number } {
  const first = bytes.readUInt8(at);
  if (first < 192) return { length: first, next: at + 1 };
  if (first === 255) return { length: bytes.readUInt32BE(at + 1), next: at + 5 };
  return { length: ((first - 192) << 8) + bytes.readUInt8(at + 1) + 192, next: at + 2 };
}

function oldLengthAt(
  bytes: Buffer,
  at: number,
  type: number,
): { readonly length: number; readonly next: number } {
  if (type === 3) return { length: bytes.length - at, next: at };
  const size = 2 ** type;
  return { length: bytes.readUIntBE(at, size), next: at + size };
}

function keyOf(body: Buffer): Key {
  const version = body.readUInt8(0);
  const created = body.readUInt32BE(1);
  const algorithm = body.readUInt8(5);
  const length = Buffer.alloc(version === 6 ? 4 : 2);
  length.writeUIntBE(body.length, 0, length.length);
  const fingerprint = createHash(version === 6 ? 'sha256' : 'sha1')
    .update(Buffer.concat([Buffer.from([version === 6 ? 0x9b : 0x99]), length, body]))
    .digest('hex')
    .toUpperCase();
  return { created, algorithm, fingerprint, revoked: false };
}

/** Remembers what the newest of the signatures says. */
function readSignature(body: Buffer, key: Key, isPrimary: boolean): void {
  const version = body.readUInt8(0);
  const type = body.readUInt8(1);
  if (REVOCATIONS.includes(type)) key.revoked = true;
  if (!(isPrimary ? CERTIFICATIONS.includes(type) : type === SUBKEY_BINDING)) return;
  const size = version === 6 ? 4 : 2;
  const length = body.readUIntBE(4, size);
  const hashed = subpacketsIn(body.subarray(4 + size, 4 + size + length));
  const seconds = (id: number) => hashed.get(id)?.readUInt32BE(0) ?? 0;
  const statement: Statement = {
    made: seconds(2),
    signatureLifetime: seconds(3),
    keyLifetime: seconds(9),
    flags: hashed.get(27)?.readUInt8(0) ?? 0,
  };
  if (!key.statement || statement.made >= key.statement.made) key.statement = statement;
}

function subpacketsIn(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const { length, next } = lengthAt(bytes, at);
    found.set(bytes.readUInt8(next) & 0x7f, bytes.subarray(next + 1, next + length));
    at = next + Math.max(length, 1);
  }
  return found;
}
