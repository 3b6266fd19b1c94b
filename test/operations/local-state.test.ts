import * as fs from 'node:fs';
import * as path from 'node:path';
import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import { LocalState } from '../../operations/local-state';
import { OperationError } from '../../operations/operation-error';
import { temporaryFolder } from './fakes';

/** The state of a stack, and the file that it is in. */
function stateIn(settings: Record<string, unknown>, file: string) {
  const project = temporaryFolder();
  const folder = path.join(project, 'stacks', 'shop');
  fs.mkdirSync(folder, { recursive: true });
  return {
    state: LocalState.of({ folder, backend: { type: 'local', settings } }),
    write: (text: string) => fs.writeFileSync(path.join(folder, file), text),
  };
}

const PLACES: readonly [settings: Record<string, unknown>, file: string][] = [
  [{ path: '../../shop.tfstate' }, '../../shop.tfstate'],
  [{}, 'terraform.tfstate'],
];

test.each(PLACES)('reads the state at %j', async (settings, file) => {
  const { state, write } = stateIn(settings, file);
  expect(await state.read()).toEqual(NEVER_DEPLOYED);
  write('{"outputs":{"mount_accessors":{"value":{"apps":"kv_1"}}}}');
  expect((await state.read()).mountAccessors).toEqual({ apps: 'kv_1' });
});

test('fails on a state that is no JSON, without repeating it', async () => {
  const { state, write } = stateIn({ path: 'shop.tfstate' }, 'shop.tfstate');
  write('hvs.not-a-token');
  const problem =
    "'state' must be readable JSON, got 'shop.tfstate', which is not; restore it from its .backup";
  await expect(state.read()).rejects.toThrow(new OperationError([problem]));
});
