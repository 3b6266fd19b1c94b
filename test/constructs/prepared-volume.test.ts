import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  type PreparedFile,
  PreparedVolume,
  type PreparedVolumeProps,
} from '../../constructs/prepared-volume';
import { testPlatform } from '../helper';
import { all, only, STAGING_PLACE } from './synthesized';

const FILES: readonly PreparedFile[] = [
  { name: 'config.hcl', content: 'listener "tcp" {}\n' },
  {
    name: 'server-key.pem',
    source: 'certificates/shop-staging/server-key.pem',
    remedy: 'make it',
  },
];

function declare(props: Partial<PreparedVolumeProps> = {}) {
  const [, , stack] = testPlatform().stacks;
  const volume = new PreparedVolume(stack, 'files', {
    place: STAGING_PLACE,
    volumeName: 'shop-config',
    image: 'hashicorp/vault:1.17.6',
    files: FILES,
    owner: '100:1000',
    mode: '0400',
    ...props,
  });
  return { stack, volume };
}

test('a short-lived container without a network copies the files, and the hash alone of a secret is in the state', () => {
  const { stack, volume } = declare();
  const { healthcheck: _, ...copying } = only(stack, 'docker_container');
  expect(copying).toMatchInlineSnapshot(`
    {
      "attach": true,
      "capabilities": {
        "add": [
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FOWNER",
        ],
        "drop": [
          "ALL",
        ],
      },
      "command": [
        "umask 077; cd /prepared; cp /upload/config.hcl .config.hcl; chown 100:1000 .config.hcl; chmod 0400 .config.hcl; mv .config.hcl config.hcl; cp /upload/server-key.pem .server-key.pem; chown 100:1000 .server-key.pem; chmod 0400 .server-key.pem; mv .server-key.pem server-key.pem; find . -type f ! -name config.hcl ! -name server-key.pem -exec rm {} +; chown 100:1000 .; chmod 0500 .",
      ],
      "depends_on": [
        "docker_volume.files_volume_84D862D7",
      ],
      "entrypoint": [
        "/bin/sh",
        "-ec",
      ],
      "image": "hashicorp/vault:1.17.6",
      "labels": [
        {
          "label": "platform",
          "value": "shop",
        },
        {
          "label": "environment",
          "value": "staging",
        },
        {
          "label": "service",
          "value": "vault",
        },
      ],
      "lifecycle": {
        "postcondition": [
          {
            "condition": "\${self.exit_code == 0}",
            "error_message": "[shop-development-services/files] the files of volume 'shop-config' must be copied, got another end than 0; see docker logs shop-config-files.",
          },
        ],
        "precondition": [
          {
            "condition": "\${fileexists("\${path.root}/../../../certificates/shop-staging/server-key.pem")}",
            "error_message": "[shop-development-services/files] 'certificates/shop-staging/server-key.pem' must be there, got no such file; make it.",
          },
        ],
      },
      "log_driver": "json-file",
      "log_opts": {
        "max-file": "1",
        "max-size": "1m",
      },
      "memory": 64,
      "memory_swap": 64,
      "must_run": false,
      "name": "shop-config-files",
      "network_mode": "none",
      "restart": "no",
      "security_opts": [
        "no-new-privileges:true",
      ],
      "ulimit": [
        {
          "hard": 0,
          "name": "core",
          "soft": 0,
        },
      ],
      "upload": [
        {
          "content": "listener "tcp" {}
    ",
          "file": "/upload/config.hcl",
        },
        {
          "file": "/upload/server-key.pem",
          "source": "../../../certificates/shop-staging/server-key.pem",
          "source_hash": "\${filesha256("../../../certificates/shop-staging/server-key.pem")}",
        },
      ],
      "user": "0:0",
      "volumes": [
        {
          "container_path": "/prepared",
          "volume_name": "shop-config",
        },
      ],
    }
  `);
  expect(volume.volumeName).toBe('shop-config');
});

test('what it copies to can be made again, so Terraform may destroy it', () => {
  expect(all(declare().stack, 'docker_volume')).toEqual([{ name: 'shop-config' }]);
});

