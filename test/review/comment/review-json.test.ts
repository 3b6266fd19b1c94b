import { loadPolicyParser } from '../../../policies/policy-text';
import { commentMarkdown } from '../../../review/comment/comment';
import { type ReviewDocument, reviewJson } from '../../../review/comment/review-json';
import { compared, environmentReview, SHOP, shopWith, stack } from '../made-change';

beforeAll(loadPolicyParser);

const CHANGE = {
  'vault_policy.store': { policy: 'path "shop/data/*" {\n  capabilities = ["read"]\n}\n' },
  'vault_kv_secret_v2.mail': undefined,
  'docker_container.store': { env: ['API_TOKEN=hunter2'] },
};

const parsed = (given: Parameters<typeof reviewJson>[0]) => JSON.parse(reviewJson(given)) as ReviewDocument;

test('the document has everything, for machines', () => {
  const review = compared([stack('shop', SHOP)], [stack('shop', shopWith(CHANGE))], {
    compared: { before: 'main', after: 'here' },
  });
  const document = parsed(review);
  expect(document).toMatchObject({
    version: 1,
    compared: { before: 'main', after: 'here' },
    causes: { destroy: true, broadening: true, error: true, drift: false },
    environments: [
      {
        name: 'shop',
        presence: 'changed',
        verdict: { level: 'danger', counts: { update: 2, delete: 1 } },
        dangers: [{ what: "secret 'shop/mail'" }],
        access: {
          broadening: true,
          identities: [
            { name: 'store', changes: [{ after: 'path "shop/data/*" { read } of policy store, line 1' }] },
          ],
        },
      },
    ],
    plans: [],
  });
  expect(document.environments[0]?.changes).toEqual(
    JSON.parse(JSON.stringify(review.environments[0]?.changes)),
  );
});

test('no secret is in it', () => {
  const text = reviewJson(compared([stack('shop', SHOP)], [stack('shop', shopWith(CHANGE))]));
  expect(text).toContain('API_TOKEN=(sensitive value)');
  expect(text).not.toMatch(/hunter2/);
});

test('causes are all there where nothing is so', () => {
  expect(parsed({ environments: [environmentReview()], plans: [], versions: {} })).toEqual({
    version: 1,
    causes: { destroy: false, broadening: false, error: false, drift: false },
    environments: [{ ...environmentReview(), verdict: { level: 'same', remarks: [], counts: {} } }],
    plans: [],
    versions: {},
  });
});

test('a token in a path, in a name, or in a key is in no report', () => {
  const token = 'hvs.CAESIJmadeupmadeupmadeup';
  const change = {
    'vault_policy.store': {
      policy: `path "auth/approle/role/shop/secret-id/${token}" {\n  capabilities = ["update"]\n}\n`,
    },
    [`vault_policy.${token}`]: {
      name: token,
      policy: 'path "shop/data/*" {\n  capabilities = ["read"]\n}\n',
    },
  };
  const review = compared([stack('shop', SHOP)], [stack('shop', shopWith(change))]);
  expect(JSON.stringify(review)).toContain(token);
  for (const text of [reviewJson(review), commentMarkdown(review, { limit: 0 })]) {
    expect(text).not.toContain('CAESIJ');
    expect(text).toContain('secret-id/(sensitive value)');
  }
});
