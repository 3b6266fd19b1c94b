import { loadPolicyParser } from '../../../policies/policy-text';
import type { ChangeReview, EnvironmentReview } from '../../../review/change-review';
import { commentMarkdown, GITHUB_LIMIT, LEAST_LIMIT, MARKER } from '../../../review/comment/comment';
import type { PlanNote } from '../../../review/plan/plan-note';
import type { AttributeChange, ResourceChange } from '../../../review/resource-change';
import type { Finding } from '../../../review/rule';
import { compared, environmentReview, SHOP, shopWith, stack } from '../made-change';
import { ACCEPTED, OPEN } from '../made-review';
import { markdownProblems } from './checked-markdown';

beforeAll(loadPolicyParser);

const review = (...environments: readonly Partial<EnvironmentReview>[]): ChangeReview => ({
  environments: environments.map(environmentReview),
  plans: [],
  versions: {},
});

function attribute(name: string, before: string | undefined, after: string | undefined): AttributeChange {
  const side = (text: string | undefined) =>
    text === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'text', text } as const);
  return { name, before: side(before), after: side(after), forcesReplacement: false };
}

function resource(given: Partial<ResourceChange> = {}): ResourceChange {
  return {
    stack: 'shop-production-access',
    address: 'vault_policy.store',
    type: 'vault_policy',
    action: 'update',
    attributes: [attribute('name', 'a', 'b')],
    ...given,
  };
}

function note(given: Partial<PlanNote> = {}): PlanNote {
  return {
    stack: 'shop-production-access',
    digest: 'sha256:0a1b',
    isEmpty: false,
    isComplete: true,
    hasErrored: false,
    terraformVersion: '1.11.4',
    providers: [{ name: 'registry.terraform.io/hashicorp/vault', constraint: '5.6.0' }],
    actions: { create: 0, update: 1, replace: 0, delete: 0, forget: 0, import: 0, move: 0 },
    drifted: 0,
    outputs: [],
    deferred: [],
    checks: [],
    programs: [],
    remarks: [],
    ...given,
  };
}

/** Everything that there is to say, of three environments of two platforms. */
function everything(): ChangeReview {
  const names = ['shop-production', 'shop-staging', 'mail-production'];
  const change = {
    'vault_kv_secret_v2.bills': undefined,
    'vault_policy.store': {
      policy: '# store reads mail\npath "shop/data/mail" {\n  capabilities = ["read", "delete"]\n}\n',
    },
    'docker_volume.data': { name: 'shop-data-2' },
    'docker_container.store': {
      env: ['CURRENCY=CHF', 'REGION=eu', 'ROLE=shop-store', 'SMTP_PASSWORD=hunter2'],
    },
    'vault_policy.more': { name: 'more', policy: 'path "shop/data/more" {\n  capabilities = ["list"]\n}\n' },
  };
  const after = names.map((name) =>
    stack(
      name,
      name === 'mail-production' ? shopWith({ 'vault_policy.unused': undefined }) : shopWith(change),
      {
        terraform: { required_providers: { vault: { source: 'hashicorp/vault', version: '5.6.0' } } },
      },
    ),
  );
  const made = compared(
    [...names.map((name) => stack(name, SHOP)), stack('quiet-production', SHOP)],
    [...after, stack('quiet-production', SHOP)],
    { compared: { before: 'main (0a1b2c3d4)', after: 'the working tree' } },
  );
  const environments = made.environments.map((one) => ({
    ...one,
    ...(one.name.startsWith('shop') && {
      findings: {
        added: [OPEN],
        newlyAccepted: [ACCEPTED],
        kept: [],
        stillAccepted: [],
        gone: [{ ...OPEN, id: 'TST009' }],
      },
      hardening: {
        before: { held: 24, applying: 25 },
        after: { held: 23, applying: 25 },
        won: [],
        lost: ['HRD-B02'],
      },
    }),
    ...(one.name === 'shop-production' && {
      planned: ['shop-production-access'],
      drift: [resource({ stack: 'shop-production-access' })],
    }),
  }));
  return { ...made, environments, plans: [note(), note({ stack: 'shop-staging-access', isEmpty: true })] };
}

