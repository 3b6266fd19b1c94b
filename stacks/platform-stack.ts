import * as path from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * One Terraform state of a platform in one environment. Only values that are known at synth cross from one
 * stack to another, so a reference between them is never needed.
 */
export abstract class PlatformStack extends TerraformStack {
  protected constructor(scope: Construct, id: string) {
    super(scope, id);
    // Relative to the stack's folder, so that the synthesized files do not depend on the machine.
    const output: string = this.node.tryGetContext('outputFolder') ?? App.of(this).outdir;
    const folder = path.resolve(output, 'stacks', id);
    new LocalBackend(this, {
      path: path.join(path.relative(folder, process.cwd()), `terraform.${id}.tfstate`),
    });
    this.addOverride('terraform.required_version', '>= 1.11');
  }
}
