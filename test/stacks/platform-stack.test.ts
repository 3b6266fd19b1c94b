import { TerraformOutput, TerraformResource, TerraformStack, Token } from 'cdktf';
import type { PlatformStack } from '../../stacks/platform-stack';
import { testPlatform } from '../helper';

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
