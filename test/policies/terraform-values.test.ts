import type { BlockInstance } from '../../policies/terraform-blocks';
import type { TerraformJson } from '../../policies/terraform-json';
import { isKnown, markedText, Unknown, type Value } from '../../policies/terraform-value';
import { StackValues } from '../../policies/terraform-values';

const STACK: TerraformJson = {
  resource: {
    vault_mount: { apps: { path: 'apps' }, none: { path: 'none', count: 0 } },
    vault_policy: {
      one: { name: 'one' },
      two: { name: '${vault_policy.one.name}-${local.suffix}' },
      loop: { name: '${vault_policy.back.name}' },
      back: { name: '${vault_policy.loop.name}' },
      numbered: { name: 'n${count.index}', count: 2 },
      keyed: { name: '${each.key}=${each.value.of}', for_each: { a: { of: 'x' }, b: { of: 'y' } } },
      listed: { name: '${each.value}', for_each: '${toset(["p", "q", "p"])}' },
      supplied: { name: '${var.name}', count: '${var.count}' },
    },
    vault_auth_backend: { approle: [{ type: 'approle' }] as never },
    vault_approle_auth_backend_role: { r: { role_name: 'r' } },
    vault_identity_entity: { e: { name: 'e' } },
  },
  data: { vault_auth_backend: { found: { path: 'userpass' } } },
  locals: { suffix: 'end', list: ['a', '${vault_policy.one.name}'], self: '${local.self}' },
};

function evaluate(written: unknown, surroundings = {}): Value {
  return new StackValues(STACK, surroundings).evaluate(written);
}

test.each<[unknown, Value]>([
  [7, 7],
  [null, null],
  ['plain $${x}', 'plain ${x}'],
  ['${vault_mount.apps.path}/data', 'apps/data'],
  ['${vault_policy.two.name}', 'one-end'],
  ['${vault_policy.two.id}', 'one-end'],
  ['${vault_auth_backend.approle.path}', 'approle'],
  ['${vault_approle_auth_backend_role.r.backend}', 'approle'],
  ['${data.vault_auth_backend.found.path}', 'userpass'],
  ['${vault_policy.numbered[1].name}', 'n1'],
  ['${vault_policy.numbered[*].name}', ['n0', 'n1']],
  ['${vault_policy.keyed["b"].name}', 'b=y'],
  ['${vault_policy.listed["q"].name}', 'q'],
  ['${vault_mount.none[*].path}', []],
  ['${local.list}', ['a', 'one']],
  ['${local.list[1]}', 'one'],
  ['${concat(local.list, ["z"])}', ['a', 'one', 'z']],
  ['${flatten([["a"], "b", [["c"]]])}', ['a', 'b', 'c']],
  ['${distinct(compact(["a", "", "a"]))}', ['a']],
  ['${join("-", ["a", 1, 1.5, true])}', 'a-1-1.5-true'],
  ['${toset(["b", "a", "b"])}', ['a', 'b']],
  ['a ${1.50} ${true} %%{x} ${"q\\"\\u00e4$${b}"}', 'a 1.5 true %{x} q"ä${b}'],
  ['${merge({ a = 1 }, { "b" = 2 })}', { a: 1, b: 2 }],
  ['${jsonencode({ a = [true, null] })}', '{"a":[true,null]}'],
  ['${jsondecode("{\\"a\\":1}").a}', 1],
  ['${tostring(1)}${trimspace(" x ")}', '1x'],
  [{ 'k-${local.suffix}': ['${local.suffix}'] }, { 'k-end': ['end'] }],
])('%j is %j', (written, expected) => {
  expect(evaluate(written)).toEqual(expected);
});

