import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { lockPatience } from '../../operations/lock-patience';
import { FakeMachine, stackFolder, synthesizedProject } from './fakes';

/** The shop, with its states in such a backend. */
function shop(type: string) {
  const project = synthesizedProject();
  for (const part of ['vault', 'access', 'services']) {
    const file = path.join(stackFolder(project, part), 'cdk.tf.json');
    const stack = JSON.parse(fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(file, JSON.stringify({ ...stack, terraform: { backend: { [type]: {} } } }));
  }
  return new Environments(path.join(project, 'cdktf.out')).get('shop-development');
}

test('each command waits for the lock that all states of a database share', () => {
  expect(lockPatience(new FakeMachine(), shop('pg'), ['plan', 'apply'])).toEqual({
    TF_CLI_ARGS_plan: '-lock-timeout=5m',
    TF_CLI_ARGS_apply: '-lock-timeout=5m',
  });
});

test('what somebody has set is left alone', () => {
  const machine = new FakeMachine({}, { TF_CLI_ARGS_plan: '' });
  expect(Object.keys(lockPatience(machine, shop('pg'), ['plan', 'apply']))).toEqual(['TF_CLI_ARGS_apply']);
});

test.each(['local', 's3', 'http'])('nothing waits for a lock in %s, which may be left behind', (type) => {
  expect(lockPatience(new FakeMachine(), shop(type), ['plan', 'apply'])).toEqual({});
});
