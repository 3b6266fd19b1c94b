import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Distribution } from '../../constructs/distribution';
import { Seal } from '../../constructs/seal';
import { ServerMode } from '../../constructs/server-mode';
import type { Platform } from '../../stacks/platform';
import { STAGING, testApp, testPlatform } from '../helper';
import { container, variables } from './synthesized';

const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

function shop(seal: Seal, distribution = VAULT): Platform {
  const vault = { containerName: 'shop-vault', distribution, mode: ServerMode.configured({ seal }) };
  return testPlatform(testApp(), { environment: STAGING, vault });
}

describe('a seal with files', () => {
  test('brings them to the folder of the configuration, and says what they are where they are missing', () => {
    const platform = shop(Seal.staticKey({ keyId: 'a' }), OPENBAO);
    const { upload } = container(platform, 'shop-vault-config-files') as { upload: object[] };
    expect(upload).toContainEqual(
      expect.objectContaining({ file: '/upload/seal-key', source: '../../../seals/shop-staging/key' }),
    );
    expect(JSON.stringify(container(platform, 'shop-vault-config-files').lifecycle)).toContain(
      "'seals/shop-staging/key' must be there, got no such file; put what the static seal needs there, with mode 0600.",
    );
    expect(container(platform, 'shop-vault').command).toEqual(['server']);
  });

  test('names them where the program wants a path', () => {
    const seal = Seal.awsKms({ region: 'eu-central-1', kmsKeyId: 'alias/a', credentialsFile: true });
    expect(variables(shop(seal), 'shop-vault')).toMatchObject({
      AWS_SHARED_CREDENTIALS_FILE: '/vault/config/seal-credentials',
    });
  });

  test('has its token in the process alone: not in a variable of the container, and in no argument', () => {
    const platform = shop(Seal.transit({ address: 'https://unseal.example:8200', keyName: 'a' }));
    expect(variables(platform, 'shop-vault')).not.toHaveProperty('VAULT_TOKEN');
    const { entrypoint, command } = container(platform, 'shop-vault') as Record<string, string[]>;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seal-'));
    try {
      fs.writeFileSync(path.join(folder, 'seal-token'), 'a $token "with" quotes\n');
      fs.writeFileSync(path.join(folder, 'docker-entrypoint.sh'), '#!/bin/sh\necho "$# $* $VAULT_TOKEN"\n', {
        mode: 0o755,
      });
      const [shell = '', ...options] = entrypoint ?? [];
      const script = (command?.[0] ?? '').replaceAll('/vault/config', folder);
      const started = (cwd: string) =>
        spawnSync(shell, [...options, script], {
          env: { PATH: `${cwd}:${process.env.PATH}` },
          encoding: 'utf8',
        });
      expect(started(folder)).toMatchObject({ status: 0, stdout: '1 server a $token "with" quotes\n' });
      fs.rmSync(path.join(folder, 'seal-token'));
      expect(started(folder)).toMatchObject({ status: 1, stdout: '' });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
