import { Environment } from '../../constructs/environment';
import { checkImage } from '../../constructs/image';
import { PRODUCTION, STAGING, testPlatform } from '../helper';
import { warnings } from './synthesized';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const development = Environment.development();

const [, stack] = testPlatform().stacks;

/** The warnings that an image gives. */
function check(image: string, environment: Environment): string[] {
  const before = warnings(stack).length;
  checkImage(stack, image, environment);
  return warnings(stack).slice(before);
}

test.each([
  'postgres:16.4',
  'hashicorp/vault:1.15.0',
  'zakupai/web:stage7-phase2',
  'localhost:5000/team/app:1',
  'registry.example:443/a/b/c:v1',
  `postgres@${DIGEST}`,
  `postgres:16.4@${DIGEST}`,
  `postgres:latest@${DIGEST}`,
  'a__b/c---d.e_f:1',
  `a:${'x'.repeat(128)}`,
])('accepts %s everywhere, without a warning', (image) => {
  expect([check(image, development), check(image, STAGING), check(image, PRODUCTION)]).toEqual([[], [], []]);
});

test.each(['postgres', 'hashicorp/vault', 'localhost:5000/team/app', 'registry.example/app'])(
  'fails on %s, which has no tag',
  (image) => {
    expect(() => check(image, development)).toThrow(
      new Error(
        `[shop-development-access] 'image' must carry a tag or a digest, got '${image}'; write it as '${image}:1.4.2'`,
      ),
    );
  },
);

test.each([
  '',
  ':1',
  'app:',
  'App:1',
  'team/App:1',
  'app:1 ',
  'app:1\n',
  'app :1',
  '/app:1',
  'app/:1',
  'team//app:1',
  'a..b:1',
  'a___b:1',
  '-app:1',
  'app:-1',
  `app:${'x'.repeat(129)}`,
  'app@sha256:12',
  'https://registry.example/app:1',
])('fails on %j, which is no reference', (image) => {
  expect(() => check(image, development)).toThrow(
    new Error(
      `[shop-development-access] 'image' must be a Docker image reference, got '${image}'; write it as 'registry.example/team/service:1.4.2'`,
    ),
  );
});

test('warns of `latest` in development', () => {
  expect(check('bizosaas/crm:latest', development)).toEqual([
    "image 'bizosaas/crm:latest' moves: pin a version, 'latest' is refused outside development",
  ]);
});

test.each([STAGING, PRODUCTION])('fails on `latest` in $name', (environment) => {
  expect(() => check('bizosaas/crm:latest', environment)).toThrow(
    new Error(
      "[shop-development-access] 'image' must not be tagged 'latest' outside development, got 'bizosaas/crm:latest'; pin a version or a digest",
    ),
  );
});
