import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The context key under which the app notes where its stacks go. */
export const OUTPUT_FOLDER = 'outputFolder';

/**
 * A file of the project as Terraform finds it: relative to the folder of the stack that `scope` is in, so that the
 * synthesized files do not depend on the machine.
 *
 * @param file relative to the project
 */
export function projectFile(scope: Construct, file: string): string {
  const stack = TerraformStack.of(scope);
  const output: string = stack.node.tryGetContext(OUTPUT_FOLDER) ?? App.of(stack).outdir;
  const folder = path.resolve(output, 'stacks', stack.node.id);
  return path.join(path.relative(folder, process.cwd()), file);
}
