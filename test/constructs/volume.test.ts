import type { Environment } from '../../constructs/environment';
import { ownedBy, Volume, type VolumeProps } from '../../constructs/volume';
import { PRODUCTION, STAGING, testPlatform } from '../helper';
import { all, PLACE } from './synthesized';

const [, , stack] = testPlatform().stacks;

function declare(id: string, props: Omit<VolumeProps, 'environment'>): void {
  new Volume(stack, id, { environment: PLACE.environment, ...props });
}

test('a volume is on disk, or in memory for one who writes and a group that reads', () => {
  declare('disk', { volumeName: 'shop-data' });
  declare('memory', { volumeName: 'shop-secrets', inMemoryFor: { writer: '100', readers: '999' } });
  expect(all(stack, 'docker_volume')).toEqual([
    { name: 'shop-data' },
    {
      name: 'shop-secrets',
      driver: 'local',
      driver_opts: {
        type: 'tmpfs',
        device: 'tmpfs',
        o: 'size=1m,mode=0750,uid=100,gid=999,noexec,nosuid,nodev',
      },
    },
  ]);
});

test.each<[Environment, boolean, unknown]>([
  [PLACE.environment, true, undefined],
  [STAGING, true, { prevent_destroy: true }],
  [PRODUCTION, true, { prevent_destroy: true }],
  [PRODUCTION.withoutProtection(), true, undefined],
  [PRODUCTION, false, undefined],
])(
  'Terraform refuses to destroy what holds data where that is protected: %#',
  (environment, holdsData, expected) => {
    const [, , own] = testPlatform().stacks;
    new Volume(own, 'data', { environment, volumeName: 'shop-data', holdsData });
    const [{ lifecycle, labels } = {}] = all(own, 'docker_volume');
    expect(lifecycle).toEqual(expected);
    // Said even where it may be destroyed, and known when it is declared no more.
    expect(labels).toEqual(holdsData ? [{ label: 'holds-data', value: 'true' }] : undefined);
  },
);

test('an owner is written as mount options', () => {
  expect(ownedBy('100:1000')).toBe('uid=100,gid=1000');
});

test('fails on a name that Docker refuses', () => {
  expect(() => declare('wrong', { volumeName: '/data' })).toThrow(
    new Error(
      "[shop-development-services/wrong] 'volumeName' must match Docker's [a-zA-Z0-9][a-zA-Z0-9_.-]+ and have 255 characters at most, got '/data'; write it as 'apps-network'",
    ),
  );
});

test('fails on a second volume of one name', () => {
  declare('first', { volumeName: 'shop-twice' });
  expect(() => declare('second', { volumeName: 'shop-twice' })).toThrow(
    new Error(
      "[shop-development-services/second] 'volume' must be unique, got 'shop-twice', which 'shop-development-services/first' already declares; volumes are shared by the whole Docker host",
    ),
  );
});
