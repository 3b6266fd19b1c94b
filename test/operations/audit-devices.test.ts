import { auditFirst } from '../../operations/audit-devices';
import { RootToken } from '../../operations/root-token';
import { DESCRIPTION, problemsOf, type SceneProps, scene } from './vault-fakes';

function server(props: SceneProps = {}) {
  const set = scene(props);
  set.vault.begin(5, 3);
  const root = new RootToken(set.nodes, set.nodes.first, set.vault.makeToken(['root']), set.outside);
  return { ...set, run: () => auditFirst(set.nodes, root) };
}
const BY_API = { description: { audit_enabled_by: 'api' } } as const;

test('enables every device with the very first requests, where the API does it', async () => {
  const { run, vault } = server(BY_API);
  await run();
  expect(vault.authenticated).toEqual(['PUT sys/audit/file', 'PUT sys/audit/stdout', 'GET sys/audit']);
  expect(vault.audit).toEqual({
    'file/': { type: 'file', options: { file_path: '/logs/audit.log' } },
    'stdout/': { type: 'file', options: { file_path: 'stdout' } },
  });
});

test('takes what is enabled already', async () => {
  const { run, vault } = server(BY_API);
  for (const { path, type, options } of DESCRIPTION.audit) vault.audit[`${path}/`] = { type, options };
  await expect(run()).resolves.toBeUndefined();
});

test('only looks where the configuration enables them', async () => {
  const { run, vault } = server();
  await run();
  expect(vault.authenticated).toEqual(['GET sys/audit']);
});

test('asks nothing where no device is declared', async () => {
  const { run, vault } = server({ description: { audit: [] } });
  await run();
  expect(vault.authenticated).toEqual([]);
});

test('fails where the server lacks a device, or has another of its name', async () => {
  const { run, vault } = server();
  delete vault.audit['file/'];
  vault.audit['stdout/'] = { type: 'socket' };
  expect((await problemsOf(run())).problems).toEqual([
    "'audit' of shop-production must be on before anything is set up, got a server without file (file), stdout (file); its configuration enables them: deploy shop-production-vault, then run npm run vault -- operator shop-production",
  ]);
});

test('fails with the words of the server where it cannot write there', async () => {
  const { run, vault } = server(BY_API);
  vault.intercept = ({ path }) =>
    path === 'sys/audit/stdout' ? { status: 400, errors: ['sanity check failed'] } : undefined;
  expect((await problemsOf(run())).problems).toEqual([
    "'audit/stdout' must be enabled before anything else, got 400 'sanity check failed'; mend it, then run npm run vault -- operator shop-production",
  ]);
});
