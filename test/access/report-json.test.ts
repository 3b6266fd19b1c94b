import { accessMatrix } from '../../access/matrix';
import { type MatrixDocument, matrixJson } from '../../access/report-json';
import { madeAccess } from './made-access';

test('everything is told, with a version', () => {
  const environment = madeAccess({
    policies: {
      default: { 'sys/tools/hash': ['update'] },
      web: {
        'kv/data/database': { capabilities: ['read'], conditions: { minWrappingTtl: 1 } },
        'kv/metadata/*': ['list'],
        'kv/destroy/database': ['update'],
      },
    },
    identities: { web: ['default', 'web'] },
    secrets: ['database'],
    unknown: ['a thing'],
  });
  const path = { default: false, access: expect.anything() };
  expect(JSON.parse(matrixJson(accessMatrix([environment])))).toEqual({
    version: 1,
    environments: [
      {
        name: 'shop-production',
        server: 'HashiCorp Vault',
        identities: [
          {
            id: 'shop-web',
            name: 'web',
            fullName: 'shop-web',
            kind: 'role',
            policies: ['default', 'web'],
            address: 'vault_approle_auth_backend_role.web',
          },
        ],
        secrets: [
          {
            name: 'kv/database',
            apiPath: 'kv/data/database',
            default: false,
            access: [{ capabilities: ['read'], conditions: 'wrapped 1s..', identities: ['shop-web'] }],
          },
        ],
        paths: [
          { ...path, name: 'kv/destroy/database', apiPath: 'kv/destroy/database', secret: 'kv/database' },
          { ...path, name: 'kv/metadata/*', apiPath: 'kv/metadata/any' },
          { ...path, name: 'sys/tools/hash', apiPath: 'sys/tools/hash', default: true },
        ],
        unknown: ['a thing'],
      },
    ],
  });
});

test('identities of the same full name are told apart by their kind', () => {
  const environment = madeAccess({
    policies: { one: { 'sys/health': ['read'] } },
    identities: { a: ['one'], b: ['one'] },
  });
  const [a, b] = environment.identities.map((identity, i) => ({
    ...identity,
    fullName: 'same',
    kind: i === 0 ? ('role' as const) : ('entity' as const),
  }));
  const document: MatrixDocument = JSON.parse(
    matrixJson(accessMatrix([{ ...environment, identities: a && b ? [a, b] : [] }])),
  );
  expect(document.environments[0]?.identities.map(({ id }) => id)).toEqual(['role:same', 'entity:same']);
  expect(document.environments[0]?.paths[0]?.access).toEqual([
    { capabilities: ['read'], conditions: '', identities: ['role:same', 'entity:same'] },
  ]);
});

test('names are told as they are', () => {
  const evil = '</script>"\u202e\u2028';
  const text = matrixJson(accessMatrix([madeAccess({ name: evil, policies: {} })]));
  expect(JSON.parse(text).environments[0].name).toBe(evil);
});
