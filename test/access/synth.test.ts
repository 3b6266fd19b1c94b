import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EnvironmentAccess } from '../../access/environment-access';
import { accessOfPolicies, accessOfStacks, readSynth, SynthError } from '../../access/synth';
import { Environment } from '../../constructs/environment';
import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { loadPolicyParser } from '../../policies/policy-text';
import type { TerraformJson } from '../../policies/terraform-json';
import { PRODUCTION, STAGING, testApp } from '../helper';
import { identityOf, paths, policies, reading, summary } from './declared';
import { otherProject } from './other-project';
import { folderWith, synthWith } from './synth-folder';

beforeAll(loadPolicyParser);

describe('the platforms of this project', () => {
  const app = testApp();
  for (const environment of [Environment.development(), STAGING, PRODUCTION]) {
    bizosaas(app, environment);
    zakupai(app, environment);
    configService(app, environment);
  }
  app.synth();
  const read = () => readSynth(app.outdir);

  test('are nine environments, and nothing of them is unknown', () => {
    const environments = read();
    expect(environments.map(({ name }) => name)).toEqual([
      'bizosaas-development',
      'bizosaas-production',
      'bizosaas-staging',
      'config-service-development',
      'config-service-production',
      'config-service-staging',
      'zakupai-development',
      'zakupai-production',
      'zakupai-staging',
    ]);
    expect(environments.flatMap(({ unknown }) => unknown)).toEqual([]);
    expect(new Set(environments.map(({ dialect }) => dialect.name))).toEqual(new Set(['vault']));
  });

  test('have the same names of identities in all environments, whether by tokens or by roles', () => {
    const names = new Map<string, Set<string>>();
    for (const { name, identities } of read()) {
      const platform = name.replace(/-[a-z]+$/, '');
      const list = identities.map((one) => one.name).join(' ');
      names.set(platform, (names.get(platform) ?? new Set()).add(list));
    }
    expect([...names].map(([platform, lists]) => [platform, lists.size])).toEqual([
      ['bizosaas', 1],
      ['config-service', 1],
      ['zakupai', 1],
    ]);
    expect([...(names.get('config-service') ?? [])]).toEqual([
      'backup config-service kafka operator postgres redis',
    ]);
  });

  test('declare their secrets, as many as there are resources', () => {
    for (const { name, secrets, kvMounts } of read()) {
      const file = path.join(app.outdir, 'stacks', `${name}-access`, 'cdk.tf.json');
      const { resource } = JSON.parse(fs.readFileSync(file, 'utf8'));
      expect([name, secrets.length]).toEqual([name, Object.keys(resource.vault_kv_secret_v2).length]);
      expect(kvMounts.every(({ version }) => version === 2)).toBe(true);
      expect(secrets.map(({ apiPath }) => apiPath)).toEqual(secrets.map(({ apiPath }) => apiPath).sort());
    }
  });

  test('let django-crm read the database, and wagtail not write it', () => {
    const production = read().find(({ name }) => name === 'bizosaas-production');
    const database = production?.secrets.find((one) => one.path === 'platform/database');
    const can = (name: string, operation: 'read' | 'update') =>
      production?.identities
        .find((one) => one.name === name)
        ?.accessList.decide({ operation, path: database?.apiPath as string }).allowed;
    expect([can('django-crm', 'read'), can('django-crm', 'update'), can('wagtail', 'update')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a project that uses the provider's own classes", () => {
  const app = testApp();
  otherProject(app);
  app.synth();
  let people: EnvironmentAccess;
  let teams: EnvironmentAccess;
  beforeAll(() => {
    [people, teams] = readSynth(app.outdir) as [EnvironmentAccess, EnvironmentAccess];
  });

  test('is an environment for stacks that refer to each other, and one for those that do not', () => {
    expect([people.name, teams.name]).toEqual(['acme-production', 'teams']);
    expect(people.unknown).toEqual([]);
    expect(teams.unknown).toEqual([]);
    expect(people.kvMounts).toEqual([{ path: 'apps', version: 2 }]);
    expect(people.secrets.map((one) => one.apiPath)).toEqual(['apps/data/database', 'apps/data/mail/smtp']);
  });

  test('gives a role the policy document of the other stack, and the policies of its groups', () => {
    const web = identityOf(people, 'acme-web');
    expect(web).toMatchObject({
      name: 'web',
      kind: 'role',
      policies: ['acme-reader', 'acme-writer', 'default'],
    });
    expect(paths(web)).toEqual([
      'apps/data/database read',
      'apps/metadata/* list',
      'apps/data/* create+update',
    ]);
    const request = { operation: 'read', path: 'apps/data/database' } as const;
    expect(web.accessList.decide({ ...request, wrapTtl: 30 }).allowed).toBe(true);
    expect(web.accessList.decide(request).refusal).toContain('wrapped');
  });

  test('gives a user the policies of the entity, with its name in them, and of nested groups', () => {
    const ada = identityOf(people, 'ada');
    expect(ada).toMatchObject({ kind: 'user', policies: ['acme-own', 'acme-writer'] });
    expect(paths(ada)).toEqual(['apps/data/people/ada/* read', 'apps/data/* create+update']);
  });

  test('has one policy for each of its iterator', () => {
    expect(summary(teams)).toEqual(['policy team-blue: team-blue', 'policy team-red: team-red']);
    expect(paths(identityOf(teams, 'team-red'))).toEqual(['teams/data/red/* read']);
  });
});

describe('names of environments', () => {
  const stack = { resource: policies('a') };

  test.each<[readonly string[], Readonly<Record<string, readonly string[]>>, readonly string[]]>([
    [['shop-prod-vault', 'shop-prod-access'], { 'shop-prod-access': ['shop-prod-vault'] }, ['shop-prod']],
    [['one', 'two'], {}, ['one', 'two']],
    [['one', 'two'], { two: ['one'] }, ['one']],
    [['a-x', 'a-y', 'a-z', 'a-w'], { 'a-y': ['a-x'], 'a-w': ['a-z'] }, ['a-x+a-y', 'a-z+a-w']],
  ])('of %j with dependencies %j', (names, dependencies, expected) => {
    const folder = synthWith(Object.fromEntries(names.map((name) => [name, stack])), dependencies);
    expect(readSynth(folder).map(({ name }) => name)).toEqual(expected);
  });

  test('are not those of stacks that have nothing of Vault', () => {
    const folder = synthWith(
      { 'a-x': stack, 'a-y': stack, 'a-z': {}, 'a-w': {} },
      { 'a-y': ['a-x'], 'a-w': ['a-z'] },
    );
    expect(readSynth(folder).map(({ name }) => name)).toEqual(['a']);
  });

  test('name a namespace', () => {
    const folder = synthWith({
      shop: { resource: { vault_policy: { a: { name: 'a', policy: reading('a'), namespace: 'x/y' } } } },
    });
    expect(readSynth(folder).map(({ name }) => name)).toEqual(['shop@x.y']);
  });
});

describe('a folder of policies', () => {
  test('has an identity for each, that are called like the files', () => {
    const folder = folderWith({
      'Reader.hcl': reading('secret/a'),
      'writer.hcl': 'path "secret/*" { capabilities = ["update"] }',
      'own.hcl': reading('people/{{identity.entity.name}}/x'),
      'notes.txt': 'no policy',
      'below/other.hcl': 'no policy',
    });
    const [access, ...others] = readSynth(folder, { dialect: 'openbao' });
    expect(others).toEqual([]);
    expect(access).toMatchObject({ name: 'policies', secrets: [], kvMounts: [] });
    expect(access?.dialect.name).toBe('openbao');
    expect(summary(access as never)).toEqual([
      'policy own: own',
      'policy reader: reader',
      'policy writer: writer',
    ]);
    expect(paths(identityOf(access as never, 'reader'))).toEqual(['secret/a read']);
    expect(identityOf(access as never, 'reader').address).toBe(path.join(folder, 'Reader.hcl'));
    expect(access?.unknown).toEqual([
      `'people/{{identity.entity.name}}/x' of ${folder}/own.hcl is another path for each entity: it stays as it is written`,
    ]);
  });

  test('fails with every file that cannot be read', () => {
    const folder = folderWith({
      'a.hcl': 'path "a" {\n  capabilities = ["write"]\n}\n',
      'b.hcl': reading('b'),
      'c.hcl': 'path "c" {',
      'B.hcl': reading('b'),
    });
    const error = errorOf(() => readSynth(folder));
    expect(error.problems).toEqual([
      `${folder}/b.hcl: must be called unlike the others, got policy 'b' of ${folder}/B.hcl again; rename one`,
      expect.stringMatching(/\/a\.hcl:2:18: .*'write'/),
      expect.stringMatching(/\/c\.hcl:1:\d+: /),
    ]);
  });

  test("fails on a file called 'root', whose name alone would be everything", () => {
    const folder = folderWith({ 'root.hcl': reading('a'), 'b.hcl': reading('b') });
    const files = ['root.hcl', 'b.hcl'].map((name) => path.join(folder, name));
    const refused = new Error(
      `${folder}/root.hcl: must not be called 'root', a policy that Vault lets nobody write; rename it`,
    );
    expect(() => readSynth(folder)).toThrow(refused);
    expect(() => accessOfPolicies(files.slice(0, 1))).toThrow(refused);
    expect(() => accessOfPolicies(files)).toThrow(refused);
  });

  test('may be some files as those of one token', () => {
    const folder = folderWith({
      'a.hcl': reading('a'),
      'b.json': '{"path":{"b":{"capabilities":["read"]}}}',
    });
    const access = accessOfPolicies([path.join(folder, 'a.hcl'), path.join(folder, 'b.json')]);
    expect(summary(access)).toEqual(['policy a+b: a b']);
    expect(paths(identityOf(access, 'a+b'))).toEqual(['a read', 'b read']);
  });

  test('fails on a file that is missing', () => {
    const folder = folderWith({});
    expect(() => accessOfPolicies([path.join(folder, 'gone.hcl')])).toThrow(
      new Error(`${folder}/gone.hcl: must be a policy's file, got none; write its path as it is from here`),
    );
  });
});

test.each([
  ['gone.hcl', 'none; write its path as it is from here'],
  ['folder', 'a folder; name a file in it, or read all its .hcl files with --synth'],
  ['x'.repeat(1000), 'ENAMETOOLONG; give another one'],
])('case %#: fails on what is no policy, and says what to do', (name, expected) => {
  const folder = folderWith({ 'folder/a.hcl': reading('a') });
  expect(() => accessOfPolicies([path.join(folder, name)])).toThrow(
    `: must be a policy's file, got ${expected}`,
  );
});

describe('bad input', () => {
  test('fails on a folder that is no synth', () => {
    const folder = folderWith({ 'README.md': '' });
    expect(() => readSynth(folder)).toThrow(
      new Error(
        `'folder' must hold a synth's stacks or policies as .hcl files, got '${folder}' without; synthesize first, or name the folder of the synth`,
      ),
    );
  });

  test('fails on a synth that has nothing of Vault', () => {
    const folder = synthWith({ a: { resource: { docker_container: { c: {} } } } });
    expect(() => readSynth(folder)).toThrow(
      new Error(
        `'folder' must hold stacks that declare something of Vault's, got 1 without in '${folder}'; name another synth`,
      ),
    );
  });

  test('fails with each policy that cannot be read, and gives nothing of the others', () => {
    const bad = (policy: string) => ({ resource: { vault_policy: { p: { name: 'p', policy } } } });
    const folder = synthWith({
      good: { resource: policies('a') },
      one: bad('path "a" {\n  capabilities = ["write"]\n}\n'),
      two: bad('path "+*" {\n  capabilities = ["read"]\n}\n'),
    });
    expect(errorOf(() => readSynth(folder)).problems).toEqual([
      expect.stringMatching(/\/one\/cdk\.tf\.json: vault_policy\.p: policy 'p':2:18: .*'write'/),
      expect.stringMatching(/\/two\/cdk\.tf\.json: vault_policy\.p: policy 'p':1:\d+: .*'\+\*'/),
    ]);
  });

  test("fails with the file's own place where a policy is a file", () => {
    const folder = synthWith({
      a: { resource: { vault_policy: { p: { name: 'p', policy: '${file("p.hcl")}' } } } },
    });
    fs.writeFileSync(path.join(folder, 'stacks', 'a', 'p.hcl'), `${reading('a')}\npath "b" {\n`);
    expect(errorOf(() => readSynth(folder)).problems).toEqual([
      expect.stringMatching(new RegExp(`^${folder}/stacks/a/p\\.hcl:[56]:\\d+: `)),
    ]);
    fs.writeFileSync(path.join(folder, 'stacks', 'a', 'p.hcl'), reading('a'));
    const [access] = readSynth(folder);
    expect(access?.policies.get('p')?.rules[0]?.origin).toMatchObject({
      file: `${folder}/stacks/a/p.hcl`,
      line: 1,
    });
  });

  test("fails in one line on a policy document that is none of Vault's", () => {
    const folder = synthWith({
      a: {
        data: { vault_policy_document: { d: { rule: [{ path: 'a', capabilities: ['write'] }] } } },
        resource: { vault_policy: { p: { name: 'p', policy: '${data.vault_policy_document.d.hcl}' } } },
      },
    });
    const { message } = errorOf(() => readSynth(folder));
    expect(message).toMatch(/cdk\.tf\.json: vault_policy\.p: policy 'p':2:\d+: .*'write'/);
    expect(message).not.toContain('\n');
  });

  test('fails on stacks of a test that are of no server, and of several', () => {
    const stacks = (resource: TerraformJson['resource']) => new Map([['shop', { resource }]]);
    expect(() => accessOfStacks(stacks({}))).toThrow(
      "'stacks' must be of one server, got none that declare something of Vault; give those of one",
    );
    const policy = (namespace: string) => ({ name: 'p', policy: reading('a'), namespace });
    expect(() => accessOfStacks(stacks({ vault_policy: { a: policy('a'), b: policy('b') } }))).toThrow(
      "got 'shop@a', 'shop@b'; give those of one",
    );
  });

  test('fails on no text of JSON but in a clear way', () => {
    const texts = [
      '',
      '{',
      '[]',
      '{"resource": null}',
      '{"resource": 7}',
      '{"resource": {"vault_policy": 7}}',
    ];
    const strange = [
      '{"resource": {"vault_policy": {"p": null}}}',
      '{"resource": {"vault_policy": [{"p": [{"name": 7, "policy": 7}]}]}, "data": 7, "provider": 7}',
      '{"resource": {"vault_token": {"p": {"policies": {"a": 1}}}}, "output": [], "terraform": []}',
      '{"resource": {"vault_policy": {"p": {"count": "x", "name": "a"}}}, "module": 7}',
      '{"resource": {"vault_identity_group": {"g": {"member_entity_ids": 7, "metadata": "x"}}}}',
      '{"resource": {"vault_okta_auth_backend": {"g": {"user": 7, "group": [null]}}}}',
      '{"resource": {"vault_generic_endpoint": {"g": {"path": "auth/a/users/b", "data_json": "[]"}}}}',
    ];
    for (const text of [...texts, ...strange]) {
      try {
        readSynth(synthWith({ a: text }));
      } catch (error) {
        expect([text, error]).toEqual([text, expect.any(SynthError)]);
      }
    }
  });
});

function errorOf(read: () => unknown): SynthError {
  try {
    read();
  } catch (error) {
    if (error instanceof SynthError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}
