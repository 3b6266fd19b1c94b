import type { InitOptions } from './init-options';
import type { InitialSecrets } from './initialisation';
import type { ShareFolder } from './share-folder';
import type { VaultSurroundings } from './vault-surroundings';

/**
 * Gives the shares out, before anything else can go wrong: to files that only their holders can read, or in clear to
 * the people before this terminal.
 *
 * @returns where they are, for people, and whether that is where they belong
 */
export async function handOut(
  { shares, kind }: InitialSecrets,
  { threshold, holders }: InitOptions,
  folder: ShareFolder,
  say: VaultSurroundings['say'],
): Promise<{ readonly place: string; readonly isSafe: boolean }> {
  const purpose = kind === 'unseal' ? 'unseal' : 'make a root token; the server unseals by itself';
  say(
    shares.length === 1
      ? `initialised: one share, to ${purpose}`
      : `initialised: ${shares.length} shares, any ${threshold} of which ${purpose}`,
  );
  if (!holders) {
    for (const [i, share] of shares.entries()) say(`share ${i + 1}: ${share}`);
    say('nothing else keeps these shares: give each of them to another holder');
    return { place: 'the shares are those above', isSafe: true };
  }
  const encrypted = await holders.encrypt(shares);
  try {
    folder.write(encrypted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    say(
      `error: '${folder.path}' must take the shares, got ${code}; keep these instead, encrypted to their holders`,
    );
    for (const { fileName, content } of encrypted) say(`${fileName}\n${content}`);
    return { place: 'the encrypted shares are those above', isSafe: false };
  }
  for (const { fileName, holder } of encrypted) say(`  ${folder.path}/${fileName} for ${holder}`);
  say('give each holder theirs; take a file away from here when its holder has decrypted it once');
  return { place: `the encrypted shares are in ${folder.path}`, isSafe: true };
}