test.each([
  ['${var.name}'],
  ['${local.other}'],
  ['${local.self}'],
  ['${local.list[9]}'],
  ['${vault_policy.one}'],
  ['${vault_policy.other.name}'],
  ['${vault_policy.loop.name}'],
  ['${vault_policy.numbered.name}'],
  ['${vault_policy.numbered[2].name}'],
  ['${vault_policy.supplied[0].name}'],
  ['${vault_policy.constructor.name}'],
  ['${vault_mount.apps.accessor}'],
  ['${upper("a")}'],
  ['${toset(var.names)}'],
  ['${join(",", var.names)}'],
  ['${tostring(["a"])}'],
  ['${jsondecode("{")}'],
  ['a ${["list"]} in a text'],
  ['a great number ${1e21}'],
  ['${terraform.workspace}'],
  ['${module.a.b}'],
  ['${data.terraform_remote_state.a.outputs.b}'],
  ['${file("a.hcl")}'],
  ['${path.cwd}'],
  ['${a ? b : c}'],
])('%j is not known', (written) => {
  const value = evaluate(written);
  expect(value).toBeInstanceOf(Unknown);
  expect((value as Unknown).written).toBe(written);
});

test('an id stands for its block', () => {
  const values = new StackValues(STACK);
  const value = values.evaluate('${vault_identity_entity.e.id}') as Unknown;
  expect(value.known.of?.attribute).toBe('id');
  expect(value.known.of?.block).toBe(
    (values.instances('resource', 'vault_identity_entity', 'e') as readonly unknown[])[0],
  );
});

test('a list with something unknown keeps what is known', () => {
  const value = evaluate(['a', '${var.name}', 'b']) as readonly Value[];
  expect(value.map((one) => (one instanceof Unknown ? one.written : one))).toEqual(['a', '${var.name}', 'b']);
  expect(isKnown(value)).toBe(false);
});

test('a text keeps what is known of it, and marks the rest so that it can stand in a policy', () => {
  const text = 'path "a/${vault_auth_backend.approle.accessor}/${upper("a/*")}/${local.suffix}" {}';
  expect(markedText(evaluate(text))).toBe(
    'path "a/\u27e8vault_auth_backend.approle.accessor\u27e9/\u27e8upper(\'a\')\u27e9/end" {}',
  );
});

test('how many there are of a block is not known where only Terraform knows', () => {
  const instances = new StackValues(STACK).instances('resource', 'vault_policy', 'supplied');
  expect(instances).toBeInstanceOf(Unknown);
  expect((instances as Unknown).written).toBe('${var.count}');
});

test('addresses of several hold their index or key, as Terraform writes them', () => {
  const values = new StackValues(STACK);
  const addresses = ['numbered', 'keyed', 'one', 'missing'].map((label) =>
    (values.instances('resource', 'vault_policy', label) as BlockInstance[]).map((one) => one.address),
  );
  expect(addresses).toEqual([
    ['vault_policy.numbered[0]', 'vault_policy.numbered[1]'],
    ['vault_policy.keyed["a"]', 'vault_policy.keyed["b"]'],
    ['vault_policy.one'],
    [],
  ]);
});

test('a block goes by the address that it is given, and expressions name it as before', () => {
  const addresses = new Map([['vault_identity_entity.e', 'module.team["a"].vault_identity_entity.e[0]']]);
  const values = new StackValues(STACK, { addresses });
  const id = values.evaluate('${vault_identity_entity.e.id}') as Unknown;
  expect(id.known.of?.block.address).toBe('module.team["a"].vault_identity_entity.e[0]');
  expect(values.evaluate('${vault_identity_entity.e.name}')).toBe('e');
  const [mount] = values.instances('resource', 'vault_mount', 'apps') as readonly BlockInstance[];
  expect(mount?.address).toBe('vault_mount.apps');
});

test('files and templates are read where the folder is known', () => {
  const readFile = (path: string) => `<${path} \${name}>`;
  expect(evaluate('${file("a.hcl")}', { readFile })).toBe('<a.hcl ${name}>');
  expect(evaluate('${file("${path.module}/a.hcl")}', { readFile })).toBe('<./a.hcl ${name}>');
  expect(evaluate('${templatefile("a.hcl", { name = "x" })}', { readFile })).toBe('<a.hcl x>');
});