test('text that Terraform would read as a template is uploaded as it is written', () => {
  const { stack } = declare({ files: [{ name: 'a', content: '${x} %{y}' }] });
  expect(only(stack, 'docker_container').upload).toEqual([{ file: '/upload/a', content: '$${x} %%{y}' }]);
});

test('files that are text alone need nothing to be there', () => {
  const { stack } = declare({ files: [{ name: 'a', content: '' }] });
  expect(only(stack, 'docker_container').lifecycle).not.toHaveProperty('precondition');
});

test('a folder of files that everybody may read can be entered by everybody', () => {
  const { stack } = declare({ mode: '0444', owner: '0:0' });
  const [script] = only(stack, 'docker_container').command as string[];
  expect(script).toContain('chmod 0444 .config.hcl');
  expect(script).toMatch(/chown 0:0 \.; chmod 0555 \.$/);
});

test('fails on a container name that is taken', () => {
  const { stack } = declare();
  const again = {
    place: STAGING_PLACE,
    volumeName: 'shop-config',
    image: 'hashicorp/vault:1.17.6',
    files: FILES,
    owner: '100:1000',
    mode: '0400',
  } as const;
  expect(() => new PreparedVolume(stack, 'again', again)).toThrow(
    new Error(
      "[shop-development-services/again/volume] 'volume' must be unique, got 'shop-config', which 'shop-development-services/files/volume' already declares; volumes are shared by the whole Docker host",
    ),
  );
});

describe('in a real shell', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'prepared-'));
  afterAll(() => fs.rmSync(root, { recursive: true }));

  /** Runs the container's command with folders of the test, as the user who runs the test. */
  function copy(mode: '0400' | '0444') {
    const owner = `${process.getuid?.()}:${process.getgid?.()}`;
    const { entrypoint, command } = only(declare({ owner, mode }).stack, 'docker_container') as {
      entrypoint: string[];
      command: string[];
    };
    const [shell = '', ...options] = entrypoint;
    const script = (command[0] ?? '')
      .replaceAll('/prepared', `${root}/prepared`)
      .replaceAll('/upload', `${root}/upload`);
    return spawnSync(shell, [...options, script], { encoding: 'utf8' });
  }

  const modeOf = (file: string) => (fs.statSync(path.join(root, file)).mode & 0o777).toString(8);

  test('files and folder have the owner and the mode that were asked for, a changed file takes its place, and others go', () => {
    for (const folder of ['prepared', 'upload']) fs.mkdirSync(path.join(root, folder));
    const upload = (text: string) => {
      for (const { name } of FILES) fs.writeFileSync(path.join(root, 'upload', name), text);
    };
    upload('first');
    expect(copy('0400')).toMatchObject({ status: 0, stderr: '' });
    expect(fs.readdirSync(path.join(root, 'prepared')).sort()).toEqual(['config.hcl', 'server-key.pem']);
    expect(['prepared', 'prepared/config.hcl', 'prepared/server-key.pem'].map(modeOf)).toEqual([
      '500',
      '400',
      '400',
    ]);
    fs.chmodSync(path.join(root, 'prepared'), 0o700);
    upload('second');
    for (const leftover of ['seal-token', '.server-key.pem'])
      fs.writeFileSync(path.join(root, 'prepared', leftover), 'declared before');
    expect(copy('0444')).toMatchObject({ status: 0, stderr: '' });
    expect(fs.readdirSync(path.join(root, 'prepared')).sort()).toEqual(['config.hcl', 'server-key.pem']);
    expect(fs.readFileSync(path.join(root, 'prepared/server-key.pem'), 'utf8')).toBe('second');
    expect(['prepared', 'prepared/server-key.pem'].map(modeOf)).toEqual(['555', '444']);
  });

  test('fails when a file was not uploaded, so that the deploy does', () => {
    fs.rmSync(path.join(root, 'upload', 'server-key.pem'));
    fs.chmodSync(path.join(root, 'prepared'), 0o700);
    expect(copy('0400').status).not.toBe(0);
  });
});
