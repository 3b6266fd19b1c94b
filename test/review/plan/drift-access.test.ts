import { diffText } from '../../../access/report-diff';
import { loadPolicyParser } from '../../../policies/policy-text';
import { commentMarkdown } from '../../../review/comment/comment';
import { reviewJson } from '../../../review/comment/review-json';
import { driftAccess } from '../../../review/plan/drift-access';
import type { Plan } from '../../../review/plan/plan';
import { readPlan } from '../../../review/plan/read-plan';
import { environmentReview } from '../made-change';
import { MADE_UP, type RecordedPlan, recordedPlan } from '../recorded-plans';

beforeAll(loadPolicyParser);

const recorded = (name: RecordedPlan): Plan => readPlan(recordedPlan(name), 'shop');
const told = (plan: Plan) => diffText({ environments: driftAccess([{ stack: 'shop', plan }]) });

test('what somebody gave and took is told as Terraform left it against what is there', () => {
  const text = told(recorded('drift'));
  expect(text).toContain('  + store gains delete on shop/mail\n');
  expect(text).toContain('  - billing loses read on ');
  expect(text).not.toMatch(MADE_UP);
});

test('a policy that is there no longer took what it allowed', () => {
  const plan = recorded('drift');
  const drift = plan.resource_drift?.find(({ address }) => address === 'vault_policy.store');
  const root = plan.prior_state?.values?.root_module;
  const gone: Plan = {
    ...plan,
    resource_drift: [{ ...drift, change: { ...drift?.change, actions: ['delete'], after: null } } as never],
    prior_state: {
      values: {
        root_module: { resources: root?.resources?.filter(({ address }) => address !== drift?.address) },
      },
    },
  };
  expect(told(gone)).toContain('  - store loses read on shop/mail\n');
});

test.each<RecordedPlan>(['same', 'update', 'delete'])('nothing is told of a plan without: %s', (name) => {
  expect(driftAccess([{ stack: 'shop', plan: { ...recorded(name), resource_drift: [] } }])).toEqual([]);
});

test('the comment has it beside the drift, and the JSON has rules as texts', () => {
  const [diff] = driftAccess([{ stack: 'shop', plan: recorded('drift') }]);
  const drift = [
    { stack: 'shop', address: 'vault_policy.store', type: 'vault_policy', action: 'update', attributes: [] },
  ] as const;
  const review = {
    environments: [environmentReview({ presence: 'same', drift, ...(diff && { driftAccess: diff }) })],
    plans: [],
    versions: {},
  };
  const markdown = commentMarkdown(review);
  expect(markdown).toContain('### What the drift gave and took');
  expect(markdown).toContain('| **+** `store` | gains delete on shop/mail<br><sub>now path');
  const document = JSON.parse(reviewJson(review));
  expect(document.environments[0].driftAccess).toMatchObject({ broadening: true });
  expect(document.causes.broadening).toBe(false);
});
