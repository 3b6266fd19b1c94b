import * as fs from 'node:fs';
import * as path from 'node:path';
import { LocalState } from '../../operations/local-state';
import { RemoteState } from '../../operations/remote-state';
import { StackFile } from '../../operations/stack-file';
import { stackState } from '../../operations/stack-state';
import { FakeMachine, temporaryFolder } from './fakes';

function stack(name: string, backend: Record<string, unknown>): StackFile {
  const folder = path.join(temporaryFolder(), name);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ terraform: { backend } }));
  return new StackFile(folder);
}

const local = stack('shop-development-vault', { local: { path: 'shop.tfstate' } });
const remote = (name: string) => stack(name, { pg: { schema_name: name } });

test.each([
  [local, LocalState],
  [remote('shop-production-vault'), RemoteState],
  [stack('shop-production-vault', { s3: { bucket: 'states' } }), RemoteState],
  [stack('shop-production-vault', { http: { address: 'https://states.example' } }), RemoteState],
  [stack('without-backend', {}), LocalState],
])('the backend decides who reads the state: $0.backend.type', (of, kind) => {
  expect(stackState(of, new FakeMachine())).toBeInstanceOf(kind);
});
