import { Mount } from '@cdktf/provider-vault/lib/mount';
import { adopt } from '../../constructs/adoption';
import { synth, testPlatform } from '../helper';

test('Terraform imports each resource at its address, in its own stack', () => {
  const [, access, services] = testPlatform().stacks;
  const mount = (stack: typeof access | typeof services, id: string) =>
    new Mount(stack, id, { path: id, type: 'kv' });
  const [first, second, other] = [mount(access, 'first'), mount(access, 'second'), mount(services, 'other')];
  adopt(first, 'first');
  adopt(second, 'second');
  adopt(other, 'other');
  expect(synth(access).import).toEqual([
    { to: `vault_mount.${first.friendlyUniqueId}`, id: 'first' },
    { to: `vault_mount.${second.friendlyUniqueId}`, id: 'second' },
  ]);
  expect(synth(services).import).toEqual([{ to: `vault_mount.${other.friendlyUniqueId}`, id: 'other' }]);
});

test('a stack that takes over nothing has no import', () => {
  expect(synth(testPlatform().stacks[1])).not.toHaveProperty('import');
});
