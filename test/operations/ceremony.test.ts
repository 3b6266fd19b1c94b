import * as fs from 'node:fs';
import * as path from 'node:path';
import { OPERATOR_POLICY } from '../../constructs/vault-description';
import { init } from '../../operations/ceremony';
import { type InitFlags, initFlags } from '../../operations/init-options';
import { dearmor } from '../../operations/openpgp-armor';
import { temporaryFolder } from './fakes';
import { pgpKey } from './openpgp-maker';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

const POLICY = 'path "sys/mounts/apps" {\n  capabilities = ["read"]\n}\n';
const CLEAR = initFlags(['--shares', '5', '--print-shares-in-clear']);

const keys = temporaryFolder();
const PGP = initFlags(
  ['alice', 'bob', 'carol', 'dave', 'erin'].flatMap((name, i) => {
    const file = path.join(keys, `${name}.gpg`);
    fs.writeFileSync(file, pgpKey({ algorithm: i }));
    return ['--pgp-key', file];
  }),
);

async function age(): Promise<{ flags: InitFlags; decrypt(content: string, i: number): Promise<string> }> {
  const { armor, Decrypter, generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identities = await Promise.all([1, 2, 3].map(() => generateX25519Identity()));
  const recipients = await Promise.all(identities.map((one) => identityToRecipient(one)));
  return {
    flags: initFlags([
      '--shares',
      '3',
      '--threshold',
      '2',
      ...recipients.flatMap((one) => ['--age-recipient', one]),
    ]),
    decrypt: (content, i) => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identities[i] as string);
      return decrypter.decrypt(armor.decode(content), 'text');
    },
  };
}

/** Everything that was shown, said or written. */
function traces({
  said,
  printed,
  folder,
}: Pick<ReturnType<typeof scene>, 'said' | 'printed' | 'folder'>): string {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
  return [...said, ...printed, ...files].join('\n');
}

const inTime = (props: SceneProps = {}, folder?: string) => scene(props, folder);
const shareFiles = (folder: string) => {
  const shares = path.join(folder, 'shares', 'shop-production');
  return fs.existsSync(shares) ? fs.readdirSync(shares) : [];
};

describe('with age holders', () => {
  test('gives each holder a share, sets the operators up, and leaves no root token', async () => {
    const { flags, decrypt } = await age();
    const set = inTime();
    let root: string | undefined;
    set.vault.intercept = ({ token }) => {
      root ??= token;
      return undefined;
    };
    expect(await init(set.nodes, flags, POLICY, set.outside)).toBe(0);
    const [token = ''] = set.printed.map((text) => text.trim());
    expect(set.printed).toEqual([`${token}\n`]);
    expect(set.vault.tokens.get(token)).toMatchObject({
      policies: [OPERATOR_POLICY],
      given: { ttl: '1h', explicit_max_ttl: '24h', renewable: true, display_name: 'operator' },
    });
    expect(set.vault.rootTokens).toEqual([]);
    expect(set.vault.policies.get(OPERATOR_POLICY)).toBe(POLICY);
    const files = shareFiles(set.folder);
    expect(files).toHaveLength(3);
    for (const [i, name] of files.sort().entries()) {
      const content = fs.readFileSync(path.join(set.folder, 'shares', 'shop-production', name), 'utf8');
      expect(await decrypt(content, i)).toBe(set.vault.shares[i]);
    }
    expect(root).toMatch(/^s\./);
    for (const secret of [root as string, ...set.vault.shares]) expect(traces(set)).not.toContain(secret);
  });

  test('has every node unsealed and voting before it ends', async () => {
    const { flags } = await age();
    const { nodes, outside, vault, said } = inTime({ nodes: 3 });
    expect(await init(nodes, flags, POLICY, outside)).toBe(0);
    expect(vault.nodes.every(({ sealed }) => !sealed)).toBe(true);
    expect(said).toContain('shop-production: 3 of 3 nodes are unsealed');
    expect(said).toContain('shop-production: 3 of 3 nodes vote');
    expect(vault.rootTokens).toEqual([]);
  });
});

