import type { Construct } from 'constructs';
import type { ConfiguredServerProps } from './configured-server';
import { CLUSTER_PORT } from './server-configuration';
import { ValidationError } from './validation-error';

/** OpenBao 2.4.0 to 2.5.1: rotating the root key also replaces the shares, and gives them to nobody. */
const LOSES_SHARES = /:v?2\.(4\.\d+|5\.[01])(?![\d.])/;

/** What a configured server must be: each of its parts on its own, and all of them together. */
export function checkServer(scope: Construct, props: ConfiguredServerProps): void {
  const { place, distribution, listener, seal, audit, operatorAccess, storage } = props;
  seal.validate(scope, distribution, place.environment);
  for (const device of audit) device.validate(scope);
  for (const access of operatorAccess) access.validate(scope);
  const methods = operatorAccess.map(({ description }) => description.path);
  const twice = methods.find((method, i) => methods.indexOf(method) !== i);
  if (twice !== undefined) {
    // Each would take away what the other has set up.
    throw new ValidationError(
      scope,
      `'operatorAccess' must have each method once, got '${twice}' twice; name all users in one OperatorAccess.userpass('ada', 'ben')`,
    );
  }
  if (![undefined, '1.2', '1.3'].includes(listener.minimumTlsVersion)) {
    throw new ValidationError(
      scope,
      `'minimumVersion' of the listener must be 1.2 or 1.3, got '${listener.minimumTlsVersion}'; use Listener.tls()`,
    );
  }
  if (storage.type === 'raft' && listener.port === CLUSTER_PORT) {
    throw new ValidationError(
      scope,
      `'port' of the listener must not be ${CLUSTER_PORT}, where the nodes of raft talk to each other, got '${listener.port}'; use 8200`,
    );
  }
  if (![1, 3, 5].includes(storage.nodes)) {
    throw new ValidationError(
      scope,
      `'nodes' of raft storage must be 1, 3 or 5, got ${storage.nodes}; an even number is lost as early as the odd one below it`,
    );
  }
  if (storage.type === 'file' && storage.nodes > 1) {
    throw new ValidationError(
      scope,
      `'storage' of several nodes must be raft, got 'file' with ${storage.nodes}; use Storage.raft({ nodes: ${storage.nodes} })`,
    );
  }
  // https://github.com/openbao/openbao/issues/2613
  if (distribution.kind === 'openbao' && seal.type === 'shamir' && LOSES_SHARES.test(distribution.image)) {
    throw new ValidationError(
      scope,
      `'image' of the server must be of a version that keeps its shares when the root key is rotated, got '${distribution.image}'; use 2.5.2 or newer`,
    );
  }
  const paths = audit.map(({ path }) => path);
  if (new Set(paths).size < paths.length) {
    throw new ValidationError(
      scope,
      `'audit' must have devices of different names, got ${paths.join(', ')}; name one of them otherwise`,
    );
  }
  if (place.environment.isDevelopment) return;
  if (!listener.minimumTlsVersion) {
    throw new ValidationError(
      scope,
      `'listener' must use TLS outside development, got plain HTTP; use Listener.tls()`,
    );
  }
  if (audit.length < 2) {
    throw new ValidationError(
      scope,
      `'audit' must have two devices outside development, since the server stops when its only one fails, got ${audit.length}; use [AuditDevice.file(), AuditDevice.stdout()]`,
    );
  }
}