test('the whole comment is as a reviewer reads it', () => {
  const markdown = commentMarkdown(everything());
  expect(markdownProblems(markdown)).toEqual([]);
  expect(markdown).toMatchSnapshot();
});

test('sections stand in the order in which a reviewer decides', () => {
  const markdown = commentMarkdown(everything());
  const places = [
    MARKER,
    '| environment |',
    '[!CAUTION]',
    '### Access',
    '### Findings',
    '### Hardening',
    '### Resources',
    '### Drift',
    '### Plans',
    '<sub>`main',
  ].map((one) => markdown.indexOf(one));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(Math.min(...places)).toBe(0);
});

describe('a change that means nothing', () => {
  test('is one line', () => {
    const quiet = compared([stack('shop', SHOP)], [stack('shop', SHOP)]);
    const { findings } = quiet.environments[0] as EnvironmentReview;
    const markdown = commentMarkdown({
      ...quiet,
      environments: quiet.environments.map((one) => ({ ...one, findings: { ...findings, kept: [] } })),
    });
    expect(markdown).toBe(`${MARKER}\n**Review**: nothing changes in 1 environment.\n`);
  });

  test('says of drift that there is none only where plans tell', () => {
    const planned = { presence: 'same', planned: ['shop-production-access'] } as const;
    const plans = [note({ isEmpty: true })];
    expect(commentMarkdown({ ...review(planned), plans })).toBe(
      `${MARKER}\n**Review**: nothing changes in 1 environment, and nothing has drifted.\n`,
    );
    expect(commentMarkdown({ ...review(planned, { presence: 'same' }), plans })).toBe(
      `${MARKER}\n**Review**: nothing changes in 2 environments, and nothing has drifted where there is a plan.\n`,
    );
  });

  test.each<[string, ChangeReview]>([
    ['drift', review({ presence: 'same', drift: [resource()] })],
    ['an open error', review({ findings: { ...environmentReview().findings, kept: [OPEN] } })],
    [
      'a plan that failed',
      {
        ...review({ planned: ['shop-production-access'] }),
        plans: [note({ isEmpty: true, hasErrored: true })],
      },
    ],
    ['a plan that changes an output', { ...review({}), plans: [note()] }],
    [
      'a check that does not hold',
      {
        ...review({}),
        plans: [note({ isEmpty: true, checks: [{ address: 'check.a', status: 'fail', problems: [] }] })],
      },
    ],
  ])('is none where there is %s', (_, given) => {
    expect(commentMarkdown(given)).toContain('## Review');
  });
});

describe('what is the same in several environments', () => {
  const changes = (environment: string) => [
    resource({
      stack: `${environment}-access`,
      attributes: [attribute('label', undefined, environment.replace(/^.*-/, ''))],
    }),
  ];

  test('is said once, and that names differ', () => {
    const names = ['mail-production', 'shop-production', 'shop-staging'];
    const markdown = commentMarkdown(review(...names.map((name) => ({ name, changes: changes(name) }))));
    expect(markdown).toContain('**In `mail-production`, `shop-production` and `shop-staging`**');
    expect(markdown).toContain('the others differ in their names alone');
    expect(markdown.match(/<details>/g)).toHaveLength(1);
  });

  test('is said apart where anything else differs', () => {
    const markdown = commentMarkdown(
      review(
        { name: 'shop-production', changes: [resource({ stack: 'shop-production' })] },
        { name: 'shop-staging', changes: [resource({ stack: 'shop-staging', reason: 'another one' })] },
      ),
    );
    expect(markdown.match(/<details>/g)).toHaveLength(2);
  });
});

describe('what is counted', () => {
  const danger = { stack: 's', address: 'a', what: 'it', action: 'delete', meaning: 'gone' } as const;
  const INFO: Finding = { ...OPEN, id: 'TST001', level: 'info' };
  const { findings } = environmentReview();
  const inAll = (...names: readonly string[]) =>
    commentMarkdown(
      review(
        ...names.map((name) => ({
          name,
          changes: [resource()],
          dangers: [danger],
          findings: { ...findings, added: [{ ...OPEN, level: 'warning' as const }], kept: [INFO, INFO] },
        })),
      ),
    );

  test('is told of several environments together', () => {
    const markdown = inAll('shop-production', 'shop-staging', 'mail-production');
    expect(markdown).toContain('> **1 danger to data or identity, in 3 environments**');
    expect(markdown).toContain('**3 new, in 3 environments**');
    expect(markdown).toContain('6 there before, and worth knowing, in 3 environments: info TST001 (6 times)');
  });

  test('is told of one environment without it', () => {
    const markdown = inAll('shop-production');
    expect(markdown).toContain('> **1 danger to data or identity**');
    expect(markdown).toContain('**1 new**');
    expect(markdown).toContain('2 there before, and worth knowing: info TST001 (2 times)');
  });
});