test('outputs of another stack are followed', () => {
  const json: TerraformJson = {
    data: { terraform_remote_state: { other: { backend: 'local' }, several: { count: 1 } } },
  };
  const other = new StackValues({
    ...STACK,
    output: { mount: { value: { path: '${vault_mount.apps.path}' } } },
  });
  const values = new StackValues(json, {
    output: ({ label }, name) => (label === 'other' || label === 'several' ? other.output(name) : undefined),
  });
  expect(values.evaluate('${data.terraform_remote_state.other.outputs.mount.path}')).toBe('apps');
  expect(values.evaluate('${data.terraform_remote_state.several[0].outputs["mount"].path}')).toBe('apps');
  expect(values.evaluate('${data.terraform_remote_state.other.outputs.none}')).toBeInstanceOf(Unknown);
});

describe('what would hold too much', () => {
  const doubled = (first: unknown, twice: (before: string) => unknown, times = 30): StackValues => {
    const locals: Record<string, unknown> = { a0: first };
    for (let i = 1; i <= times; i += 1) locals[`a${i}`] = twice(`local.a${i - 1}`);
    return new StackValues({ locals });
  };
  const TEN = 'x'.repeat(10);

  test.each<[string, StackValues]>([
    ['a text', doubled(TEN, (one) => `\${${one}}\${${one}}`)],
    ['a text of which a part is unknown', doubled('${var.x}', (one) => `\${${one}}-\${${one}}`)],
    ['a list', doubled(TEN, (one) => [`\${${one}}`, `\${${one}}`])],
    ['an object', doubled(TEN, (one) => ({ a: `\${${one}}`, b: `\${${one}}` }))],
    ['lists put together', doubled([TEN], (one) => `\${concat(${one}, ${one})}`)],
    ['what JSON stands for', doubled(TEN, (one) => `\${jsonencode([${one}, ${one}])}`, 40)],
    [
      'a text between others',
      new StackValues({ locals: { a0: 'x'.repeat(2 ** 19), a30: '${join(local.a0, ["", "", "", ""])}' } }),
    ],
    ['a list in a list in a list', doubled(TEN, (one) => [`\${${one}}`], 400)],
  ])('is unknown at once: %s', (_, values) => {
    const last = Object.hasOwn(values.stack.locals ?? {}, 'a400') ? 'a400' : 'a30';
    expect(isKnown(values.evaluate(`\${local.${last}}`))).toBe(false);
  });

  test('a text of 1 MiB is read, and one more character is too many', () => {
    const half = 'x'.repeat(2 ** 19);
    const values = new StackValues({ locals: { half } });
    expect(values.evaluate('${local.half}${local.half}')).toHaveLength(2 ** 20);
    expect(values.evaluate('${local.half}${local.half}y')).toBeInstanceOf(Unknown);
  });

  test('what is read of it stays unknown for the same reason', () => {
    const values = doubled(TEN, (one) => `\${${one}}\${${one}}`);
    for (const written of ['${local.a30[0]}', '${toset(local.a30)}', 'a ${local.a30} b']) {
      expect(values.evaluate(written)).toMatchObject({ written, known: { isTooLarge: true } });
    }
  });

  test('locals that refer to each other in a long chain are unknown from some place on', () => {
    const values = doubled('x', (one) => `\${${one}}`, 5000);
    expect(values.evaluate('${local.a5000}')).toMatchObject({ known: { isTooLarge: true } });
    expect(new StackValues(values.stack).evaluate('${local.a200}')).toBe('x');
  });

  test('a template renders no other template, as in Terraform', () => {
    const readFile = () => '${templatefile("a", {})}${templatefile("a", {})}';
    expect(evaluate('${templatefile("a", {})}', { readFile })).toBeInstanceOf(Unknown);
  });

  test('JSON that is nested without end stands for nothing that is known', () => {
    const values = new StackValues({ locals: { deep: '['.repeat(200_000) + ']'.repeat(200_000) } });
    expect(values.evaluate('${jsondecode(local.deep)}')).toBeInstanceOf(Unknown);
  });
});
