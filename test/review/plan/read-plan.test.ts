import { PlanError } from '../../../review/plan/plan-error';
import { readPlan } from '../../../review/plan/read-plan';
import { RECORDED_PLANS, recordedPlan } from '../recorded-plans';

const PLAN = '{"format_version":"1.2","planned_values":{}}';

test.each(RECORDED_PLANS)('reads the plan %s that Terraform made', (name) => {
  expect(readPlan(recordedPlan(name), 'shop')).toMatchObject({
    format_version: '1.2',
    terraform_version: '1.11.4',
  });
});

test.each([
  [
    'a later minor version with fields that are not known',
    '{"format_version":"1.9","planned_values":{},"new":[1]}',
  ],
  ['the format of Terraform 1.0', '{"format_version":"0.2","resource_changes":[]}'],
  ['a mark of the order of bytes', `\ufeff${PLAN}`],
  ['blanks around it', `\n ${PLAN}\n`],
  ['what is null where nothing is', '{"format_version":"1.0","configuration":{},"resource_changes":null}'],
])('reads %s', (_, text) => {
  expect(readPlan(text, 'shop').format_version).toBeDefined();
});

const AS_JSON = 'must be a plan of Terraform as JSON, got';

test.each([
  ['an empty file', ' \n', `${AS_JSON} an empty file; give`],
  ['the plan file itself', 'PK\x03\x04\x14\0tfplan', `${AS_JSON} the plan file itself`],
  ['a file of two bytes a character', '\ufffd\ufffd{\0"\0', `${AS_JSON} a text that is not UTF-8; give`],
  ['a file that is cut off', `${PLAN.slice(0, 30)}`, `${AS_JSON} the end of the file at line 1, column 31`],
  [
    'broken JSON',
    '{\n  "format_version": "1.2",\n  oops\n}',
    `${AS_JSON} something else at line 3, column 3`,
  ],
  [
    'what a person reads',
    'Terraform will perform the following actions:',
    `${AS_JSON} something else at line 1, column 1`,
  ],
  [
    'lines of a log',
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n{"@level":"info","@message":"Plan: 1 to add"}\n',
    `${AS_JSON} lines of 'terraform plan -json', which tell no values`,
  ],
  ['one line of a log', '{"@level":"info","@message":"Terraform 1.11.4"}', `${AS_JSON} one line of`],
  ['a state', '{"format_version":"1.0","values":{}}', `${AS_JSON} a state; give`],
  ['no state', '{"format_version":"1.0"}', `${AS_JSON} a state; give`],
  ['a file of state', '{"version":4,"serial":1,"lineage":"a","resources":[]}', `${AS_JSON} a file of state`],
  ['a synthesized stack', '{"terraform":{},"resource":{}}', `${AS_JSON} a synthesized stack`],
  ['schemas', '{"format_version":"1.0","provider_schemas":{}}', `${AS_JSON} the schemas of providers`],
  ['diagnostics', '{"format_version":"1.0","valid":true,"diagnostics":[]}', `${AS_JSON} the answer of`],
  ['a list', '[]', `${AS_JSON} a list; give`],
  ['another object', '{}', `${AS_JSON} an object without 'format_version'`],
  [
    'an object with a version',
    '{"format_version":"1.0","a":1}',
    `${AS_JSON} an object without 'planned_values'`,
  ],
  [
    'a future format',
    '{"format_version":"2.0","planned_values":{}}',
    "'format_version' must be 1.x, got '2.0'; make",
  ],
  [
    'a strange format',
    '{"format_version":"one","planned_values":{}}',
    "'format_version' must be 1.x, got 'one'; make",
  ],
])('fails on %s, and says what to give', (_, text, message) => {
  expect(() => readPlan(text, 'shop-production-access')).toThrow(PlanError);
  expect(() => readPlan(text, 'shop-production-access')).toThrow(
    `plan of 'shop-production-access': ${message}`,
  );
});

test.each(RECORDED_PLANS)('fails where the plan %s is cut off, at its end', (name) => {
  const text = recordedPlan(name);
  for (const share of [0.1, 0.5, 0.9]) {
    const cut = text.slice(0, Math.floor(text.length * share));
    const lines = cut.split('\n');
    expect(() => readPlan(cut, 'shop')).toThrow(
      new RegExp(`at line (${lines.length}|${lines.length - 1}), `),
    );
  }
});

test('fails on what no program could walk through', () => {
  const deep = `{"format_version":"1.2","resource_changes":[],"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect(() => readPlan(deep, 'shop')).toThrow('must be JSON of at most 100 levels, got more');
});

test('fails without quoting what is in it', () => {
  for (const text of [
    'made-up-secret',
    '{"format_version":"1.2","resource_changes":"made-up-secret"}',
    '{"a": made-up-secret}',
  ]) {
    expect(() => readPlan(text, 'shop')).toThrow(PlanError);
    expect(() => readPlan(text, 'shop')).not.toThrow('made-up');
  }
});

test('what is null of a change is as if it were not said', () => {
  const change = { address: 'a.b', type: 'a', change: { actions: ['delete'], before: null } };
  const nothing = { deposed: null, previous_address: null, action_reason: null, module_address: null };
  const text = (more: object) =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ ...change, ...more }],
      resource_drift: [{ ...change, ...more }],
    });
  expect(readPlan(text(nothing), 'shop')).toEqual(readPlan(text({}), 'shop'));
});