describe('of an environment in which nothing changes', () => {
  const hardening = {
    before: { held: 24, applying: 25 },
    after: { held: 24, applying: 25 },
    won: [],
    lost: [],
  };
  const quiet = environmentReview({
    name: 'quiet-production',
    presence: 'same',
    hardening,
    findings: {
      ...environmentReview().findings,
      kept: [
        { ...OPEN, level: 'info', seen: 'an info' },
        { ...OPEN, level: 'warning', seen: 'a warning' },
      ],
      stillAccepted: [{ ...ACCEPTED, seen: 'an accepted one' }],
    },
  });

  test('neither what is accepted nor what is worth knowing is told', () => {
    const markdown = commentMarkdown(review({ changes: [resource()] }, quiet));
    expect(markdown).toContain('1 there before, and open');
    expect(markdown).toContain('a warning');
    expect(markdown).not.toContain('worth knowing');
    expect(markdown).not.toContain('accepted');
    expect(markdown).not.toContain('Hardening');
  });

  test('all of it is told where something changes', () => {
    const markdown = commentMarkdown(review({ ...quiet, changes: [resource()] }));
    expect(markdown).toContain('1 there before, and worth knowing');
    expect(markdown).toContain('1 there before, and accepted');
    expect(markdown).toContain('Hardening stays as it is: 24 of 25 items hold in `quiet-production`.');
    expect(markdown).not.toContain('### Hardening');
  });
});

const HOSTILE: readonly string[] = [
  '@everyone look',
  'see #1 and org/repo#2 and GH-3',
  '| a | b |',
  '</details><script>alert(1)</script>',
  '```\nrun this\n```',
  '`````',
  '`<b>`',
  MARKER,
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example someone@evil.example',
  '-->',
  '\n## Review\n\n| fine |',
  '\u202eevil\u0000',
  '> [!NOTE]\n> all is fine',
  '\\',
  '&lt;b&gt; ![a] **bold** _x_ ~~y~~',
  '$\\text{x}$ !12 %3 ~label &4',
];

test.each(HOSTILE)('what comes from elsewhere stays text: %j', (text) => {
  const lines = { kind: 'lines', lines: [text, '```', `  ${text}`] } as const;
  const danger = {
    stack: text,
    address: text,
    what: `secret '${text}'`,
    action: 'delete',
    meaning: text,
  } as const;
  const finding = { ...ACCEPTED, title: text, seen: text, remedy: text, address: text, constructPath: text };
  const everywhere: ResourceChange = {
    stack: text,
    address: text,
    type: text,
    action: 'update',
    movedFrom: text,
    importedFrom: text,
    reason: text,
    constructPath: text,
    attributes: [
      attribute(text, text, `${text}!`),
      { name: text, before: { kind: 'absent' }, after: lines, forcesReplacement: true },
    ],
  };
  const given: ChangeReview = {
    environments: [
      environmentReview({
        name: text,
        changes: [everywhere, { ...everywhere, action: 'create' }],
        drift: [everywhere],
        otherChanges: [everywhere],
        dangers: [danger],
        rewritten: [danger],
        restarted: [text],
        access: { name: text, presence: 'changed', identities: [], unknown: [text], mayGrant: [text] },
        findings: {
          added: [{ ...finding, acknowledgement: undefined }],
          newlyAccepted: [
            {
              ...finding,
              acknowledgement: { id: text, constructPath: text, reason: text, owner: text, expires: text },
            },
          ],
          kept: [],
          stillAccepted: [],
          gone: [finding],
        },
        hardening: { before: { held: 1, applying: 2 }, won: [text], lost: [text] },
      }),
    ],
    plans: [
      note({
        stack: text,
        digest: text,
        terraformVersion: text,
        remarks: [text],
        deferred: [{ address: text, reason: text }],
        checks: [{ address: text, status: 'fail', problems: [text] }],
      }),
    ],
    compared: { before: text, after: text },
    versions: { [text]: text },
  };
  const markdown = commentMarkdown(given, { limit: 0 });
  expect(markdownProblems(markdown)).toEqual([]);
  expect(markdown.split('\n').filter((line) => line.startsWith(MARKER))).toEqual([MARKER]);
  expect(markdown.split('\n').filter((line) => line.startsWith('## '))).toEqual(['## Review']);
  expect(markdown).not.toMatch(/[\u202e\0]/);
  expect(markdown).not.toContain('npm run deploy');
});

