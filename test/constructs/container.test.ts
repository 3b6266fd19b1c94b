import { Container, type ContainerProps } from '../../constructs/container';
import { Health } from '../../constructs/health';
import { Volume } from '../../constructs/volume';
import { testPlatform } from '../helper';
import { container, only, PLACE } from './synthesized';

function synthesized(props: Partial<ContainerProps> = {}): Record<string, unknown> {
  const [, , stack] = testPlatform().stacks;
  new Container(stack, 'web', {
    place: PLACE,
    service: 'web',
    containerName: 'shop-web',
    image: 'shop/web:1.0.0',
    ...props,
  });
  return only(stack, 'docker_container');
}

test('a container is as it should be on any host', () => {
  expect(synthesized()).toMatchInlineSnapshot(`
    {
      "capabilities": {
        "drop": [
          "ALL",
        ],
      },
      "destroy_grace_seconds": 10,
      "env": [],
      "image": "shop/web:1.0.0",
      "init": true,
      "labels": [
        {
          "label": "platform",
          "value": "shop",
        },
        {
          "label": "environment",
          "value": "development",
        },
        {
          "label": "service",
          "value": "web",
        },
      ],
      "log_driver": "json-file",
      "log_opts": {
        "max-file": "3",
        "max-size": "10m",
      },
      "memory": 512,
      "memory_swap": 512,
      "name": "shop-web",
      "networks_advanced": [
        {
          "name": "shop-network",
        },
      ],
      "restart": "unless-stopped",
      "security_opts": [
        "no-new-privileges:true",
      ],
      "ulimit": [
        {
          "hard": 0,
          "name": "core",
          "soft": 0,
        },
      ],
      "wait": false,
      "wait_timeout": 120,
    }
  `);
});

test('a health check is waited for', () => {
  expect(synthesized({ health: Health.command('true') })).toMatchObject({
    healthcheck: {
      test: ['CMD', 'true'],
      interval: '5s',
      timeout: '5s',
      retries: 12,
      start_period: '5s',
    },
    wait: true,
    wait_timeout: 120,
  });
});

test('swap is not added to the memory, which would be a difference in every plan', () => {
  expect(synthesized({ memoryMiB: 64 })).toMatchObject({
    memory: 64,
    memory_swap: 64,
  });
});

test('capabilities are dropped but for those that are kept', () => {
  expect(synthesized({ keepCapabilities: ['IPC_LOCK'] })).toMatchObject({
    capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] },
  });
});

test('limits are added to the one that keeps memory from being dumped', () => {
  expect(synthesized({ ulimits: { nofile: 16384, memlock: -1 } }).ulimit).toEqual([
    { name: 'core', soft: 0, hard: 0 },
    { name: 'nofile', soft: 16384, hard: 16384 },
    { name: 'memlock', soft: -1, hard: -1 },
  ]);
});

test('a program may have longer to end', () => {
  expect(synthesized({ stopGraceSeconds: 30 })).toMatchObject({ destroy_grace_seconds: 30 });
});

test('a root file system that is read-only has writable places in memory', () => {
  expect(
    synthesized({
      readOnlyRootFilesystem: true,
      tmpfs: { '/tmp': 'rw,size=1m' },
    }),
  ).toMatchObject({
    read_only: true,
    tmpfs: { '/tmp': 'rw,size=1m' },
  });
});

test('variables are sorted, so that a plan shows what changed', () => {
  expect(synthesized({ environment: { ZONE: 'b', DEBUG: '', A: 'x=y' } }).env).toEqual([
    'A=x=y',
    'DEBUG=',
    'ZONE=b',
  ]);
});

test('text that Terraform would read as a template reaches the container as it is written', () => {
  const text = 'echo ${HOME} %{if} $HOME $(id)';
  expect(
    synthesized({
      environment: { X: text },
      entrypoint: [text],
      command: [text],
      health: Health.shell(text),
    }),
  ).toMatchObject({
    env: ['X=echo $${HOME} %%{if} $HOME $(id)'],
    entrypoint: ['echo $${HOME} %%{if} $HOME $(id)'],
    command: ['echo $${HOME} %%{if} $HOME $(id)'],
    healthcheck: { test: ['CMD-SHELL', 'echo $${HOME} %%{if} $HOME $(id)'] },
  });
});

test('the container comes after what it needs and after its volumes', () => {
  const platform = testPlatform();
  const [, , stack] = platform.stacks;
  const volume = new Volume(stack, 'data', {
    environment: PLACE.environment,
    volumeName: 'shop-data',
  });
  const first = new Container(stack, 'first', {
    place: PLACE,
    service: 'first',
    containerName: 'shop-first',
    image: 'shop/first:1',
  });
  new Container(stack, 'second', {
    place: PLACE,
    service: 'second',
    containerName: 'shop-second',
    image: 'shop/second:1',
    aliases: ['second'],
    needs: [first],
    volumes: [{ volume, target: '/data', readOnly: true }],
  });

  expect(container(platform, 'shop-second')).toMatchObject({
    depends_on: [
      `docker_container.${first.resource.friendlyUniqueId}`,
      `docker_volume.${volume.resource.friendlyUniqueId}`,
    ],
    networks_advanced: [{ name: 'shop-network', aliases: ['second'] }],
    volumes: [{ volume_name: 'shop-data', container_path: '/data', read_only: true }],
  });
});

test('a container is a new one whenever what it is replaced with is a new one', () => {
  const platform = testPlatform();
  const [, , stack] = platform.stacks;
  const common = { place: PLACE, service: 'web', image: 'shop/web:1' };
  const files = new Container(stack, 'files', { ...common, containerName: 'shop-files' });
  new Container(stack, 'web', { ...common, containerName: 'shop-web', replacedWith: [files] });
  // A bare address: Terraform refuses an expression there.
  expect(container(platform, 'shop-web').lifecycle).toEqual({
    replace_triggered_by: [`docker_container.${files.resource.friendlyUniqueId}`],
  });
  expect(container(platform, 'shop-files')).not.toHaveProperty('lifecycle');
});

test('containers that share an alias on purpose have it side by side', () => {
  const platform = testPlatform();
  const [, , stack] = platform.stacks;
  const node = (n: number) =>
    new Container(stack, `node-${n}`, {
      place: PLACE,
      service: 'node',
      image: 'shop/node:1',
      containerName: `shop-node-${n}`,
      aliases: ['shop-node'],
      sharedAliases: true,
    });
  expect([node(1), node(2)].map(({ containerName }) => container(platform, containerName))).toMatchObject([
    { networks_advanced: [{ name: 'shop-network', aliases: ['shop-node'] }] },
    { networks_advanced: [{ name: 'shop-network', aliases: ['shop-node'] }] },
  ]);
});

test('a container whose programs read a volume once is a new one when its content is another', () => {
  const volume = { volumeName: 'shop-ca' };
  const fingerprint = '${filesha256("ca.pem")}';
  const { labels } = synthesized({
    volumes: [
      { volume, target: '/vault/tls', readOnly: true, fingerprint },
      { volume: { volumeName: 'shop-data' }, target: '/data' },
    ],
  });
  expect((labels as unknown[]).slice(3)).toEqual([{ label: 'sha256.vault.tls', value: fingerprint }]);
});
