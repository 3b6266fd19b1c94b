import * as path from 'node:path';
import { projectFile } from '../../constructs/project-file';
import { testApp, testPlatform } from '../helper';

const FILE = 'certificates/shop-staging/ca.pem';

test.each([
  ['cdktf.out', `../../../${FILE}`],
  ['out/deep', `../../../../${FILE}`],
])(
  'Terraform finds a file of the project from the folder of the stack below %s',
  (outputFolder, expected) => {
    const [stack] = testPlatform(testApp({ outputFolder })).stacks;
    expect(projectFile(stack, FILE)).toBe(expected);
  },
);

test('a construct is in the folder of its stack', () => {
  const platform = testPlatform();
  expect(projectFile(platform.vault, FILE)).toBe(`../../../${FILE}`);
});

test('an output folder elsewhere works too', () => {
  const [stack] = testPlatform(testApp({ outputFolder: '/somewhere/else' })).stacks;
  const found = path.resolve('/somewhere/else/stacks', stack.node.id, projectFile(stack, FILE));
  expect(found).toBe(path.resolve(FILE));
});

test('an app that notes no folder has its own', () => {
  const app = testApp({ outputFolder: undefined });
  const [stack] = testPlatform(app).stacks;
  const found = path.resolve(app.outdir, 'stacks', stack.node.id, projectFile(stack, FILE));
  expect(found).toBe(path.resolve(FILE));
});