describe('with PGP holders', () => {
  test('asks them for their shares while nobody sees the others', async () => {
    const set = inTime({ isTerminal: true });
    const give = (i: number) => () => set.vault.shares[i];
    set.input.type(give(4), give(0), give(2));
    expect(await init(set.nodes, PGP, POLICY, set.outside)).toBe(0);
    expect(set.input.asked).toEqual([1, 2, 3].map((i) => `share ${i} of 3, which is not shown`));
    expect(shareFiles(set.folder)).toEqual([
      '1-alice.asc',
      '2-bob.asc',
      '3-carol.asc',
      '4-dave.asc',
      '5-erin.asc',
    ]);
    const content = fs.readFileSync(path.join(set.folder, 'shares/shop-production/2-bob.asc'), 'utf8');
    const serverKey = pgpKey({ algorithm: 1 }).toString('base64');
    expect(dearmor(content)?.bytes.toString()).toBe(`${set.vault.shares[1]} for ${serverKey}`);
    expect(set.vault.rootTokens).toEqual([]);
  });

  test('goes on when they unseal it elsewhere', async () => {
    const { nodes, outside, vault, clock, said } = inTime();
    clock.after(60_000, () => {
      vault.nodes[0]?.parts.push(vault.shares[0] as string);
    });
    clock.after(5 * 60_000, () => Object.assign(vault.nodes[0] as object, { sealed: false, unsealedAt: 0 }));
    expect(await init(nodes, PGP, POLICY, outside)).toBe(0);
    expect(said).toContain('waiting for its holders to unseal it elsewhere, for 15 minutes');
    expect(said).toContain('1 of 3 shares');
    expect(vault.rootTokens).toEqual([]);
  });

  test('fails after a quarter of an hour with what comes next', async () => {
    const set = inTime();
    const before = set.clock.now();
    const { problems } = await problemsOf(init(set.nodes, PGP, POLICY, set.outside));
    expect(set.clock.now() - before).toBe(15 * 60_000);
    expect(problems).toEqual([
      "'vault' of shop-production must be unsealed to be set up, got a sealed one at 'https://127.0.0.1:8200'",
      'the ceremony of shop-production is not complete: the encrypted shares are in shares/shop-production; while it is sealed run npm run vault -- unseal shop-production, then npm run vault -- operator shop-production, which sets up the rest and revokes the first root token',
    ]);
    expect(set.printed).toEqual([]);
    expect(traces(set)).not.toContain(set.vault.rootTokens[0]);
  });

  test.each([
    ['holders are asked', true],
    ['holders are waited for', false],
  ])('says how to go on when somebody ends it while %s', async (_when, isTerminal) => {
    const set = inTime({ isTerminal });
    const stop = () => {
      set.controller.abort('SIGINT');
      return undefined;
    };
    set.input.type(stop);
    if (!isTerminal) set.clock.after(30_000, stop);
    const { problems, exitCode } = await problemsOf(init(set.nodes, PGP, POLICY, set.outside));
    expect(exitCode).toBe(130);
    expect(problems).toEqual([
      expect.stringMatching(/^the ceremony of shop-production is not complete: the encrypted/),
    ]);
  });
});

describe('in clear', () => {
  test('shows the shares to people alone, and writes no file', async () => {
    const set = inTime();
    expect(await init(set.nodes, CLEAR, POLICY, set.outside)).toBe(0);
    for (const [i, share] of set.vault.shares.entries())
      expect(set.said).toContain(`share ${i + 1}: ${share}`);
    expect(fs.readdirSync(set.folder)).toEqual([]);
    expect(set.printed.join('')).not.toContain(set.vault.shares[0]);
  });

  test('fails where a file keeps what is said, before anything changes', async () => {
    const { nodes, outside, vault } = inTime({ isSaidToFile: true });
    expect(await problemsOf(init(nodes, CLEAR, POLICY, outside))).toEqual({
      problems: [
        "'--print-shares-in-clear' must print to people, got a file that keeps what this command says; do not redirect it",
      ],
      exitCode: 2,
    });
    expect(vault.nodes[0]?.hasData).toBe(false);
  });
});

test('waits for a server that unseals itself', async () => {
  const { nodes, outside, vault, said } = inTime({ seal: 'static', description: { seal: 'static' } });
  expect(await init(nodes, CLEAR, POLICY, outside)).toBe(0);
  expect(said[0]).toBe(
    'initialised: 5 shares, any 3 of which make a root token; the server unseals by itself',
  );
  expect(vault.requests.filter(({ path: asked }) => asked === 'sys/unseal')).toEqual([]);
  expect(vault.rootTokens).toEqual([]);
});

