import { type TerraformResource, TerraformStack } from 'cdktf';

const importsOfStack = new WeakMap<TerraformStack, { to: string; id: string }[]>();

/**
 * Lets Terraform take over what the server has already, by its import block; once it is in the state, the block
 * does nothing. cdktf's own `importFrom` asks the terraform binary for its version at synth, and a synth must not
 * need one.
 *
 * @param id as the provider's documentation names it for the resource
 */
export function adopt(resource: TerraformResource, id: string): void {
  const stack = TerraformStack.of(resource);
  const imports = importsOfStack.get(stack) ?? [];
  importsOfStack.set(stack, imports);
  imports.push({ to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`, id });
  stack.addOverride('import', imports);
}
