import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

const namesOfStack = new WeakMap<IConstruct, Map<string, string>>();

/**
 * A Terraform name for an address of this project, such as `apps_platform_database_password`. Different
 * addresses that would get one name (`a-b` and `a_b`) are refused.
 */
export function terraformName(scope: IConstruct, address: string): string {
  const stack = TerraformStack.of(scope);
  const names = namesOfStack.get(stack) ?? new Map<string, string>();
  namesOfStack.set(stack, names);
  const name = address.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(\d)/, '_$1');
  const first = names.get(name) ?? address;
  if (first !== address) {
    throw new ValidationError(
      scope,
      `'path' and key must differ from others in more than punctuation, got '${address}' beside '${first}'; rename one of them`,
    );
  }
  names.set(name, address);
  return name;
}
