import type { IConstruct } from 'constructs';
import { violationOfFileName } from '../policies/names';
import type { Distribution } from './distribution';
import { requireName, ValidationError } from './validation-error';
import type { AuditDeviceDescription } from './vault-description';

interface Device {
  readonly name: string;
  readonly type: 'file' | 'socket';
  readonly options: (distribution: Distribution) => Readonly<Record<string, string>>;
}

/**
 * Where the server writes every request and answer, with values hashed. A request that no device can write is
 * refused, so two devices are safer than one.
 */
export class AuditDevice {
  /**
   * A file on the volume for logs. It grows until somebody rotates it: move it away and send the server SIGHUP.
   * @param name of the device, and of the file; default `file`
   */
  public static file(name = 'file'): AuditDevice {
    return new AuditDevice({
      name,
      type: 'file',
      options: ({ logsDirectory }) => ({ file_path: `${logsDirectory}/${name}.log`, mode: '0600' }),
    });
  }

  /** The container's output, which Docker keeps and rotates. */
  public static stdout(): AuditDevice {
    return new AuditDevice({ name: 'stdout', type: 'file', options: () => ({ file_path: 'stdout' }) });
  }

  /**
   * A collector on the network, such as a log shipper.
   * @param address `host:port`
   */
  public static socket(address: string, name = 'socket'): AuditDevice {
    return new AuditDevice({ name, type: 'socket', options: () => ({ address, socket_type: 'tcp' }) });
  }

  private constructor(private readonly device: Device) {}

  /** Where it is enabled, below `sys/audit/`. */
  public get path(): string {
    return this.device.name;
  }

  /** Whether it writes to the volume for logs. */
  public get usesLogsDirectory(): boolean {
    const { file_path: file } = this.device.options({ logsDirectory: '/logs' } as Distribution);
    return file?.startsWith('/logs/') ?? false;
  }

  /** Refuses names and addresses that the server would. */
  public validate(scope: IConstruct): void {
    requireName(scope, 'audit', this.device.name, violationOfFileName);
    const { address } = this.device.options({ logsDirectory: '/' } as Distribution);
    const [, port] = /^[A-Za-z0-9.-]+:(\d{1,5})$/.exec(address ?? 'none:1') ?? [];
    if (!(Number(port) >= 1 && Number(port) <= 65535)) {
      throw new ValidationError(
        scope,
        `'address' of audit device '${this.path}' must be 'host:port', got '${address}'; write it as 'collector:9090'`,
      );
    }
  }

  /** As the API and the configuration take it. Never with `log_raw`, which would write secrets in clear. */
  public describe(distribution: Distribution): AuditDeviceDescription {
    const { name, type, options } = this.device;
    return { path: name, type, options: options(distribution) };
  }
}
