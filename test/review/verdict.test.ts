import { loadPolicyParser } from '../../policies/policy-text';
import type { EnvironmentReview } from '../../review/change-review';
import { CAUSES, isCause, verdictOf } from '../../review/verdict';
import { compared, environmentReview, SHOP, stack } from './made-change';
import { ACCEPTED, INFO, OPEN } from './made-review';

beforeAll(loadPolicyParser);

const NONE = environmentReview().findings;
const resource = { stack: 's', address: 'a', type: 't', action: 'update', attributes: [] } as const;
const danger = { stack: 's', address: 'a', what: 'it', action: 'delete', meaning: 'gone' } as const;
const access = (more: object) =>
  ({ name: 'shop', presence: 'changed', identities: [], unknown: [], mayGrant: [], ...more }) as never;

const LOSES = {
  name: 'store',
  presence: 'changed',
  changes: [{ isNarrowing: true, isBroadening: false }],
};

test.each<[string, Partial<EnvironmentReview>, string, string]>([
  ['nothing', {}, 'same', ''],
  ['a resource', { changes: [resource] }, 'fine', ''],
  ['a loss', { dangers: [danger] }, 'danger', '1 danger to data or identity'],
  [
    'a new error',
    { findings: { ...NONE, added: [OPEN] } },
    'danger',
    'the synth refuses it for 1 open error',
  ],
  [
    'an old error',
    { findings: { ...NONE, kept: [OPEN] } },
    'danger',
    'the synth refuses it for 1 open error',
  ],
  [
    'an accepted one',
    { findings: { ...NONE, newlyAccepted: [ACCEPTED] } },
    'attention',
    '1 finding newly accepted',
  ],
  [
    'a new warning',
    { findings: { ...NONE, added: [{ ...OPEN, level: 'warning' }] } },
    'attention',
    '1 new warning',
  ],
  ['a new remark', { findings: { ...NONE, added: [INFO, INFO] } }, 'fine', '2 new remarks of rules'],
  ['a mended one', { findings: { ...NONE, gone: [OPEN] } }, 'fine', '1 finding mended'],
  ['drift', { drift: [resource] }, 'attention', '1 resource changed by somebody else'],
  [
    'what may give access',
    { access: access({ mayGrant: ['x'] }) },
    'attention',
    '1 thing that may give access',
  ],
  ['a lost access', { access: access({ identities: [LOSES] }) }, 'attention', '1 identity loses access'],
  [
    'a secret with other values',
    { rewritten: [{ stack: 's', address: 'a', what: 'it', meaning: 'all its keys' }] },
    'attention',
    '1 secret written again',
  ],
  ['a lost item', { hardening: { won: [], lost: ['a'] } }, 'attention', '1 item of hardening lost'],
  [
    'a container that is replaced',
    { changes: [resource], restarted: ['store'] },
    'fine',
    '1 container restarts: store',
  ],
  [
    'several containers',
    { changes: [resource], restarted: ['a', 'b', 'c', 'd', 'e', 'f'] },
    'fine',
    '6 containers restart: a, b, c, d, e and 1 more',
  ],
  ['a won item', { hardening: { won: ['a'], lost: [] } }, 'fine', '1 item of hardening won'],
  ['a backend', { otherChanges: [resource] }, 'fine', '1 other declaration changed'],
  ['an environment that goes', { presence: 'removed' }, 'attention', 'removed environment'],
  ['a new environment', { presence: 'new', changes: [resource] }, 'fine', 'new environment'],
])('the verdict on %s', (_, given, level, remarks) => {
  const verdict = verdictOf(environmentReview({ presence: 'changed', ...given }));
  expect(verdict).toMatchObject({ level, remarks: remarks === '' ? [] : [remarks] });
});

test('resources are counted by what happens to them', () => {
  const changes = [resource, resource, { ...resource, action: 'replace' as const }];
  expect(verdictOf(environmentReview({ changes })).counts).toEqual({ update: 2, replace: 1 });
});

test('a plan that failed, or does only a part, is no plan to rely on', () => {
  const note = { stack: 's', hasErrored: true, isComplete: false, checks: [], programs: [] } as never;
  expect(verdictOf(environmentReview(), [note])).toMatchObject({
    level: 'danger',
    remarks: ['1 plan that failed', '1 plan that does only a part'],
  });
});

test.each<[string, Partial<EnvironmentReview>, readonly string[]]>([
  ['nothing', {}, []],
  ['a delete of what holds nothing', { changes: [{ ...resource, action: 'delete' }] }, []],
  ['a loss', { dangers: [danger] }, ['destroy']],
  ['what may give access', { access: access({ mayGrant: ['x'] }) }, ['broadening']],
  ['what cannot be told, and could not before', { access: access({ unknown: ['x'] }) }, []],
  ['an old error', { findings: { ...NONE, kept: [OPEN] } }, ['error']],
  ['a warning', { findings: { ...NONE, added: [{ ...OPEN, level: 'warning' }] } }, []],
  ['an accepted error', { findings: { ...NONE, newlyAccepted: [{ ...ACCEPTED, level: 'error' }] } }, []],
  ['drift', { drift: [resource] }, ['drift']],
])('what a review fails on: %s', (_, given, causes) => {
  expect(CAUSES.filter((one) => isCause(one, environmentReview(given)))).toEqual(causes);
});

test('a check that does not hold, and a program that runs, are to be looked at', () => {
  const checks = ['fail', 'error', 'unknown'].map((status) => ({ address: 'check.a', status, problems: [] }));
  const note = { stack: 's', checks, programs: ['action.a.b'] } as never;
  expect(verdictOf(environmentReview({ changes: [resource] }), [note])).toMatchObject({
    level: 'attention',
    remarks: ['2 checks that do not hold', '1 program that may run'],
  });
});

const at = (address: string) => ({ provider: { vault: [{ address }] } });
const kept = (path: string) => ({ terraform: { backend: { local: { path } } } });
const other = '1 other declaration changed';

test.each<[what: string, before: object, after: object, level: string, remarks: readonly string[]]>([
  [
    'server',
    at('https://a.example'),
    at('https://b.example'),
    'attention',
    ['1 other server or state', other],
  ],
  [
    'host of containers',
    { provider: { docker: [{}] } },
    { provider: { docker: [{ host: 'ssh://elsewhere' }] } },
    'attention',
    ['1 other server or state', other],
  ],
  ['state', kept('a.tfstate'), kept('b.tfstate'), 'attention', ['1 other server or state', other]],
  [
    'module',
    { module: { a: { source: './a' } } },
    { module: { a: { source: './b' } } },
    'attention',
    ['1 changed module that nobody looks into', other],
  ],
  [
    'setting of a provider',
    { provider: { vault: [{}] } },
    { provider: { vault: [{ max_lease_ttl_seconds: 60 }] } },
    'fine',
    [other],
  ],
])(
  'that all is written to another %s is to be looked at, and no setting is',
  (_, before, after, level, remarks) => {
    const { environments } = compared([stack('shop', SHOP, before)], [stack('shop', SHOP, after)]);
    const verdict = verdictOf(environments[0] as EnvironmentReview);
    expect(verdict).toMatchObject({ level, remarks });
  },
);
