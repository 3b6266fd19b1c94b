import type { BackingServiceOptions } from './backing-service';
import { Health } from './health';
import type { KvSecret } from './kv-secret';
import { launchWithVariables } from './launch';
import { SecretFile } from './secret-file';

export interface TemporalProps {
  readonly containerName: string;
  /** An image of `temporalio/auto-setup`, which creates its schema. */
  readonly image: string;
  /** The namespace that is created first. */
  readonly namespace: string;
  /** PostgreSQL's address and superuser. */
  readonly database: KvSecret<'host' | 'port' | 'username' | 'password'>;
  /** More DNS names on the network. */
  readonly aliases?: readonly string[];
}

/** A Temporal server that keeps its workflows in PostgreSQL. It takes its settings from variables alone. */
export function temporal(props: TemporalProps): BackingServiceOptions {
  const { database } = props;
  const settings = SecretFile.variables('settings', {
    POSTGRES_SEEDS: database.value('host'),
    DB_PORT: database.value('port'),
    POSTGRES_USER: database.value('username'),
    POSTGRES_PWD: database.value('password'),
  });
  return {
    containerName: props.containerName,
    image: props.image,
    // The user `temporal` of the official image.
    user: '1000:1000',
    files: [settings],
    environment: { DB: 'postgres12', DEFAULT_NAMESPACE: props.namespace },
    ...launchWithVariables([settings], ['/etc/temporal/entrypoint.sh', 'autosetup']),
    // The namespace is created after the server answers, and the services need it.
    health: Health.shell(
      `temporal operator namespace describe ${props.namespace} --address "$(hostname -i):7233"`,
    ),
    memoryMiB: 1024,
    aliases: props.aliases,
  };
}
