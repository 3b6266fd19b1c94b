import type { StackSource } from '../../../access/stack-source';
import type { TerraformJson } from '../../../policies/terraform-json';
import type { Json } from '../../../review/plan/plan';
import { requireSameDeclaration } from '../../../review/plan/same-declaration';
import { block, constant, planOf, refers } from './made-plan';

const RULE = 'path "kv/data/mail" {\n  capabilities = ["read"]\n}\n';

/** A stack with one resource, and a plan in which it is written otherwise. */
function compare(
  attributes: object,
  expressions: Readonly<Record<string, Json>>,
  type = 'vault_policy',
): void {
  const source: StackSource = {
    name: 'shop',
    file: 'shop',
    dependencies: [],
    json: { resource: { [type]: { store: attributes } } } as unknown as TerraformJson,
  };
  const plan = planOf({ configuration: { resources: [block(`${type}.store`, expressions)] } });
  requireSameDeclaration(source, { plan, stack: 'shop', file: 'plans/shop.json' });
}

test.each<[what: string, attributes: object, expressions: Readonly<Record<string, Json>>]>([
  ['the same', { name: 'store', policy: RULE }, { name: constant('store'), policy: constant(RULE) }],
  ['what is referred to', { policy: '${data.a.b.hcl}' }, { policy: refers('data.a.b.hcl') }],
  ['what is written as a template', { policy: 'a $${b}' }, { policy: constant('a ${b}') }],
  ['what the plan does not write out', { policy: RULE }, {}],
  ['what is no text', { max: '3' }, { max: constant(3) }],
])('%s is the same declaration', (_, attributes, expressions) => {
  expect(() => compare(attributes, expressions)).not.toThrow();
});

test('a path of a container may hang on where it was synthesized', () => {
  const [here, there] = ['/srv/.review-a/conf', '/srv/cdktf.out/conf'];
  expect(() => compare({ name: here }, { name: constant(there) }, 'docker_container')).not.toThrow();
});

test.each<[name: string, attributes: object, expressions: Readonly<Record<string, Json>>]>([
  ['policy', { policy: RULE }, { policy: constant('path "*" { capabilities = ["sudo"] }') }],
  ['token_policies', { token_policies: ['store'] }, { token_policies: constant(['store', 'operator']) }],
])('fails on a plan with another %s, and quotes none of it', (name, attributes, expressions) => {
  expect(() => compare(attributes, expressions)).toThrow(
    `plans/shop.json: must be a plan of what 'shop' declares now, got one with another '${name}' of 'vault_policy.store'; plan it again, or name the synth that it is of by --head`,
  );
});
