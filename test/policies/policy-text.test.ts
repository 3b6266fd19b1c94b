import { capabilityNames } from '../../policies/capability';
import { type Conditions, UNCONDITIONAL } from '../../policies/conditions';
import { DIALECT_NAMES, DIALECTS, type Dialect } from '../../policies/dialect';
import type { PolicyRule } from '../../policies/policy';
import { loadPolicyParser, PolicyTextError, parsePolicy } from '../../policies/policy-text';

beforeAll(loadPolicyParser);

const { vault, openbao } = DIALECTS;

function read(text: string, dialect: Dialect = openbao): readonly PolicyRule[] {
  return parsePolicy('mail', text, { dialect, file: 'mail.hcl' }).rules;
}

/** Of the only rule of a block with these attributes. */
function conditionsOf(attributes: string, dialect: Dialect = openbao): Conditions {
  const [rule] = read(`path "a" {\n  capabilities = ["read", "list"]\n  ${attributes}\n}`, dialect);
  return rule?.conditions as Conditions;
}

const said = (rules: readonly PolicyRule[]) =>
  rules.map(({ pattern, capabilities, denies }) => [
    pattern.text,
    denies ? 'deny' : capabilityNames(capabilities).join(),
  ]);

function refusal(text: string, dialect: Dialect = openbao): string {
  try {
    read(text, dialect);
  } catch (error) {
    if (error instanceof PolicyTextError) return error.message;
    throw error;
  }
  return 'none';
}

const refusalIn = (attributes: string, dialect?: Dialect) =>
  refusal(`path "a" {\n  ${attributes}\n}\n`, dialect);

describe('a policy', () => {
  test.each<[string, string, string[][]]>([
    ['comments alone', '# a\n// b\n/* c\n d */', []],
    ['a block', 'path "a/b" { capabilities = ["read"] }', [['a/b', 'read']]],
    [
      'blocks of one path',
      'path "a" {}\npath "/a" { policy = "sudo" }',
      [
        ['a', ''],
        ['a', 'create,read,update,delete,list,sudo'],
      ],
    ],
    ['a path without quotes', 'path a {}', [['a', '']]],
    ['line ends of Windows', 'path "a" {\r\n  policy = "read"\r\n}\r\n', [['a', 'read,list']]],
    [
      'everything on one line',
      'path "a" { policy = "write" capabilities = ["patch"] }',
      [['a', 'create,read,update,patch,delete,list']],
    ],
    [
      'comments everywhere',
      'path /* a */ "a" { # b\n capabilities = [ // c\n "read", /* d */ ] }',
      [['a', 'read']],
    ],
    ['a deny among others', 'path "a" { capabilities = ["read", "deny"] }', [['a', 'deny']]],
    ['a deny of old', 'path "a" { policy = "deny" capabilities = ["read"] }', [['a', 'deny']]],
    ['a name', 'name = "mail"\npath "a" {}', [['a', '']]],
    ['escapes', 'path "\\u0061\\t\\"\\\\\\U0001F511" {}', [['a\t"\\\u{1f511}', '']]],
    ['signs of comments in a path', 'path "a#b//c/*d*/" {}', [['a#b//c/*d*/', '']]],
    ['a template', 'path "a/{{identity.entity.id}}/*" {}', [['a/{{identity.entity.id}}/*', '']]],
    [
      'JSON',
      '{"path": {"a": {"capabilities": ["read"]}, "b/*": {}}}',
      [
        ['a', 'read'],
        ['b/*', ''],
      ],
    ],
    [
      'JSON with a list of paths',
      ' {"path": [{"a": {"policy": "read"}}, {"a": {}}], "name": "x"}\n',
      [
        ['a', 'read,list'],
        ['a', ''],
      ],
    ],
  ])('can hold %s', (_, text, expected) => {
    expect(said(read(text))).toEqual(expected);
  });

  test.each(DIALECT_NAMES)('can allow what %s knows and nothing else', (name) => {
    const { capabilities, title } = DIALECTS[name];
    for (const one of ['scan', 'subscribe', 'recover', 'read'] as const) {
      const text = `path "a" { capabilities = ["${one}"] }`;
      if (capabilities.includes(one)) expect(said(read(text, DIALECTS[name]))).toEqual([['a', one]]);
      else expect(refusal(text, DIALECTS[name])).toContain(`some that ${title} knows, got '${one}'`);
    }
  });

  test('says where each block is, and what stands above it', () => {
    const text = [
      '# about the file',
      '',
      '# reads',
      '// the mail',
      'path "a" {} # no comment of the next',
      'path "b" {',
      '  # inside',
      '  comment = "as an \\n attribute"',
      '}',
      '/*',
      ' * over',
      ' * lines',
      ' */',
      'path "c" { comment = "less" }',
    ].join('\n');
    expect(read(text).map(({ origin }) => origin)).toEqual([
      { policy: 'mail', file: 'mail.hcl', line: 5, comment: 'reads\nthe mail' },
      { policy: 'mail', file: 'mail.hcl', line: 6, comment: 'as an\nattribute' },
      { policy: 'mail', file: 'mail.hcl', line: 14, comment: 'over\nlines' },
    ]);
  });

  test('has rules without a file where it was read from none', () => {
    const [rule] = parsePolicy('mail', 'path "a" {}', { dialect: vault }).rules;
    expect(rule?.origin).toEqual({ policy: 'mail', file: undefined, line: 1, comment: undefined });
  });
});

