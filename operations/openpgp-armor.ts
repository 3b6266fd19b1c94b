/** OpenPGP's text form (RFC 9580, section 6.2) of some bytes, and the name of what they are. */
export interface Armored {
  /** Such as `PGP PUBLIC KEY BLOCK`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Reads the first block of a text; `undefined` where there is none, or a damaged one. */
export function dearmor(text: string): Armored | undefined {
  const [, name = '', content = ''] =
    /^-----BEGIN (PGP [A-Z ]+)-----\s*\n([\s\S]*?)^-----END \1-----/m.exec(text.replace(/\r\n?/g, '\n')) ??
    [];
  const lines = content.split('\n').map((line) => line.trim());
  // Without headers such as `Comment: …`.
  const data = lines.filter((line) => line !== '' && !line.includes(':'));
  const checksum = data.at(-1)?.startsWith('=') ? data.pop()?.slice(1) : undefined;
  const encoded = data.join('');
  if (name === '' || encoded === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return checksum === undefined || checksum === checksumOf(bytes) ? { name, bytes } : undefined;
}

/** Writes the text form, which `gpg` reads like the bytes and which survives an e-mail. */
export function armor({ name, bytes }: Armored): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${name}-----\n\n${lines.join('\n')}\n=${checksumOf(bytes)}\n-----END ${name}-----\n`;
}

/** CRC-24. */
function checksumOf(bytes: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  const sum = Buffer.alloc(3);
  sum.writeUIntBE(crc & 0xffffff, 0, 3);
  return sum.toString('base64');
}
