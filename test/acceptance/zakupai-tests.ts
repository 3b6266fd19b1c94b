import { eventually } from './command';
import { execute, executed } from './engine';
import type { Current } from './platform-suite';
import { ZAKUPAI_APPLICATIONS } from './zakupai';

interface Target {
  readonly labels: { readonly job: string };
  readonly health: string;
  readonly lastError: string;
}

/** Token files, metrics and alerts. */
export function zakupaiTests(current: Current): void {
  test.each([
    ...ZAKUPAI_APPLICATIONS.map((name) => [name, '1000'] as const),
    ['zakupai-prometheus', '65534'] as const,
  ])('%s finds its token in memory, in a file for its group alone, and read-only', async (container, uid) => {
    const folder = '/vault/secrets';
    const file = `${folder}/token`;
    // The agent, whose user is 100 in every image of the server, is the only one who may write.
    expect((await executed(container, ['stat', '-c', '%a %u:%g', file])).trim()).toBe(`440 100:${uid}`);
    expect((await executed(container, ['stat', '-c', '%a %u:%g', folder])).trim()).toBe(`750 100:${uid}`);
    expect((await executed(container, ['stat', '-f', '-c', '%T', file])).trim()).toBe('tmpfs');
    expect((await executed(container, ['id', '-u'])).trim()).toBe(uid);
    expect((await executed(container, ['cat', file])).trim()).toBe(
      await current().tokenOf(`${container}-agent`),
    );
    const { code, output } = await execute(container, ['touch', `${folder}/another`]);
    expect([code === 0, output]).toEqual([false, expect.stringContaining('Read-only file system')]);
  });

  test('Prometheus scrapes the metrics of Vault and has a token to do so', async () => {
    let targets: readonly Target[] = [];
    const vault = () => targets.find(({ labels }) => labels.job === 'vault');
    await eventually('the first scrape', async () => {
      const { data } = await ask<{ data: { activeTargets: Target[] } }>(
        'http://127.0.0.1:9090/api/v1/targets',
      );
      targets = data.activeTargets;
      return (vault()?.health ?? 'unknown') !== 'unknown';
    });
    expect(vault()).toMatchObject({ health: 'up', lastError: '' });
    // A development server answers without a token too, so the configuration says whether one is sent.
    const { data } = await ask<{ data: { yaml: string } }>('http://127.0.0.1:9090/api/v1/status/config');
    expect(data.yaml).toContain('credentials_file: /vault/secrets/token');
    expect(targets.map(({ labels }) => labels.job).sort()).toEqual(['risk-engine-business', 'vault']);
  });

  test('Alertmanager runs with the chat that a person supplied', async () => {
    const { config } = await ask<{ config: { original: string } }>('http://127.0.0.1:9093/api/v2/status');
    const { bot_token: token = '', chat_id: chat = '' } =
      current().supplied.secrets['zakupai/alerting/telegram'] ?? {};
    expect(config.original).toMatch(/receiver: telegram/);
    expect(config.original).toMatch(new RegExp(`chat_id: ${chat}\\b`));
    expect(await executed('zakupai-alertmanager', ['cat', '/vault/secrets/alertmanager.yml'])).toContain(
      `bot_token: "${token}"`,
    );
  });

  test('Grafana is given the password of its administrator in a file', async () => {
    const { admin_password: password } = await current().root.readSecret('zakupai', 'monitoring/grafana');
    expect(await executed('zakupai-grafana', ['cat', '/vault/secrets/admin-password'])).toBe(password);
  });
}

async function ask<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url, { headers: { Connection: 'close' } });
  return (await response.json()) as Answer;
}