describe('an attribute', () => {
  test.each<[string, Partial<Conditions>]>([
    ['min_wrapping_ttl = "90s"', { minWrappingTtl: 90 }],
    ['max_wrapping_ttl = 60', { maxWrappingTtl: 60 }],
    ['min_wrapping_ttl = "1h"\n max_wrapping_ttl = "60m"', { minWrappingTtl: 3600, maxWrappingTtl: 3600 }],
    [
      'allowed_parameters = { "A" = ["x*", 1, -2, true, 1.5], b = [], "*" = [] }',
      {
        allowedParameters: new Map([
          ['a', ['x*', 1, -2, true, 1.5]],
          ['b', []],
          ['*', []],
        ]),
      },
    ],
    ['allowed_parameters {\n a = ["x"]\n }', { allowedParameters: new Map([['a', ['x']]]) }],
    ['denied_parameters = { "a" = ["x"] }', { deniedParameters: new Map([['a', ['x']]]) }],
    [
      'denied_parameters = { "a" = [<<EOT\nx\n"y"\nEOT\n] }',
      { deniedParameters: new Map([['a', ['x\n"y"\n']]]) },
    ],
    ['required_parameters = ["A", "b"]', { requiredParameters: ['A', 'b'] }],
    ['mfa_methods = ["x"]', { mfaMethods: ['x'] }],
    ['pagination_limit = 100', { paginationLimit: 100 }],
    [
      'list_scan_response_keys_filter_path = "{{ .path }}{{ .key }}"',
      { listFilter: '{{ .path }}{{ .key }}' },
    ],
    ['list_scan_response_keys_filter_path = ""', {}],
  ])('%s is read', (attributes, expected) => {
    expect(conditionsOf(attributes)).toEqual({ ...UNCONDITIONAL, ...expected });
  });

  test('subscribe_event_types is read', () => {
    expect(conditionsOf('subscribe_event_types = ["kv*"]', vault).eventTypes).toEqual(['kv*']);
  });

  test('expiration is read, and nothing of it where it is empty', () => {
    const expirationOf = (value: string) => read(`path "a" { expiration = ${value} }`)[0]?.expiration;
    expect(expirationOf('"2030-01-01T00:00:00Z"')).toBe(Date.UTC(2030, 0, 1));
    expect(expirationOf('1893456000')).toBe(Date.UTC(2030, 0, 1));
    expect(expirationOf('""')).toBeUndefined();
  });

  test('counts for nothing beside a deny', () => {
    const [rule] = read('path "a" { capabilities = ["deny"] min_wrapping_ttl = 60 }');
    expect(rule).toMatchObject({ denies: true, capabilities: 0, conditions: UNCONDITIONAL });
  });

  test.each([
    'control_group = {\n    factor "ops" {\n      identity {\n        group_names = ["b", "a"]\n        approvals = 1\n      }\n    }\n  }',
    'control_group {\n factor "ops" { identity { approvals = 1 group_names = ["a", "b"] } }\n }',
    'control_group = { ttl = 0\n factor = { "ops" = { identity = { group_names = ["a", "b"], approvals = 1 } } } }',
  ])('control_group is read in any spelling: %s', (attributes) => {
    expect(conditionsOf(attributes, vault).controlGroup).toBe(
      '{"ttl":0,"maxTtl":0,"factors":[{"name":"ops","groupIds":[],"groupNames":["a","b"],"approvals":1,"capabilities":[]}]}',
    );
  });
});

