import { expectSuccess, progress } from './command';
import { contextOf } from './deployment';
import { inspect } from './engine';
import type { ExpectedPlatform } from './expectation';
import { claimNames, removeEnvironment } from './host-objects';
import type { Parts } from './parts';
import { describeWhereDeployable } from './platform-suite';
import { Project } from './project';
import { VaultClient } from './vault';

/** The servers of all platforms on one host at once. */
export function describeSideBySide(platforms: readonly ExpectedPlatform[]): void {
  describeWhereDeployable('all platforms side by side', platforms, (parts) => {
    let project: Project | undefined;

    beforeAll(async () => {
      for (const platform of platforms) await claimNames(platform);
      project = Project.create(
        'all',
        contextOf(platforms.map((platform, i) => [platform, parts[i] as Parts] as const)),
        parts.every(({ offlineProviders }) => offlineProviders),
      );
    });

    afterAll(async () => {
      if (!project) return;
      // Not by the command line: it destroys a server only together with what depends on it.
      for (const platform of platforms) await removeEnvironment(platform);
      project.delete();
    });

    test('each has its own network and port, and no token of one is good for another', async () => {
      progress('the servers of all platforms side by side: deploy');
      expectSuccess(await (project as Project).deploy('*-development-vault'));
      const servers = await inspect(platforms.map(({ vault }) => vault.containerName));
      const networks = [...servers.values()].flatMap(({ NetworkSettings }) =>
        Object.keys(NetworkSettings.Networks),
      );
      expect(networks.sort()).toEqual(platforms.map(({ network }) => network).sort());
      for (const { vault } of platforms) {
        for (const other of platforms) {
          const token = other.vault.rootToken;
          if (token === undefined) continue;
          const client = new VaultClient(`http://127.0.0.1:${vault.hostPort}`, token);
          const { status } = await client.request('GET', 'auth/token/lookup-self');
          // A server that nobody has initialised answers nobody.
          const refused = vault.rootToken === undefined ? 503 : 403;
          expect([vault.containerName, other.name, status]).toEqual([
            vault.containerName,
            other.name,
            vault === other.vault ? 200 : refused,
          ]);
        }
      }
    });
  });
}
