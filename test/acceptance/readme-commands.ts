import * as fs from 'node:fs';
import * as path from 'node:path';

const README = path.resolve(__dirname, '..', '..', 'README.md');
/** The environment for which the README shows them. */
const SHOWN = 'bizosaas-production';
const RECIPIENTS = /(--age-recipient \S+?[\s\\]*(?=--age-recipient|\)))+/;

/** What a user types on a fresh host, as the README shows it. */
export interface FourCommands {
  readonly certificates: string;
  readonly server: string;
  readonly ceremony: string;
  readonly everything: string;
}

export interface Typist {
  /** The environment in place of the README's. */
  readonly environment: string;
  /** Flags that name the holders, in place of the README's, unless they have age keys in files of its names. */
  readonly holders?: string;
  /** Flags for deploys that nobody is there to approve. */
  readonly deployFlags: readonly string[];
}

/** The four commands of the README for another environment, and otherwise to the letter. */
export function fourCommands({ environment, holders, deployFlags }: Typist): FourCommands {
  const flags = deployFlags.join(' ');
  const [certificates = '', server = '', ceremony = '', everything = ''] = shownCommands().map((command) =>
    command
      .replaceAll(SHOWN, environment)
      .replace(/^npx cdktf deploy .*$/, `$& ${flags}`)
      .replace(RECIPIENTS, (shown) => holders ?? shown),
  );
  return { certificates, server, ceremony, everything };
}

/** The files of holders' keys that the README shows. */
export function shownRecipients(): readonly string[] {
  return [...(shownCommands()[2] ?? '').matchAll(/--age-recipient (\S+?)(?=[\s)])/g)].map(
    ([, file]) => file ?? '',
  );
}

function shownCommands(): readonly string[] {
  const [, block] = fs.readFileSync(README, 'utf8').match(/```sh\n(npm run certificates [\s\S]*?)```/) ?? [];
  const commands = (block ?? '').split(/ +# \d\. .*\n/).slice(0, -1);
  if (commands.length !== 4) {
    throw new Error(`README.md must show four commands, got ${commands.length}; correct one of the two`);
  }
  return commands;
}
