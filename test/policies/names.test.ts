import {
  type Violation,
  violationOfMountPath,
  violationOfPolicyName,
  violationOfSecretKey,
  violationOfSecretPath,
  violationOfTreePath,
} from '../../policies/names';

/** One line for a violation: "rule; remedy", as the end of an error says it. */
function text(violation: Violation | undefined): string | undefined {
  return violation && `${violation.rule}; ${violation.remedy}`;
}

const NO_SLASH_AT_THE_ENDS = "must not start or end with '/', which Vault strips";
const NO_EMPTY_SEGMENT = "must not contain '//', an empty segment";
const NO_RELATIVE_PATH = "must not contain '..', a relative path";
const SEGMENTS = (found: string) =>
  `must consist of segments of letters, digits, '_', '-' and '.' that start with a letter, digit or '_' (found '${found}')`;
const NOT_THE_API = (segment: string) =>
  `must not start with '${segment}/', which belongs to the KV v2 API and is added where it is needed`;

describe('the path of a mount', () => {
  test.each([
    'bizosaas',
    'teams/payments',
    'KV',
    '1st',
    '_x',
    'a.b-c_d',
    'system',
    'authors',
    'a'.repeat(300),
  ])('accepts %j', (path) => {
    expect(violationOfMountPath(path)).toBeUndefined();
  });

  test.each([
    ['', "must not be empty; write it as 'apps'"],
    ['/apps', `${NO_SLASH_AT_THE_ENDS}; write it as 'apps'`],
    ['apps/', `${NO_SLASH_AT_THE_ENDS}; write it as 'apps'`],
    ['//teams//payments/', `${NO_SLASH_AT_THE_ENDS}; write it as 'teams/payments'`],
    ['/', `${NO_SLASH_AT_THE_ENDS}; write it as 'apps'`],
    ['teams//payments', `${NO_EMPTY_SEGMENT}; write it as 'teams/payments'`],
    ['a..b', `${NO_RELATIVE_PATH}; write it as 'apps'`],
    ['../sys', `${NO_RELATIVE_PATH}; write it as 'apps'`],
    ['teams/+', `${SEGMENTS('+')}; write it as 'apps'`],
    ['apps*', `${SEGMENTS('apps*')}; write it as 'apps'`],
    ['my apps', `${SEGMENTS('my apps')}; write it as 'apps'`],
    ['.apps', `${SEGMENTS('.apps')}; write it as 'apps'`],
    ['-apps', `${SEGMENTS('-apps')}; write it as 'apps'`],
    ['größe', `${SEGMENTS('größe')}; write it as 'apps'`],
    ['apps\n', `${SEGMENTS('apps\n')}; write it as 'apps'`],
    ['a\u0000b', `${SEGMENTS('a\u0000b')}; write it as 'apps'`],
    ['sys', "must not be 'sys', which Vault keeps for itself; choose another name"],
    ['auth/userpass', "must not be 'auth', which Vault keeps for itself; choose another name"],
    ['audit', "must not be 'audit', which Vault keeps for itself; choose another name"],
    ['identity', "must not be 'identity', which Vault keeps for itself; choose another name"],
    ['cubbyhole', "must not be 'cubbyhole', which Vault keeps for itself; choose another name"],
  ])('fails on %j', (path, expected) => {
    expect(text(violationOfMountPath(path))).toBe(expected);
  });
});

describe('the path of a secret', () => {
  test.each(['database', 'platform/database', 'production/my-service/my_key', 'my/data/base', 'database1'])(
    'accepts %j',
    (path) => {
      expect(violationOfSecretPath(path)).toBeUndefined();
    },
  );

  test.each([
    ['', "must not be empty; write it as 'platform/database'"],
    ['/platform/database', `${NO_SLASH_AT_THE_ENDS}; write it as 'platform/database'`],
    ['platform/database/', `${NO_SLASH_AT_THE_ENDS}; write it as 'platform/database'`],
    ['/data/', `${NO_SLASH_AT_THE_ENDS}; write it as 'platform/database'`],
    ['platform//database', `${NO_EMPTY_SEGMENT}; write it as 'platform/database'`],
    ['platform/../other', `${NO_RELATIVE_PATH}; write it as 'platform/database'`],
    ['data/billing', `${NOT_THE_API('data')}; write it as 'billing'`],
    ['data/data/billing', `${NOT_THE_API('data')}; write it as 'platform/database'`],
    ['data', `${NOT_THE_API('data')}; write it as 'platform/database'`],
    ['metadata/billing', `${NOT_THE_API('metadata')}; write it as 'billing'`],
    ['delete/billing', `${NOT_THE_API('delete')}; write it as 'billing'`],
    ['undelete/billing', `${NOT_THE_API('undelete')}; write it as 'billing'`],
    ['destroy/billing', `${NOT_THE_API('destroy')}; write it as 'billing'`],
    ['tenants/+/keys', `${SEGMENTS('+')}; write it as 'platform/database'`],
    ['tenants/*', `${SEGMENTS('*')}; write it as 'platform/database'`],
    ['a b', `${SEGMENTS('a b')}; write it as 'platform/database'`],
    ['database\n', `${SEGMENTS('database\n')}; write it as 'platform/database'`],
    ['ключ', `${SEGMENTS('ключ')}; write it as 'platform/database'`],
  ])('fails on %j', (path, expected) => {
    expect(text(violationOfSecretPath(path))).toBe(expected);
  });
});

