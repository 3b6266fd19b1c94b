import * as fs from 'node:fs';
import * as path from 'node:path';
import { expectAccessOfServices } from './access-tests';
import { vaultCommand, watch } from './ceremony';
import { expectSuccess, progress } from './command';
import { actualFacts, expectedFacts } from './containers';
import type { Deployment } from './deployment';
import { restart, settled } from './engine';
import { containerNames, type ExpectedPlatform, nodesOf } from './expectation';
import { expectEmptyPlans } from './lifecycle-tests';
import type { Current } from './platform-suite';
import { secretValues } from './secrecy';

/** A development server that keeps its data: one command initialises it, and nobody has to keep a share. */
export function quickInitTests(current: Current): void {
  test('one command initialises the server of a development environment', async () => {
    const { environment, project } = current();
    progress(`${environment}: deploy of the server`);
    expectSuccess(await project.deploy(`${environment}-vault`));
    expect((await vaultCommand(current(), 'status')).code).toBe(2);
    const { code, output } = await vaultCommand(current(), 'init', '--development');
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect((await vaultCommand(current(), 'status')).code).toBe(0);
    const { token, share } = credentialsOf(current());
    // Nothing of it was shown.
    expect(output).not.toContain(share);
    current().exportToken(token);
    current().giveOut([share]);
    await watch(current(), [share]);
  });

  test('what it keeps is in one file for its owner alone', () => {
    expect((fs.statSync(credentialsFile(current())).mode & 0o777).toString(8)).toBe('600');
    expect(Object.keys(credentialsOf(current())).sort()).toEqual(['address', 'policy', 'share', 'token']);
  });
}

/** What a restart of a server costs that keeps its data. */
export function restartTests(platform: ExpectedPlatform, current: Current): void {
  test('a restart seals the server, the same command unseals it, and nothing is lost', async () => {
    const before = await secretValues(current());
    const credentials = fs.readFileSync(credentialsFile(current()), 'utf8');
    progress(`${current().environment}: the server restarts`);
    await restart(nodesOf(platform));
    expect((await vaultCommand(current(), 'status')).code).toBe(2);
    const { code, output } = await vaultCommand(current(), 'init', '--development');
    expect([code, output]).toEqual([0, expect.any(String)]);
    expect(fs.readFileSync(credentialsFile(current()), 'utf8')).toBe(credentials);
    await settled(containerNames(platform));
    expect(await actualFacts(current())).toEqual(expectedFacts(current()));
    expect(await secretValues(current())).toEqual(before);
    await expectAccessOfServices(current());
    await expectEmptyPlans(current());
  });
}

function credentialsFile({ project, environment }: Deployment): string {
  return path.join(project.folder, 'credentials', `${environment}.json`);
}

function credentialsOf(deployment: Deployment): { readonly token: string; readonly share: string } {
  return JSON.parse(fs.readFileSync(credentialsFile(deployment), 'utf8'));
}