describe('it fails', () => {
  test.each([
    [
      '',
      '1:1: a policy must have \'path\' blocks, got none; write path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'cGF0aA==',
      '1:1: a policy must have \'path\' blocks, got none; write path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'path "a" {',
      '1:11: a policy must be HCL, got its end too early; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'path "a" {\n  capabilities: ["read"]\n}',
      '2:15: a policy must be HCL, got \': ["read"]\'; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'path "a" { capabilities = ["read" "list"] }',
      '1:35: a policy must be HCL, got \'"list"] }\'; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'path "é" {\n  policy = "\\q" }',
      '2:13: a policy must be HCL, got \'\\q" }\'; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      '# c\n\u00a0path "a" {}',
      '2:1: a policy must be HCL, got the character U+00A0; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    [
      'path "a" {}\f',
      '1:12: a policy must be HCL, got the character U+000C; write it as path "apps/data/mail" { capabilities = ["read"] }',
    ],
    ['path "a {\n  policy = "read"\n}', "1:6: a string must end on its line, got no second '\"'; add it"],
    [
      'path "a" {\n  policy = "re\nad"\n}',
      '2:12: a string must end on its line, got "re; write \\n for a line end',
    ],
    ['path "a" {} \0', '1:13: a policy must be plain text, got the character U+0000; take it away'],
    [
      'path "a" {}\npath "\ud800" {}',
      '2:7: a policy must be plain text, got the character U+D800; take it away',
    ],
    ['# a\rpath "a" {}', '1:4: a policy must be plain text, got the character U+000D; take it away'],
    [
      'path "a/+*" {}',
      "1:6: 'path' must not contain '+*', which Vault refuses, got 'a/+*'; write '+/*' for any rest below any segment",
    ],
    [
      'path "{{a" {}',
      "1:6: 'path' must close each '{{' with one '}}', got '{{a'; write it as '{{identity.entity.name}}'",
    ],
    [
      'path "{{a}}b}}" {}',
      "1:6: 'path' must close each '{{' with one '}}', got '{{a}}b}}'; write it as '{{identity.entity.name}}'",
    ],
    [
      'path "a}}" {}',
      "1:6: 'path' must close each '{{' with one '}}', got 'a}}'; write it as '{{identity.entity.name}}'",
    ],
    [
      'path "${var.a}" {}',
      "1:6: a string must not contain '${' or '%{', got \"${var.a}\"; give the policy as it is written to Vault, since it is not rendered here",
    ],
    [
      'path "\\ud800" {}',
      "1:6: an escape must be one that Vault knows, got '\\u'; write \\\\ for a backslash, or \\u and four hexadecimal digits for a character",
    ],
    ['pth "a" {}', "1:1: a policy must consist of 'path' blocks, got 'pth'; did you mean 'path'?"],
    [
      'capabilities = ["read"]',
      "1:1: a policy must consist of 'path' blocks, got 'capabilities'; take it away",
    ],
    [
      'path {}',
      '1:1: \'path\' must be a block with one path, got none; write it as path "apps/data/mail" { ... }',
    ],
    [
      'path "a" "b" {}',
      '1:1: \'path\' must be a block with one path, got more; write it as path "apps/data/mail" { ... }',
    ],
    [
      'path = "a"',
      '1:1: \'path\' must be a block with one path, got none; write it as path "apps/data/mail" { ... }',
    ],
    ['name = 1', "1:1: 'name' must be one string, got something else; take it away, Vault passes it by"],
    [
      ' # c\n{"path": {}}',
      '2:1: a policy must be HCL, or JSON from its first character on, got JSON; take away what is before it',
    ],
    [
      '{"path": {"a": {',
      "1:17: a policy that begins with '{' must be JSON, got its end too early; mend it there, or write HCL",
    ],
    [
      '{"path":\n  {"a": }}',
      "2:9: a policy that begins with '{' must be JSON, got what is none; mend it there, or write HCL",
    ],
    ['{"path": {"a": {}, "a": {}}}', "1:20: 'a' must stand once, got it again; put both together"],
    [
      '{"path": {"a": {"policy": "read", "policy": "read"}}}',
      "1:35: 'policy' must stand once, got it again; put both together",
    ],
    ['{"path": []}', '1:10: \'path\' must be an object, got something else; write it as "path": { ... }'],
    ['{"path": {}}', "1:10: 'path' must hold paths, got none; leave it out"],
    [
      '{"path": {"a": {"allowed_parameters": {"policy": []}}}}',
      "1:11: path 'a' must have 'capabilities', got none; write [] for none",
    ],
    [
      '{"path": {"a": {"policy": "read", "denied_parameters": {"x": [true]}}}}',
      '1:63: a list in a JSON policy must not hold a bool, which Vault leaves out; write the policy as HCL',
    ],
    [
      '{"path": {"a": {"policy": null}}}',
      "1:27: a value must be given, got 'null'; leave the line out instead",
    ],
    [
      '{"path": {"a": {"policy": "read", "control_group": {"factor": {}}}}}',
      "1:35: 'control_group' must stand in a policy in HCL, got JSON; write it as HCL",
    ],
  ])('on %j', (text, expected) => {
    expect(refusal(text)).toBe(`mail.hcl:${expected}`);
  });

  test.each([
    [
      'capabilites = []',
      "2:3: a path must have attributes that OpenBao from 2.6 knows, got 'capabilites'; did you mean 'capabilities'?",
    ],
    [
      'control_group = {}',
      "2:3: a path must have attributes that OpenBao from 2.6 knows, got 'control_group'; take it away",
    ],
    [
      'capabilities = ["write"]',
      "2:18: 'capabilities' must be some that OpenBao from 2.6 knows, got 'write'; write 'create' and 'update'",
    ],
    [
      'capabilities = ["READ"]',
      "2:18: 'capabilities' must be some that OpenBao from 2.6 knows, got 'READ'; did you mean 'read'?",
    ],
    [
      'capabilities = ["deny", "x"]',
      "2:18: 'capabilities' must be some that OpenBao from 2.6 knows, got 'x'; write some of deny, create, read, update, patch, delete, list, sudo, scan",
    ],
    [
      'capabilities = "read"',
      '2:18: \'capabilities\' must be a list of strings, got \'read\'; write it as capabilities = ["...", "..."]',
    ],
    [
      'capabilities = [1]',
      '2:19: \'capabilities\' must hold strings only, got 1; write it as capabilities = ["...", "..."]',
    ],
    [
      'capabilities = [read]',
      "2:19: a value must be written out, got 'read'; the policy is not rendered here: no variables, functions or references",
    ],
    [
      'capabilities = concat(["read"])',
      '2:18: a value must be written out, got \'concat(["read"])\'; the policy is not rendered here: no variables, functions or references',
    ],
    [
      'capabilities = [for c in ["read"] : c]',
      '2:18: a value must be written out, got \'[for c in ["read"] : c]\'; the policy is not rendered here: no variables, functions or references',
    ],
    [
      'capabilities = []\n  capabilities = []',
      "3:3: 'capabilities' must stand once in a path, got it again; put both together",
    ],
    [
      'policy = "all"',
      "2:12: 'policy' must be one of deny, read, write, sudo, got 'all'; better write 'capabilities'",
    ],
    ['policy = 1', '2:12: \'policy\' must be a string, got 1; write it as policy = "..."'],
    [
      'min_wrapping_ttl = "2m"\n  max_wrapping_ttl = 60',
      "3:22: 'max_wrapping_ttl' must not be less than 'min_wrapping_ttl', got 60 s and 120 s; make it longer",
    ],
    [
      'min_wrapping_ttl = -1',
      '2:22: \'min_wrapping_ttl\' must be a duration of 0 to 285 years, got -1; write it as "90s", "1h30m", "2d", or whole seconds',
    ],
    [
      'min_wrapping_ttl = 1.5',
      '2:22: \'min_wrapping_ttl\' must be a duration of 0 to 285 years, got 1.5; write it as "90s", "1h30m", "2d", or whole seconds',
    ],
    [
      'min_wrapping_ttl = true',
      '2:22: \'min_wrapping_ttl\' must be a duration of 0 to 285 years, got true; write it as "90s", "1h30m", "2d", or whole seconds',
    ],
    [
      'min_wrapping_ttl = 010',
      "2:22: a number must be written out in decimals, got '010'; Vault reads some other spellings in other ways",
    ],
    [
      'min_wrapping_ttl = 0x10',
      "2:22: a number must be written out in decimals, got '0x10'; Vault reads some other spellings in other ways",
    ],
    [
      'pagination_limit = 1.0',
      "2:22: 'pagination_limit' must be a whole number from 0, got 1; write it as pagination_limit = 100",
    ],
    [
      'pagination_limit = -1',
      "2:22: 'pagination_limit' must be a whole number from 0, got -1; write it as pagination_limit = 100",
    ],
    [
      'expiration = "tomorrow"',
      "2:16: 'expiration' must be a point in time, got 'tomorrow'; write it as \"2027-01-31T12:00:00Z\", or in seconds since 1970",
    ],
    [
      'allowed_parameters = []',
      '2:24: \'allowed_parameters\' must be an object of lists, got a list; write it as allowed_parameters = { "name" = ["value"] }',
    ],
    [
      'allowed_parameters = { "a": [] }',
      "2:29: a key must be followed by '=', got ':'; Vault reads no other sign here",
    ],
    [
      'allowed_parameters = { "a" = "x" }',
      "2:32: parameter 'a' of 'allowed_parameters' must be a list, got 'x'; write it as \"a\" = [\"value\"], and [] for any value",
    ],
    [
      'allowed_parameters = { "a" = [["x"]] }',
      '2:33: parameter \'a\' of \'allowed_parameters\' must hold strings, numbers and booleans only, got a list; write it as "a" = ["value"], and [] for any value',
    ],
    ['allowed_parameters = { a.b = [] }', "2:26: a key must be a string, got 'a.b'; write it in quotes"],
    [
      'allowed_parameters = { "a" = [], "A" = [] }',
      "2:36: parameter 'A' must stand once in 'allowed_parameters', whatever its case, got it again; put the values together",
    ],
    [
      'list_scan_response_keys_filter_path = "{{ .key }}"',
      "2:3: 'list_scan_response_keys_filter_path' must stand where 'list' is allowed, got no 'list'; add it, or leave the filter out",
    ],
    [
      'policy = "read"\n  list_scan_response_keys_filter_path = "{{ .path }}"',
      "3:41: 'list_scan_response_keys_filter_path' must be a path with '{{ .key }}', and '{{ .path }}' where needed, got '{{ .path }}'; other templates are not read here",
    ],
    [
      'denied_parameters = { "a" = [<<EOT\nEOT \n] }',
      "2:32: a text of several lines must be plain, begin with <<NAME and end with a line that is NAME alone, got '<<EOT EOT'; write it in quotes, with \\n for a line end",
    ],
    [
      'comment = <<EOT\n${a}\nEOT\n',
      "2:13: a text of several lines must be plain, begin with <<NAME and end with a line that is NAME alone, got '<<EOT ${a} EOT'; write it in quotes, with \\n for a line end",
    ],
    [
      'comment = <<EOT\n  a\n  EOT\n',
      "2:13: a text of several lines must be plain, begin with <<NAME and end with a line that is NAME alone, got '<<EOT a EOT'; write it in quotes, with \\n for a line end",
    ],
    ['denied_parameters {\n true = []\n }', "3:2: a key must be a string, got 'true'; write it in quotes"],
    ['comment "a" {}', "2:3: 'comment' must have no name, got 'a'; take it away"],
  ])('in a path on %s', (attributes, expected) => {
    expect(refusalIn(attributes)).toBe(`mail.hcl:${expected}`);
  });

  test.each([
    [
      'control_group = "x"',
      "2:3: 'control_group' must be a block, got a value; write it as control_group { ... }",
    ],
    ['control_group {}', "2:3: 'control_group' must have a factor, got none; add a block 'factor'"],
    [
      'control_group { other = 1 }',
      "2:19: here must stand ttl or max_ttl or factor once, got 'other'; take it away",
    ],
    [
      'control_group {\n  factor "x" {}\n  }',
      '3:3: factor \'x\' must ask a group for an approval, got none; write identity { group_names = ["..."] approvals = 1 }',
    ],
    [
      'control_group {\n  factor "x" { controlled_capabilities = ["list"]\n identity { group_ids = ["a"] approvals = 1 } }\n  }',
      "3:3: 'controlled_capabilities' must be among the rule's capabilities, got 'list'; leave it out",
    ],
  ])('in a control group on %s', (attributes, expected) => {
    expect(refusalIn(`${attributes}\n  capabilities = ["read"]`, vault)).toBe(`mail.hcl:${expected}`);
  });

  test('with the name of the policy where there is no file, and with the place as values', () => {
    const parse = () => parsePolicy('mail', '\n pth "a" {}', { dialect: vault });
    expect(parse).toThrow("policy 'mail':2:2: a policy must consist of 'path' blocks");
    expect(parse).toThrow(expect.objectContaining({ file: "policy 'mail'", line: 2, column: 2 }));
  });
});
