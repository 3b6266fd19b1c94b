import { type App, Testing } from 'cdktf';
import type { Environment } from '../../../constructs/environment';
import type { Platform } from '../../../stacks/platform';
import { stackText } from '../../stack-text';
import { PlatformFacts } from '../platform-facts';

/** What a platform is in one environment, as a reviewer reads it: one file for each of the two. */
export function snapshots(
  declare: (app: App, environment: Environment) => Platform,
  environment: Environment,
): void {
  const facts = new PlatformFacts(declare, environment);

  test.each(['vault', 'access', 'services'] as const)('the %s stack', (stack) => {
    expect(stackText(facts.stacks[stack])).toMatchSnapshot();
  });

  test('the construct tree', () => {
    // The resource that a construct is made of says nothing more.
    const tree = Testing.renderConstructTree(facts.app).replace(/^.*── Resource \(\w+\)\n/gm, '');
    expect(tree).toMatchSnapshot();
  });
}
