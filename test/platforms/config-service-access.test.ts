import { type AccessExpectation, expectAccess } from '../../access/expect-access';
import { configService } from '../../platforms/config-service';
import { KV_VERBS } from '../../policies/kv-access';
import { testApp } from '../helper';
import { ENVIRONMENTS } from './platform-facts';

const CONFIGURATIONS = { mount: { path: 'secret' }, pattern: '+/+/*' };
const EVERY_CONFIGURATION = { mount: { path: 'secret' }, pattern: '*' };
const platform = (path: string) => ({ mount: { path: 'platform' }, path });
const EVERY_PASSWORD = { mount: { path: 'platform' }, pattern: '*' };

/** Each has a password, which its agent renders for it. */
const BACKING = ['postgres', 'redis', 'kafka'];

describe.each(ENVIRONMENTS)('who can reach what in $name', (environment) => {
  let access: AccessExpectation;
  beforeAll(() => {
    access = expectAccess(configService(testApp(), environment).stacks);
  });

  test('nobody else gets a token', () => {
    // Vault calls the last two `config-operator` and `config-backup`.
    expect([...access.identities].sort()).toEqual(
      [...BACKING, 'config-service', 'operator', 'backup'].sort(),
    );
  });

  test('the service has all configurations of all services, and reads its three passwords', () => {
    access
      .identity('config-service')
      .can(['read', 'write', 'delete'], CONFIGURATIONS)
      .can(['list', 'inspect', 'destroy'], EVERY_CONFIGURATION)
      .can('read', platform('postgres'))
      .can('read', platform('redis'))
      .can('read', platform('kafka'))
      .cannotReachAnythingElse();
  });

  test('the service destroys configurations, and none of the passwords that it needs', () => {
    access
      .identity('config-service')
      .cannot(['write', 'rotate', 'delete', 'destroy', 'list', 'inspect'], EVERY_PASSWORD)
      .cannot('read', platform('other'));
  });

  test('a configuration is at <environment>/<service>/<key>, and higher up nothing is read or written', () => {
    const service = access.identity('config-service');
    for (const path of ['production', 'production/asr-service']) {
      service.cannot(['read', 'write', 'delete'], { mount: { path: 'secret' }, path });
    }
    service.can(['read', 'write'], { mount: { path: 'secret' }, path: 'production/asr-service/api_key' });
  });

  test.each(BACKING)('%s reads its own password, and reaches nothing else', (name) => {
    const identity = access.identity(name).can('read', platform(name));
    for (const other of BACKING.filter((one) => one !== name)) identity.cannot(KV_VERBS, platform(other));
    identity.cannot(KV_VERBS, EVERY_CONFIGURATION).cannotReachAnythingElse();
  });

  test('the operator mounts, issues tokens, writes policies and enables the audit, and reads no configuration', () => {
    access
      .identity('config-operator')
      .can(['create', 'read', 'update'], 'sys/mounts/secret')
      .can(['read', 'update'], 'sys/mounts/secret/tune')
      .can('update', 'auth/token/create')
      .can(['create', 'read', 'update', 'list'], 'sys/policies/acl/*')
      .can('read', 'sys/audit')
      .can(['create', 'read', 'update'], 'sys/audit/*')
      .cannot(KV_VERBS, EVERY_CONFIGURATION)
      .cannot(KV_VERBS, EVERY_PASSWORD)
      .cannot('delete', 'sys/audit/*')
      // With it, tokens could have policies that the operator has not.
      .cannot('sudo', 'auth/token/create')
      .cannotReachAnythingElse();
  });

  test('the backup takes snapshots, and reaches nothing else', () => {
    access.identity('config-backup').can('read', 'sys/storage/raft/snapshot').cannotReachAnythingElse();
  });
});
