import { TerraformOutput, TerraformResource, TerraformStack, Token } from 'cdktf';
import { Environment } from '../../constructs/environment';
import { StateBackend } from '../../constructs/state-backend';
import { PlatformStack } from '../../stacks/platform-stack';
import { synth, testApp, testPlatform } from '../helper';

/** A stack with nothing in it. */
class EmptyStack extends PlatformStack {
  public constructor(environment: Environment) {
    super(testApp(), `shop-${environment.name}-access`, environment);
  }
}

/** Something in a stack that refers to something else. */
function addReference(stack: TerraformStack, value: string): void {
  new TerraformOutput(stack, 'result', { value });
}

function addResource(stack: TerraformStack): TerraformResource {
  return new TerraformResource(stack, 'source', { terraformResourceType: 'test_source' });
}

/** What cdktf itself makes of a stack. */
function byCdktf(stack: PlatformStack): unknown {
  TerraformStack.prototype.prepareStack.call(stack);
  return TerraformStack.prototype.toTerraform.call(stack);
}

test('a stack comes out as cdktf itself makes it', () => {
  const [vault, access, services] = testPlatform().stacks;
  const source = addResource(services);
  addReference(services, source.getStringAttribute('name'));
  services.addOverride('locals.name', Token.asString(source.interpolationForAttribute('name')));
  for (const stack of [vault, access, services]) {
    expect(stack.toTerraform()).toEqual(byCdktf(stack));
  }
  expect(services.toTerraform()).toMatchObject({
    locals: { name: '${test_source.source.name}' },
    output: { result: { value: '${test_source.source.name}' } },
  });
});

test('fails when something refers to another stack', () => {
  const [, access, services] = testPlatform().stacks;
  addReference(services, addResource(access).getStringAttribute('name'));
  expect(() => services.toTerraform()).toThrow(
    "[shop-development-services] a reference must stay in its stack, got one to a value of 'shop-development-access'; pass a value that is known at synth, such as a name or a path",
  );
});

test('the state is where the environment has it', () => {
  const state = StateBackend.pg();
  const { terraform } = synth(new EmptyStack(Environment.production({ state })));
  expect(terraform).toMatchObject({ backend: { pg: { schema_name: 'shop-production-access' } } });
  expect(synth(new EmptyStack(Environment.development())).terraform).toMatchObject({
    backend: { local: { path: '../../../terraform.shop-development-access.tfstate' } },
  });
});

test.each([
  Environment.staging({ state: StateBackend.local() }),
  Environment.production({ state: StateBackend.local() }),
])('fails with a local state in $name', (environment) => {
  expect(() => new EmptyStack(environment)).toThrow(
    `[shop-${environment.name}-access] 'state' must be shared and locked outside development, got 'local'; write it as Environment.${environment.name}({ state: StateBackend.pg() }), or .s3(), or .http()`,
  );
});

test('fails when a stack would get a second state', () => {
  const stack = new EmptyStack(Environment.production({ state: StateBackend.pg() }));
  expect(() => StateBackend.local().attachTo(stack)).toThrow("already a Construct with name 'backend'");
});
