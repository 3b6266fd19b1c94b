import { auditFirst, auditProblem } from '../../operations/audit-devices';
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

test('makes a device anew that is there otherwise, while another one goes on writing', async () => {
  const { run, vault } = server(BY_API);
  vault.audit['file/'] = { type: 'file', options: { file_path: '/elsewhere' } };
  await run();
  expect(vault.authenticated).toEqual([
    'PUT sys/audit/file',
    'PUT sys/audit/stdout',
    'GET sys/audit',
    'DELETE sys/audit/file',
    'PUT sys/audit/file',
    'GET sys/audit',
  ]);
  expect(vault.audit['file/']).toEqual({ type: 'file', options: { file_path: '/logs/audit.log' } });
});

test('fails where all of them are otherwise, since none would write meanwhile', async () => {
  const { run, vault } = server(BY_API);
  for (const { path, type } of DESCRIPTION.audit) vault.audit[`${path}/`] = { type, options: {} };
  expect((await problemsOf(run())).problems).toEqual([
    expect.stringContaining('got a server without file (file), stdout (file); look at its log'),
  ]);
  expect(vault.authenticated).not.toContain('DELETE sys/audit/file');
});

describe('before a deploy', () => {
  const problem = ({ nodes, vault }: ReturnType<typeof server>) =>
    auditProblem(nodes, vault.makeToken(['root']));

  test('devices as they are declared are no problem', async () => {
    const set = server(BY_API);
    for (const { path, type, options } of DESCRIPTION.audit) set.vault.audit[`${path}/`] = { type, options };
    expect(await problem(set)).toBeUndefined();
  });

  test('fails on one that is not there, which Terraform could not take over', async () => {
    const set = server(BY_API);
    const [file] = DESCRIPTION.audit;
    if (file) set.vault.audit['file/'] = { type: file.type, options: file.options };
    expect(await problem(set)).toBe(
      "'audit' of shop-production must be as it is declared, got a server without stdout (file); run npm run vault -- operator shop-production, which enables it",
    );
  });

  test('nobody is asked where the configuration enables them', async () => {
    const set = server();
    for (const path of Object.keys(set.vault.audit)) delete set.vault.audit[path];
    expect(await problem(set)).toBeUndefined();
    expect(set.vault.authenticated).toEqual([]);
  });

  test('a token that may not ask is another question', async () => {
    const set = server(BY_API);
    set.vault.intercept = ({ path }) => (path === 'sys/audit' ? { status: 403, errors: ['no'] } : undefined);
    expect(await problem(set)).toBeUndefined();
  });
});
