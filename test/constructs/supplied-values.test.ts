import { SecretValue } from '../../constructs/secret-value';
import { SuppliedValues } from '../../constructs/supplied-values';
import { synth, testPlatform } from '../helper';
import { all, only } from './synthesized';

function shop() {
  const platform = testPlatform();
  return {
    platform,
    apps: platform.addMount('apps'),
    access: platform.stacks[1],
  };
}

test('a supplied value is an ephemeral variable that may be left out', () => {
  const { apps, access } = shop();
  apps.addSecret('mail', { host: 'mx', api_key: SecretValue.supplied() });
  expect(synth(access).variable).toMatchInlineSnapshot(`
    {
      "apps_mail_api_key": {
        "default": null,
        "description": "Key api_key of apps/mail",
        "ephemeral": true,
        "sensitive": true,
        "type": "string",
      },
    }
  `);
});

test('a secret that is supplied as a whole is one JSON object', () => {
  const { apps, access } = shop();
  apps.addSuppliedSecret('mail');
  expect(synth(access).variable).toMatchObject({
    apps_mail: { type: 'string', ephemeral: true },
  });
  expect(only(access, 'vault_kv_secret_v2').data_json_wo).toBe(
    '${try(length(var.apps_mail) > 0, false) ? jsonencode({ for key, value in jsondecode(try(length(var.apps_mail) > 0, false) ? var.apps_mail : "{}") : key => tostring(value) }) : "not supplied"}',
  );
});

test('the plan fails where a secret would be written without its values, and says what to set', () => {
  const { apps, access } = shop();
  apps.addSecret('mail', { api_key: SecretValue.supplied(), user: SecretValue.supplied() }, { version: 2 });
  const { data_json_wo_version, lifecycle } = only(access, 'vault_kv_secret_v2');
  expect(lifecycle).toMatchInlineSnapshot(`
    {
      "precondition": [
        {
          "condition": "\${(try(length(var.apps_mail_api_key) > 0, false) && try(length(var.apps_mail_user) > 0, false)) || (try(jsondecode(nonsensitive(data.vault_generic_secret.mounts.data_json))["apps/"].accessor, "none") == try(data.terraform_remote_state.written[0].outputs.mount_accessors["apps"], "nothing") && try(data.terraform_remote_state.written[0].outputs.supplied_versions["apps/mail"], "nothing") == 2757911)}",
          "error_message": "[shop-development-access/apps/mail] 'apps/mail' must be supplied when it is first written and when its version is raised, got nothing; set TF_VAR_apps_mail_api_key and TF_VAR_apps_mail_user and deploy again.",
        },
      ],
    }
  `);
  expect(String(data_json_wo_version)).toMatch(/^2\d{6}$/);
  expect(JSON.stringify(lifecycle)).toContain(` == ${data_json_wo_version})`);
});

test('what was written is in the output of the stack, after it was written', () => {
  const { apps, access } = shop();
  apps.addSuppliedSecret('mail');
  const { data_json_wo_version } = only(access, 'vault_kv_secret_v2');
  const [address] = Object.keys(synth(access).resource.vault_kv_secret_v2 ?? {});
  const [mount] = Object.keys(synth(access).resource.vault_mount ?? {});
  expect(synth(access).output).toEqual({
    supplied_versions: {
      value: { 'apps/mail': data_json_wo_version },
      depends_on: [`vault_kv_secret_v2.${address}`],
    },
    mount_accessors: { value: { apps: `\${vault_mount.${mount}.accessor}` } },
  });
});

test('the state is read only when one of the mounts is there', () => {
  const { platform, apps, access } = shop();
  apps.addSuppliedSecret('a');
  apps.addSuppliedSecret('b');
  platform.addMount('tools').addSuppliedSecret('c');
  expect(synth(access).data).toMatchInlineSnapshot(`
    {
      "terraform_remote_state": {
        "written": {
          "backend": "local",
          "config": {
            "path": "../../../terraform.shop-development-access.tfstate",
          },
          "count": "\${contains(keys(jsondecode(nonsensitive(data.vault_generic_secret.mounts.data_json))), "apps/") || contains(keys(jsondecode(nonsensitive(data.vault_generic_secret.mounts.data_json))), "tools/") ? 1 : 0}",
          "workspace": "\${terraform.workspace}",
        },
      },
      "vault_generic_secret": {
        "mounts": {
          "path": "sys/mounts",
        },
      },
    }
  `);
});

test.each([
  ['kept for "people"', '"kept for \\"people\\""'],
  [undefined, '""'],
])(
  'the state is read only when a mount that was there before has been taken over, described as %j',
  (description, expected) => {
    const platform = testPlatform();
    platform.adoptMount('secret', { description }).addSuppliedSecret('a');
    const mounts = 'jsondecode(nonsensitive(data.vault_generic_secret.mounts.data_json))';
    expect(synth(platform.stacks[1]).data).toMatchObject({
      terraform_remote_state: {
        written: { count: `\${try(${mounts}["secret/"].description == ${expected}, false) ? 1 : 0}` },
      },
    });
  },
);

test('all variables are known by the names that a shell sets', () => {
  const { apps, access } = shop();
  apps.addSuppliedSecret('mail');
  apps.addSecret('b2/key', {
    id: SecretValue.supplied(),
    'app-key': SecretValue.supplied(),
  });
  expect(SuppliedValues.in(access)?.environmentVariables).toEqual([
    'TF_VAR_apps_mail',
    'TF_VAR_apps_b2_key_id',
    'TF_VAR_apps_b2_key_app_key',
  ]);
});

test('a stack without supplied values asks for nothing and reads no state', () => {
  const { apps, access } = shop();
  apps.addSecret('x', { password: SecretValue.generated() });
  expect(SuppliedValues.in(access)?.environmentVariables ?? []).toEqual([]);
  expect(synth(access)).not.toHaveProperty('variable');
  expect(synth(access)).not.toHaveProperty('data');
  expect(all(access, 'vault_kv_secret_v2')).toHaveLength(1);
});
