import type { BackingServiceOptions } from './backing-service';
import { Health } from './health';
import type { KvSecret } from './kv-secret';
import { launchWatching } from './launch';
import { SecretFile } from './secret-file';

export interface KafkaProps {
  readonly containerName: string;
  /** An image of `apache/kafka`. */
  readonly image: string;
  /** The user that clients log in as. */
  readonly username: string;
  /** Where its password is. */
  readonly credentials: KvSecret<'password'>;
}

/** Where clients connect. */
const PORT = 9092;

/**
 * One Kafka broker with its own controller (KRaft). Clients log in by SASL/PLAIN; name and password are in the
 * rendered configuration, since Kafka reads passwords from there alone. Without TLS they are safe only inside
 * the platform's network. A rotated password restarts the broker.
 */
export function kafka(props: KafkaProps): BackingServiceOptions {
  const password = props.credentials.value('password');
  const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  const configuration = SecretFile.text('server.properties', [
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:9093
controller.listener.names=CONTROLLER
listeners=CLIENTS://:${PORT},CONTROLLER://localhost:9093
advertised.listeners=CLIENTS://${props.containerName}:${PORT}
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENTS
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.clients.plain.sasl.jaas.config=${jaas} username="${props.username}" password="`,
    password,
    `" user_${props.username}="`,
    password,
    `";
log.dirs=/var/lib/kafka/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
`,
  ]);
  return {
    containerName: props.containerName,
    image: props.image,
    // The user `appuser` of the official image.
    user: '1000:1000',
    files: [configuration],
    // Its own default is as much as the container may have.
    environment: { KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' },
    ...launchWatching([configuration], ['/bin/sh', '-ec', START, configuration.path]),
    // Log-in needs the password, so the check only looks whether the broker listens.
    health: Health.shell(`nc -z localhost ${PORT}`),
    data: { data: '/var/lib/kafka/data' },
    memoryMiB: 1024,
  };
}

// `$0` is the configuration. The cluster's id is made once and kept with the data.
const START = `
[ -f /var/lib/kafka/data/meta.properties ] ||
  /opt/kafka/bin/kafka-storage.sh format --config "$0" --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)"
exec /opt/kafka/bin/kafka-server-start.sh "$0"
`.trim();
