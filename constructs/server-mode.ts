import { AuditDevice } from './audit-device';
import { Listener } from './listener';
import type { OperatorAccess } from './operator-access';
import { Seal } from './seal';
import { Storage } from './storage';

export interface ConfiguredModeProps {
  /** @default Listener.tls() */
  readonly listener?: Listener;
  /** @default Storage.raft(): one server */
  readonly storage?: Storage;
  /** @default Seal.shamir() */
  readonly seal?: Seal;
  /** @default [AuditDevice.file(), AuditDevice.stdout()] */
  readonly audit?: readonly AuditDevice[];
  /**
   * How people and CI come to an operator's token.
   * @default - by a quorum of those who hold shares
   */
  readonly operatorAccess?: readonly OperatorAccess[];
  /**
   * MiB of each server.
   * @default 1024
   */
  readonly memoryMiB?: number;
}

/** What a configured server is made of. */
export type ConfiguredMode = Required<ConfiguredModeProps>;

/** How the server of a platform runs. */
export class ServerMode {
  /** `server -dev`: in memory, unsealed, and over HTTP. In development alone. */
  public static development(): ServerMode {
    return new ServerMode(undefined);
  }

  /** A server with a configuration, which people initialise and unseal. All defaults are fit for production. */
  public static configured(props: ConfiguredModeProps = {}): ServerMode {
    return new ServerMode({
      listener: props.listener ?? Listener.tls(),
      storage: props.storage ?? Storage.raft(),
      seal: props.seal ?? Seal.shamir(),
      audit: props.audit ?? [AuditDevice.file(), AuditDevice.stdout()],
      operatorAccess: props.operatorAccess ?? [],
      memoryMiB: props.memoryMiB ?? 1024,
    });
  }

  private constructor(
    /** Not there for a development server. */
    public readonly configuration: ConfiguredMode | undefined,
  ) {}
}