describe('a server that is initialised', () => {
  test.each([
    ['unsealed', false, 'a token for its operator: npm run vault -- operator shop-production'],
    ['sealed', true, 'it is sealed: npm run vault -- unseal shop-production'],
  ])('is left as it is when it is %s, whatever the flags are', async (_what, sealed, next) => {
    const set = inTime();
    set.vault.begin(5, 3);
    if (sealed) set.vault.restart();
    expect(await init(set.nodes, initFlags([]), POLICY, set.outside)).toBe(0);
    expect(set.said).toEqual(['shop-production is already initialised; nothing was changed', next]);
    expect(set.vault.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(fs.readdirSync(set.folder)).toEqual([]);
  });

  test('is left as it is when somebody else is faster by a moment', async () => {
    const { flags } = await age();
    const set = inTime();
    set.vault.intercept = (request) => {
      if (request.path === 'sys/init') set.vault.begin(5, 3);
      return undefined;
    };
    expect(await init(set.nodes, flags, POLICY, set.outside)).toBe(0);
    expect(set.said[0]).toBe('shop-production is already initialised; nothing was changed');
    expect(shareFiles(set.folder)).toEqual([]);
  });

  test('is left as it is when somebody else was faster and left their shares', async () => {
    const { flags } = await age();
    const set = inTime();
    const folder = path.join(set.folder, 'shares', 'shop-production');
    set.vault.intercept = () => {
      set.vault.intercept = () => undefined;
      const before = { body: { initialized: false, sealed: true } };
      set.vault.begin(5, 3);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, '1-alice.age'), 'theirs');
      return before;
    };
    expect(await init(set.nodes, flags, POLICY, set.outside)).toBe(0);
    expect(set.said[0]).toBe('shop-production is already initialised; nothing was changed');
    expect(fs.readFileSync(path.join(folder, '1-alice.age'), 'utf8')).toBe('theirs');
  });
});

describe('before anything changes', () => {
  const refuses = async (set: ReturnType<typeof scene>, flags: InitFlags, problem: string) => {
    expect((await problemsOf(init(set.nodes, flags, POLICY, set.outside))).problems[0]).toContain(problem);
    expect(set.vault.requests.filter(({ path: asked }) => asked === 'sys/init')).toEqual([]);
  };

  test('fails without holders', () =>
    refuses(inTime(), initFlags([]), "'--pgp-key' or '--age-recipient' must be given"));

  test('fails where shares of an older server are', async () => {
    const set = inTime();
    fs.mkdirSync(path.join(set.folder, 'shares/shop-production'), { recursive: true });
    fs.writeFileSync(path.join(set.folder, 'shares/shop-production/1-old.age'), 'old');
    await refuses(set, PGP, "'shares/shop-production' must be empty");
  });

  test('fails without the password of an operator where nobody can be asked', () =>
    refuses(
      inTime({
        description: {
          operator_access: [
            { type: 'userpass', path: 'userpass', users: ['ann'], token_ttl: '1h', token_max_ttl: '8h' },
          ],
        },
      }),
      PGP,
      "'VAULT_OPERATOR_PASSWORD_ANN' must be set",
    ));

  test('fails where a node gives no answer', async () => {
    const set = inTime({ nodes: 3 });
    set.vault.silent.add('https://127.0.0.1:8202');
    await refuses(set, PGP, "from 'https://127.0.0.1:8202'");
  });
});

test('shows the encrypted shares where they cannot be written, goes on, and ends with 1', async () => {
  const { flags, decrypt } = await age();
  const set = inTime();
  const folder = path.join(set.folder, 'shares', 'shop-production');
  set.vault.intercept = (request) => {
    if (request.path === 'sys/init') fs.rmSync(folder, { recursive: true });
    return undefined;
  };
  expect(await init(set.nodes, flags, POLICY, set.outside)).toBe(1);
  expect(set.said).toContain(
    "error: 'shares/shop-production' must take the shares, got ENOENT; keep these instead, encrypted to their holders",
  );
  const shown = set.said.filter((line) => line.includes('BEGIN AGE ENCRYPTED FILE'));
  expect(shown).toHaveLength(3);
  expect(await decrypt(shown[0]?.slice(shown[0].indexOf('\n') + 1) ?? '', 0)).toBe(set.vault.shares[0]);
  expect(set.printed).toHaveLength(1);
  expect(set.vault.rootTokens).toEqual([]);
});

test('revokes the root token when the set-up fails, and says how to complete it', async () => {
  const { nodes, outside, vault, printed } = inTime();
  vault.intercept = ({ path: asked }) =>
    asked.startsWith('sys/policies') ? { status: 500, errors: ['disk full'] } : undefined;
  const { problems } = await problemsOf(init(nodes, CLEAR, POLICY, outside));
  expect(problems).toEqual([
    "policy 'operator' must be written, got 500 'disk full'; mend it, then run npm run vault -- operator shop-production",
    expect.stringContaining('npm run vault -- operator shop-production, which sets up the rest'),
  ]);
  expect(vault.rootTokens).toEqual([]);
  expect(printed).toEqual([]);
});

test('revokes the root token when somebody ends it during the set-up', async () => {
  const { nodes, outside, vault, controller, printed } = inTime();
  vault.intercept = ({ path: asked }) => {
    if (asked === 'sys/audit') controller.abort('SIGTERM');
    return undefined;
  };
  expect(await problemsOf(init(nodes, CLEAR, POLICY, outside))).toMatchObject({ exitCode: 143 });
  expect(vault.rootTokens).toEqual([]);
  expect(vault.policies.size).toBe(0);
  expect(printed).toEqual([]);
});
