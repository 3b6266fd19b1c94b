import { spawnSync } from 'node:child_process';
import { kafka } from '../../constructs/kafka';
import { SecretValue } from '../../constructs/secret-value';
import { testPlatform } from '../helper';
import { render } from './consul-template';

const credentials = testPlatform().addMount('apps').addSecret('kafka', { password: SecretValue.generated() });
const options = kafka({
  containerName: 'shop-kafka',
  image: 'apache/kafka:3.9.0',
  username: 'shop',
  credentials,
});

test('name and password of the clients are in the rendered configuration alone', () => {
  const [file] = options.files ?? [];
  expect(file?.secrets).toEqual([credentials, credentials]);
  expect(
    render(file?.template ?? '', {
      'apps/data/kafka': { password: 'PASSWORD' },
    }),
  ).toMatchInlineSnapshot(`
    "process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@localhost:9093
    controller.listener.names=CONTROLLER
    listeners=CLIENTS://:9092,CONTROLLER://localhost:9093
    advertised.listeners=CLIENTS://shop-kafka:9092
    listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
    inter.broker.listener.name=CLIENTS
    sasl.enabled.mechanisms=PLAIN
    sasl.mechanism.inter.broker.protocol=PLAIN
    listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="shop" password="PASSWORD" user_shop="PASSWORD";
    log.dirs=/var/lib/kafka/data
    offsets.topic.replication.factor=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    "
  `);
  expect(options.command?.at(-1)).toBe(file?.path);
});

test('the log is on a volume, and the broker is healthy when it listens', () => {
  expect(options).toMatchObject({
    data: { data: '/var/lib/kafka/data' },
    health: { test: ['CMD-SHELL', 'nc -z localhost 9092'] },
    user: '1000:1000',
  });
});

test('the script is one that a shell takes', () => {
  const [shell = '', , script = ''] = options.entrypoint ?? [];
  expect(spawnSync(shell, ['-n', '-c', script])).toMatchObject({ status: 0 });
  const [inner = '', , start = ''] = options.command ?? [];
  expect(spawnSync(inner, ['-n', '-c', start])).toMatchObject({ status: 0 });
});
