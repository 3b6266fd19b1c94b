import { Container, type ContainerProps, mergeVariables } from '../../constructs/container';
import { Health } from '../../constructs/health';
import { testApp, testPlatform } from '../helper';
import { PLACE, STAGING_PLACE } from './synthesized';

const [, , stack] = testPlatform().stacks;
let count = 0;

/** Declares `shop-services/web-<n>` on the host of the test platform. */
function declare(props: Partial<ContainerProps> = {}, scope = stack): Container {
  count += 1;
  return new Container(scope, `web-${count}`, {
    place: PLACE,
    service: 'web',
    containerName: `shop-web-${count}`,
    image: 'shop/web:1.0.0',
    ...props,
  });
}

function error(message: string): Error {
  return new Error(`[shop-development-services/web-${count + 1}] ${message}`);
}

test.each([
  ['Shop_Web', 'shop-web'],
  ['w', 'billing-service'],
  ['web\n', 'web'],
])('fails on the container name %j', (containerName, remedy) => {
  const expected = error(
    `'containerName' must be a DNS label of 2 to 63 characters: a-z, 0-9 and '-', not at either end, got '${containerName}'; write it as '${remedy}'`,
  );
  expect(() => declare({ containerName })).toThrow(expected);
});

test('fails on another DNS name that is none', () => {
  const expected = error(
    "'aliases' must be a DNS label of 2 to 63 characters: a-z, 0-9 and '-', not at either end, got 'my_web'; write it as 'my-web'",
  );
  expect(() => declare({ aliases: ['web', 'my_web'] })).toThrow(expected);
});

test.each([
  ['log-level', 'LOG_LEVEL'],
  ['1ST', '_1ST'],
  ['A=B', 'A_B'],
])('fails on the variable %j', (name, remedy) => {
  const expected = error(
    `'environment' must consist of A-Z, 0-9 and '_' and not start with a digit, got '${name}'; write it as '${remedy}'`,
  );
  expect(() => declare({ environment: { [name]: 'x' } })).toThrow(expected);
});

test('fails on a container name that is taken', () => {
  declare({ containerName: 'shop-api' });
  const expected = error(
    `'container name' must be unique, got 'shop-api', which 'shop-development-services/web-${count}' already declares; container names are shared by the whole Docker host`,
  );
  expect(() => declare({ containerName: 'shop-api' })).toThrow(expected);
});

test('fails on an alias that another container has', () => {
  declare({ aliases: ['shop-alias'] });
  const expected = error(
    `'DNS name' must be unique, got 'shop-alias on shop-network', which 'shop-development-services/web-${count}' already declares; Docker would answer with both in turn`,
  );
  expect(() => declare({ aliases: ['shop-alias'] })).toThrow(expected);
});

test('fails on the tag latest outside development', () => {
  const expected = error(
    "'image' must not be tagged 'latest' outside development, got 'shop/web:latest'; pin a version or a digest",
  );
  expect(() => declare({ place: STAGING_PLACE, image: 'shop/web:latest' })).toThrow(expected);
  expect(() => declare({ image: 'shop/web:latest' })).not.toThrow();
});

describe('two platforms of one host', () => {
  const app = testApp();
  const [, , first] = testPlatform(app, {}, 'shop').stacks;
  const [, , second] = testPlatform(
    app,
    {
      vault: {
        containerName: 'depot-vault',
        distribution: testPlatform().vault.distribution,
        hostPort: 8210,
      },
    },
    'depot',
  ).stacks;
  new Container(first, 'web', {
    place: PLACE,
    service: 'web',
    containerName: 'web',
    image: 'shop/web:1',
    ports: [8003],
  });

  test('fails on a container name of the other platform', () => {
    expect(() => declare({ containerName: 'web' }, second)).toThrow(
      /^\[depot-development-services\/web-\d+\] 'container name' must be unique, got 'web', which 'shop-development-services\/web' already declares; container names are shared by the whole Docker host$/,
    );
  });

  test('fails on a host port of the other platform', () => {
    expect(() => declare({ ports: [8003] }, second)).toThrow(
      /^\[depot-development-services\/web-\d+\] 'host port' must be unique, got '8003', which 'shop-development-services\/web' already declares; give one of them another host port$/,
    );
  });

  test("fails on the host port of the other platform's Vault", () => {
    expect(() => declare({ ports: [8200] }, second)).toThrow(
      /'host port' must be unique, got '8200', which 'shop-development-vault\/server\/container' already declares/,
    );
  });
});

describe('merging variables', () => {
  test('keeps both', () => {
    expect(mergeVariables(stack, { A: '1' }, { B: '2' })).toEqual({ A: '1', B: '2' });
  });

  test('fails on a name that both have', () => {
    expect(() => mergeVariables(stack, { A: '1' }, { A: '1' })).toThrow(
      new Error(
        "[shop-development-services] 'environment' must be unique, got 'A', which 'shop-development-services' already declares; leave it out, its value is derived",
      ),
    );
  });
});

const memory = (got: number) =>
  `'memoryMiB' must be a whole number from 6, the least that Docker takes, got '${got}'; use 512`;
const user = (got: string) =>
  `'user' must be a numeric 'uid:gid' or the name of a user, got '${got}'; write it as '1000:1000'`;
const target = (got: string) =>
  `'target' must be an absolute path of a folder, got '${got}'; write it as '/var/lib/data'`;
const mountAt = (path: string) => ({ volumes: [{ volume: undefined as never, target: path }] });

test.each<[string, Partial<ContainerProps>, string]>([
  ...[0, -1, 5, 1.5, Number.NaN]
    .map((n) => [`memory ${n}`, { memoryMiB: n }, memory(n)] as const)
    .map((one) => [...one] as [string, Partial<ContainerProps>, string]),
  ['an empty user', { user: '' }, user('')],
  ['a user with a space', { user: 'my user' }, user('my user')],
  ['a relative target', mountAt('data'), target('data')],
  ['the target /', mountAt('/'), target('/')],
  ['a target with ..', mountAt('/data/../etc'), target('/data/../etc')],
  [
    'a password in the health check',
    { health: Health.shell('curl http://u:hunter2@localhost/') },
    "'health' must not hold a literal secret, got a URL with a password in 'the check'; read it from a file of SecretFile",
  ],
  [
    'a password in the command',
    { command: ['serve', '--password=hunter2'] },
    "'command' must not hold a literal, since 'password' names a secret, got a string of 7 characters; render it into a file with SecretFile",
  ],
  [
    'the container name localhost',
    { containerName: 'localhost' },
    "'containerName' must not be what every container calls itself, got 'localhost'; write it as 'billing-service'",
  ],
])('fails on %s', (_, props, message) => {
  const expected = error(message);
  expect(() => declare(props)).toThrow(expected);
});

test.each<Partial<ContainerProps>>([{ memoryMiB: 6 }, { user: '1000' }, { user: 'app' }, { user: '1:1' }])(
  'takes %j',
  (props) => {
    expect(() => declare(props)).not.toThrow();
  },
);
