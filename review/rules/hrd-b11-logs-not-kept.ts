import { type AuditDevice, auditDevicesOf } from '../audit-devices';
import { mountOf } from '../container';
import { type Flaw, observations, ofServers } from '../hardening';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Observation, Rule } from '../rule';
import { serversOf, type VaultServer } from '../vault-servers';

const ofLogs = ofServers(function* ({ container }) {
  const driver = container.text('log_driver') ?? 'json-file';
  if (driver === 'none') {
    yield { seen: "'log_driver' is 'none': what the server writes is lost", remedy: 'choose another' };
  }
  const options = container.blocks('log_opts')[0] ?? {};
  if (driver !== 'json-file' || container.isUnsure('log_opts') || options['max-size'] !== undefined) return;
  yield {
    seen: "its log has no 'max-size': it grows until the disk is full, and then nothing can be written",
    remedy: "set log_opts of max-size and max-file, such as '10m' and '3'",
  };
});

/** One device that cannot write stops Vault: it answers nobody whom it cannot log. */
export const logsNotKept: Rule = {
  id: 'HRD-B11',
  level: 'warning',
  title: 'logs are lost, or stop the server',
  applies: ofLogs.applies,
  *check(environment) {
    yield* ofLogs.check(environment);
    yield* ofDevices(environment);
  },
};

function* ofDevices(environment: ReviewedEnvironment): Iterable<Observation> {
  const devices = auditDevicesOf(environment);
  const [only, another] = devices;
  if (only && !another && environment.modules.length === 0) {
    yield* observations(only.declared, [
      {
        seen: `'${only.name}' is the only audit device: where it cannot write, Vault answers nobody`,
        remedy: 'declare a second one that writes elsewhere, such as stdout',
      },
    ]);
  }
  const servers = serversOf(environment);
  for (const device of devices) yield* observations(device.declared, lostWith(device, servers));
}

function* lostWith({ name, file }: AuditDevice, servers: readonly VaultServer[]): Iterable<Flaw> {
  if (!file?.startsWith('/') || file.startsWith('/dev/')) return;
  for (const { container } of servers) {
    if (mountOf(container, file) || container.isUnsure('volumes') || container.isUnsure('mounts')) continue;
    yield {
      seen: `audit device '${name}' writes to '${file}', which is lost with container '${container.name}'`,
      remedy: 'mount a volume there',
    };
  }
}