describe('the prefix of a tree', () => {
  test.each(['platform', 'tenants/+/api-keys', '+/+', '+'])('accepts %j', (path) => {
    expect(violationOfTreePath(path)).toBeUndefined();
  });

  test.each([
    [
      'tenants/*',
      "must not contain '*', which is added at the end by itself; write it as 'tenants'; use '+' for one segment",
    ],
    [
      '*',
      "must not contain '*', which is added at the end by itself; write it as 'tenants/+/api-keys'; use '+' for one segment",
    ],
    ['data/tenants', `${NOT_THE_API('data')}; write it as 'tenants'`],
    ['tenants/', `${NO_SLASH_AT_THE_ENDS}; write it as 'tenants'`],
    ['tenants/a+', `${SEGMENTS('a+')}; write it as 'tenants/+/api-keys'`],
    ['tenants/++', `${SEGMENTS('++')}; write it as 'tenants/+/api-keys'`],
  ])('fails on %j', (path, expected) => {
    expect(text(violationOfTreePath(path))).toBe(expected);
  });
});

describe('the key of a secret', () => {
  test.each(['api_key', 'API-KEY', 'a.b', '_x', 'a'])('accepts %j', (key) => {
    expect(violationOfSecretKey(key)).toBeUndefined();
  });

  test.each(['', '1st', 'api key', 'ключ', 'key\n', 'a/b', '-x', 'a"b'])('fails on %j', (key) => {
    expect(text(violationOfSecretKey(key))).toBe(
      "must consist of letters, digits, '_', '-' and '.' and start with a letter or '_'; write it as 'api_key'",
    );
  });
});

describe('the name of a policy', () => {
  test.each(['payments', 'bizosaas-django-crm', 'rooted', 'default-2', '0x', 'a.b_c', 'a'.repeat(300)])(
    'accepts %j',
    (name) => {
      expect(violationOfPolicyName(name)).toBeUndefined();
    },
  );

  test.each([
    'root',
    'default',
    'default-ceiling',
    'response-wrapping',
    'ROOT',
    'Default',
    'Default-Ceiling',
  ])('fails on the built-in %j', (name) => {
    expect(text(violationOfPolicyName(name))).toBe(
      'must not be one of the built-in policies root, default, default-ceiling, response-wrapping, control-group; choose another name',
    );
  });

  const CHARACTERS = "must consist of a-z, 0-9, '_', '-' and '.' and start with a letter or digit";
  test.each([
    ['', "must not be empty; write it as 'payments'"],
    ['Payments', "must be lower case, since Vault lower-cases it; write it as 'payments'"],
    ['Pay Ments', "must be lower case, since Vault lower-cases it; write it as 'payments'"],
    ['ÄRA', "must be lower case, since Vault lower-cases it; write it as 'payments'"],
    ['a..b', `${NO_RELATIVE_PATH}; write it as 'payments'`],
    ['pay ments', `${CHARACTERS}; write it as 'pay-ments'`],
    ['pay/ments', `${CHARACTERS}; write it as 'pay-ments'`],
    ['-root', `${CHARACTERS}; write it as 'payments'`],
    ['zahlung-für', `${CHARACTERS}; write it as 'zahlung-f-r'`],
    ['payments\n', `${CHARACTERS}; write it as 'payments-'`],
  ])('fails on %j', (name, expected) => {
    expect(text(violationOfPolicyName(name))).toBe(expected);
  });
});