function large(n: number, environments = 1): ChangeReview {
  const actions = ['create', 'update', 'delete', 'replace'] as const;
  return review(
    ...Array.from({ length: environments }, (_, e) => ({
      name: `shop${e}-production`,
      changes: Array.from({ length: n }, (__, i) =>
        resource({
          stack: `shop${e}-production-access`,
          address: `vault_policy.p${i}`,
          action: actions[i % 4],
          attributes: [
            attribute('name', `a${e}-${i}`, `b${i}`),
            {
              name: 'policy',
              before: { kind: 'lines', lines: Array.from({ length: 30 }, (___, l) => `line ${l}`) },
              after: { kind: 'lines', lines: Array.from({ length: 30 }, (___, l) => `line ${l * (i % 3)}`) },
              forcesReplacement: false,
            },
          ],
        }),
      ),
      dangers: Array.from({ length: Math.ceil(n / 100) }, (__, i) => ({
        stack: `shop${e}-production-access`,
        address: `vault_mount.m${i}`,
        what: `KV mount 'm${i}'`,
        action: 'delete' as const,
        meaning: 'everything that was ever written to it is gone',
      })),
      findings: {
        ...environmentReview().findings,
        added: [{ ...OPEN, seen: `saw ${e}` }],
        stillAccepted: [ACCEPTED],
      },
    })),
  );
}

describe('the limit', () => {
  const sizes = [LEAST_LIMIT, 1500, 3000, 8000, 20_000, GITHUB_LIMIT, 200_000];

  test.each(sizes)('is kept, and all that is open is closed: %d characters', (limit) => {
    for (const given of [large(2), large(60), large(400), large(20, 40), everything()]) {
      const markdown = commentMarkdown(given, { limit });
      expect(markdown.length).toBeLessThanOrEqual(limit);
      expect(markdownProblems(markdown)).toEqual([]);
      expect(markdown.startsWith(`${MARKER}\n`)).toBe(true);
    }
  });

  test('what is left out is said, and how to get it', () => {
    const markdown = commentMarkdown(large(400), { limit: 20_000 });
    expect(markdown).toMatch(
      /_Left out, to stay short enough: .*values.* `npm run review` with `--limit 0` or `--format json` has all of it\._/,
    );
  });

  test('nothing is said of it where all is there', () => {
    expect(commentMarkdown(large(2))).not.toContain('Left out');
    expect(commentMarkdown(large(400), { limit: 0 })).not.toContain('Left out');
  });

  test('values go before lists, lists before access, and verdicts and losses stay', () => {
    const given = large(60);
    const [first, second] = [8000, 2200].map((limit) => commentMarkdown(given, { limit }));
    expect(first).toContain('vault_policy.p59');
    expect(first).not.toContain('`b59`');
    expect(second).not.toContain('vault_policy.p59');
    for (const markdown of [first, second]) {
      expect(markdown).toContain("KV mount 'm0'");
      expect(markdown).toContain('`shop0-production` |');
      expect(markdown).toContain('saw 0');
    }
  });

  test.each([
    ['values', 60, 20_000],
    ['lists', 5000, GITHUB_LIMIT],
    ['names of attributes', 400, 40_000],
    ['lists of several environments', 300, 30_000],
  ])('of what is shortened as much is there as there is room for: %s', (_, changes, limit) => {
    const given = changes === 300 ? large(changes, 3) : large(changes);
    expect(commentMarkdown(given, { limit }).length).toBeGreaterThan(limit * 0.9);
  });

  test('values of what changes are worth more than those of what is new', () => {
    const policy = (text: string): AttributeChange => ({
      name: 'policy',
      before: { kind: 'absent' },
      after: { kind: 'lines', lines: Array.from({ length: 100 }, () => text) },
      forcesReplacement: false,
    });
    const changes = [
      resource({ action: 'create', attributes: [policy('of the new one')] }),
      resource({ address: 'vault_policy.more', attributes: [policy('of the changed one')] }),
    ];
    const markdown = commentMarkdown(review({ changes }), { limit: 4000 });
    expect(markdown).toContain('of the changed one');
    expect(markdown).not.toContain('of the new one');
    expect(markdown).toContain('attribute `policy`');
  });

  test('no line is longer than it can be read', () => {
    const lines = { kind: 'lines', lines: ['x'.repeat(10_000), 'y'] } as const;
    const attributes = [{ ...attribute('policy', 'a', 'b'), after: lines }];
    const markdown = commentMarkdown(review({ changes: [resource({ attributes })] }), { limit: 0 });
    expect(Math.max(...markdown.split('\n').map(({ length }) => length))).toBeLessThan(1000);
  });

  test('5,000 changes are told within the limit of GitHub', () => {
    expect(commentMarkdown(large(5000)).length).toBeLessThanOrEqual(GITHUB_LIMIT);
  });
});

