import { TerraformOutput, TerraformStack } from 'cdktf';
import { type BackendSettings, type BackendType, StackBackend } from '../../constructs/stack-backend';
import { testApp } from '../helper';

function synthesized(type: BackendType, settings: BackendSettings) {
  const stack = new TerraformStack(testApp(), 'shop-production-access');
  const outputs = new StackBackend(stack, type, settings).getRemoteStateDataSource(stack, 'written');
  new TerraformOutput(stack, 'versions', { value: outputs.get('supplied_versions') });
  return stack.toTerraform();
}

const S3 = { bucket: 'states', use_lockfile: true, skip_s3_checksum: true, endpoints: { s3: 'https://s3' } };

test.each<[BackendType, BackendSettings]>([
  ['local', { path: 'states/shop.tfstate' }],
  ['pg', { schema_name: 'shop' }],
  ['s3', S3],
])('a stack reads its own outputs from where its backend %s writes them', (type, settings) => {
  const { terraform, data } = synthesized(type, settings);
  expect(terraform.backend).toEqual({ [type]: settings });
  expect(data.terraform_remote_state.written).toEqual({
    backend: type,
    config: settings,
    workspace: '${terraform.workspace}',
  });
});

test('over HTTP it names no workspace, which that backend does not have', () => {
  const { data } = synthesized('http', { address: 'https://states.example/shop' });
  expect(data.terraform_remote_state.written).toEqual({
    backend: 'http',
    config: { address: 'https://states.example/shop' },
  });
});

test('the CDKTF command line is told the type of the backend, and outputs are found by name', () => {
  const stack = synthesized('pg', { schema_name: 'shop' });
  expect(stack['//'].metadata.backend).toBe('pg');
  expect(stack.output.versions.value).toBe(
    '${data.terraform_remote_state.written.outputs.supplied_versions}',
  );
});
