import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Ceremony, hold, holdersFor, shareFiles, THRESHOLD, vaultCommand, watch } from './ceremony';
import { expectSuccess, progress } from './command';
import { actualFacts, expectedFacts } from './containers';
import type { Holders } from './holders';
import { objectsOfServer, remainsOf } from './host-objects';
import { writtenValues } from './lifecycle-tests';
import type { Current } from './platform-suite';
import { type FourCommands, fourCommands } from './readme-commands';
import { heldBy, secretValues, unpackedPlan } from './secrecy';

/** The four commands of the README on a host that has nothing, and what each of them leaves. */
export function fourCommandTests(ceremony: Ceremony, current: Current): void {
  let holders: Holders | undefined;

  const commands = (): FourCommands => {
    const { environment, project } = current();
    return fourCommands({ environment, deployFlags: project.flags, holders: holders?.flags });
  };

  afterAll(async () => holders?.remove());

  test('1. npm run certificates makes the certificates, for their owner alone', async () => {
    const { environment, project } = current();
    holders = await holdersFor(ceremony, current());
    expectSuccess(await project.type(commands().certificates));
    const folder = path.join(project.folder, 'certificates', environment);
    const modes = fs
      .readdirSync(folder)
      .map((name) => [name, (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8)]);
    expect(modes).toEqual(
      ['ca-key.pem', 'ca.pem', 'server-key.pem', 'server.pem'].map((name) => [name, '600']),
    );
    // There is no server yet.
    expect((await vaultCommand(current(), 'status')).code).toBe(1);
  });

  test('2. cdktf deploy brings up the server, which waits for its keys', async () => {
    const { environment, platform, project } = current();
    progress(`${environment}: deploy of the server`);
    expectSuccess(await project.type(commands().server));
    expect(await remainsOf(platform)).toEqual(objectsOfServer(platform));
    expect((await vaultCommand(current(), 'status')).code).toBe(2);
  });

  test('3. npm run vault -- init gives the holders their shares, and a token to those who deploy', async () => {
    const result = await hold(current(), commands().ceremony, ceremony, holders as Holders);
    expect(result.token).toMatch(/^(hvs|s)\.[A-Za-z0-9_-]{20,}$/);
    expect(new Set(result.shares).size).toBe(5);
    current().exportToken(result.token);
    current().giveOut(result.shares);
    expect((await vaultCommand(current(), 'status')).code).toBe(0);
  });

  if (ceremony !== 'in clear') {
    test('each share is in a file that its holder alone can open', async () => {
      const files = shareFiles(current());
      expect(files.length).toBe(5);
      for (const file of files) expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
      const contents = files.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
      expect(current().shares.filter((share) => contents.includes(share))).toEqual([]);
    });
  }

  test('a second ceremony says that there has been one, and changes nothing', async () => {
    const before = shareFiles(current()).map((file) => [file, fs.readFileSync(file)]);
    // The command without the variable that takes what it prints: this time nothing.
    const [, ceremonyItself = ''] = /=\$\((.*)\)/s.exec(commands().ceremony) ?? [];
    const { code, output, stdout } = await current().project.type(ceremonyItself);
    expect([code, output]).toEqual([0, expect.stringContaining('already initialised')]);
    expect(stdout.toString('utf8')).toBe('');
    expect(shareFiles(current()).map((file) => [file, fs.readFileSync(file)])).toEqual(before);
  });

  test(`a quorum of ${THRESHOLD} shares makes a root token for one command, and two are too few`, async () => {
    const { shares } = current();
    const tooFew = await vaultCommand(current(), 'root', '-- true', shares.slice(1, THRESHOLD));
    expect([tooFew.code === 0, tooFew.output]).toEqual([
      false,
      expect.stringContaining("'shares' must be 3"),
    ]);
    await watch(current(), shares.slice(5 - THRESHOLD));
  });

  test('a plan that writes everything holds no secret, neither as a file nor as it is shown', async () => {
    const { environment, project, supplied } = current();
    const access = `${environment}-access`;
    expectSuccess(await project.terraform(access, ['init', '-input=false']));
    const { raw, shown } = await project.savedPlan(access, supplied.variables);
    const unpacked = unpackedPlan(raw);
    for (const text of [shown, unpacked]) expect(text).toContain('vault_kv_secret_v2');
    const values = Object.entries(supplied.secrets).flatMap(([secret, data]) =>
      Object.entries(data).map(([key, value]) => ({ name: `${secret} ${key}`, value })),
    );
    const all = [...values, ...current().remembered];
    expect(heldBy(`${shown}${unpacked}`, all)).toEqual([]);
    // Generated values are made anew by every run, so the names of those that a plan would write are looked at.
    expect(writtenValues(shown)).toEqual([]);
  });

  test('4. cdktf deploy brings up everything else, guarded as it should be on any host', async () => {
    const { environment, project, supplied } = current();
    progress(`${environment}: deploy of everything`);
    expectSuccess(await project.type(commands().everything, supplied.variables));
    await current().rememberVolumes();
    await current().writeRuntimeSecrets();
    // Later tests change some of them.
    current().remembered.push(...(await secretValues(current())));
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
  });
}