describe('the same change of several environments', () => {
  const lines = (...all: readonly string[]) => ({ kind: 'lines', lines: all }) as const;
  const context = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const changeIn = (name: string, unseen: string, added: string) => ({
    name,
    changes: [
      resource({
        stack: `${name}-access`,
        attributes: [
          {
            name: 'policy',
            before: lines(unseen, ...context),
            after: lines(unseen, ...context, added),
            forcesReplacement: false,
          },
        ],
      }),
    ],
  });

  test('is shown once where the same is shown of it', () => {
    const markdown = commentMarkdown(
      review(changeIn('shop-staging', 'of staging alone', 'new'), changeIn('shop-production', 'x', 'new')),
    );
    expect(markdown).toContain('**In `shop-staging` and `shop-production`**');
    expect(markdown.match(/^ *\+ new$/gm)).toHaveLength(1);
    expect(markdown).not.toContain('of staging alone');
  });

  test('is shown of each where something else is shown', () => {
    const markdown = commentMarkdown(
      review(changeIn('shop-staging', 'x', 'new'), changeIn('shop-production', 'x', 'newer')),
    );
    expect(markdown).toContain('**In `shop-staging`**');
    expect(markdown).toContain('**In `shop-production`**');
  });

  test('is one line of the verdicts', () => {
    const names = ['shop-staging', 'shop-production', 'mail-staging'];
    const [first, second, third] = names.map((name) => changeIn(name, 'x', name));
    const drifted = { ...third, drift: [resource()] };
    const rows = commentMarkdown(review(first as never, second as never, drifted as never))
      .split('\n')
      .filter((line) => line.startsWith('| ✅') || line.startsWith('| ⚠️'));
    expect(rows).toEqual([
      '| ⚠️ **look at it**<br>`mail-staging` | 1 resource changed by somebody else; 1 changed |',
      '| ✅ fine<br>`shop-staging`<br>`shop-production` | 1 changed |',
    ]);
  });
});

describe('plans', () => {
  const changed = (plans: readonly PlanNote[]): string =>
    commentMarkdown({
      ...review({ changes: [resource()], planned: plans.map(({ stack: of }) => of) }),
      plans,
    });

  test('are deployed by their digests', () => {
    expect(changed([note(), note({ stack: 'shop-production-vault', isEmpty: true })])).toContain(
      'npm run deploy -- shop-production --plan-digest sha256:0a1b\n',
    );
  });

  test.each<[string, readonly PlanNote[]]>([
    ['failed', [note({ hasErrored: true })]],
    ['are of stacks that are not ours', [note({ stack: 'shop-production' })]],
    ['change nothing', [note({ isEmpty: true })]],
    ['would run something else', [note({ digest: 'sha256:0; rm -rf .' })]],
  ])('are not told how to deploy where they %s', (_, plans) => {
    expect(changed(plans)).not.toContain('npm run deploy');
  });
});
