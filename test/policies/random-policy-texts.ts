import * as fc from 'fast-check';

/** Spellings of everything that may stand in a policy, most of them right, some of them only nearly. */
const words = (...all: string[]): fc.Arbitrary<string> => fc.constantFrom(...all);
const mostly = (usual: fc.Arbitrary<string>, strange: fc.Arbitrary<string>, of = 12): fc.Arbitrary<string> =>
  fc.oneof({ weight: 5 * of, arbitrary: usual }, { weight: 1, arbitrary: strange });
const joined = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(''));
const some = (item: fc.Arbitrary<string>, separator: fc.Arbitrary<string>, max = 3): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(item, separator), { maxLength: max })
    .map((all) => all.map(([one, after], i) => (i < all.length - 1 ? one + after : one)).join(''));

const blank = mostly(
  words(' ', ' ', '\n'),
  words('', '\t', '# c\n', '// "c" {\n', '/* c\n */', '\r\n', '\u00a0', '\f', '\r'),
);
const plain = words(
  'a',
  'b',
  'a/b',
  'a/*',
  '+/b',
  'a/+/c*',
  '/a',
  '',
  'é',
  'a b',
  '#a',
  '//a',
  '/*a*/',
  '{a}',
);
const text = joined(
  '"',
  mostly(
    plain,
    words(
      '{{identity.entity.id}}',
      '{{a',
      'a}}',
      'a+*',
      '\\u0061',
      '\\U0001F511',
      '\\x61',
      '\\141',
      '\\"',
      '\\\\',
      '\\t',
      '\\q',
      '\\ud800',
      '\\xff',
      '${a}',
      '$${a}',
      '%{a}',
      '$',
      '\t',
      '\n',
      "'",
    ),
    6,
  ),
  '"',
);
const number = mostly(
  words('0', '1', '60', '3600'),
  words('-1', '010', '0x10', '1.5', '60.0', '1e3', '09', '1_0', '- 1', '-0', '99999999999999999999'),
  3,
);
const capability = mostly(
  words('"read"', '"list"', '"create"', '"update"', '"patch"', '"delete"', '"sudo"', '"scan"', '"deny"'),
  words('"write"', '"READ"', 'read', '1', 'true', 'null', '["read"]', '""'),
  30,
);
const comma = mostly(words(', ', ',\n', ',', ' , # c\n'), words(' ', ',,'), 20);
const list = (item: fc.Arbitrary<string>) =>
  joined('[', some(item, comma), mostly(words('', '', ','), words(' # c\n', '\n'), 4), ']');
const heredoc = words(
  '<<EOT\nfoo\nEOT\n',
  '<<EOT\nEOT\n',
  '<<-EOT\n  foo\n  EOT\n',
  '<<EOT\nfoo\n  EOT\n',
  '<<EOT\n"a" {\nEOT\n',
  '<<EOT\n EOT\nfoo\nEOT\n',
  '<<EOT\nfoo\nEOT',
  '<<EOT\nfoo\nEOT \n',
  '<<EOT\nEOT \nfoo\nEOT\n',
);
const scalar = fc.oneof(text, number, heredoc, words('true', 'false', 'null', 'x', '["a"]', '{ a = 1 }'));
const duration = mostly(
  fc.oneof(number, words('"90s"', '"1h"', '"1h30m"', '"2d"', '"1.5h"', '"100ms"', '""', '"010"', '".5s"')),
  words('"x"', '"-5s"', '"1h 2m"', '"1d2h"', '"5S"', 'true', '[]'),
  6,
);
const time = mostly(
  words('"2090-01-01T00:00:00Z"', '"2020-01-01T00:00:00Z"', '3786912000', '"3786912000"', '""'),
  words('"2090-02-30T00:00:00Z"', '"2090-01-01"', '"2090-01-01T24:00:00Z"', '"2090-01-01t00:00:00z"', 'true'),
  3,
);
const key = mostly(
  words('"a"', 'b', '"*"', '"a b"', 'x-y'),
  words('"A"', 'a.b', 'true', 'null', '1', 'é'),
  8,
);
const parameters = joined(
  '{ ',
  some(
    joined(key, mostly(words(' = '), words(' : '), 30), mostly(list(scalar), scalar, 10)),
    words(', ', '\n'),
  ),
  ' }',
);
const filter = words('"{{ .path }}{{ .key }}"', '"{{.key}}"', '"{{ .path }}"', '"a"', '"{{ .key"', '""');

const attribute = fc.oneof(
  { weight: 6, arbitrary: joined('capabilities', blank, '=', blank, list(capability)) },
  ...[
    joined('policy = ', mostly(words('"read"', '"write"', '"sudo"', '"deny"', '""'), words('"all"', '1'), 8)),
    joined('comment = ', fc.oneof(text, heredoc, scalar)),
    joined('expiration = ', time),
    joined('min_wrapping_ttl = ', duration),
    joined('max_wrapping_ttl = ', duration),
    joined('allowed_parameters ', mostly(words('= '), words(''), 4), parameters),
    joined('denied_parameters = ', parameters),
    joined('required_parameters = ', list(text)),
    joined('mfa_methods = ', list(text)),
    joined('pagination_limit = ', fc.oneof(number, words('"5"'))),
    joined('list_scan_response_keys_filter_path = ', filter),
    mostly(words('', '# c\n'), words('other = 1', '"policy" = "read"', 'policy: "read"'), 4),
  ].map((arbitrary) => ({ weight: 1, arbitrary })),
);
const block = joined(
  mostly(words('path'), words('pth', '"path"', 'Path', 'path "a"'), 40),
  blank,
  mostly(text, words('a', '', 'a.b', "'a'"), 15),
  blank,
  mostly(words('{'), words('= {'), 40),
  blank,
  some(attribute, mostly(words('\n'), words(' ', ', '), 10)),
  blank,
  '}',
);
const hcl = joined(
  mostly(words(''), blank),
  some(block, words('\n', '\n\n# c\n', ' ')),
  words('\n', '', ' # c'),
);

const strangeValue = fc.constantFrom<unknown>(
  'read',
  1,
  true,
  null,
  [],
  {},
  { policy: ['a'] },
  { a: [true] },
  { a: [['b']] },
  '${a}',
);
const jsonValue = (...usual: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: strangeValue });
const jsonBlock = fc.record(
  {
    capabilities: jsonValue(['read'], ['list', 'update'], ['deny'], []),
    policy: jsonValue('read', 'write'),
    comment: jsonValue('a'),
    min_wrapping_ttl: jsonValue(60, '90s'),
    allowed_parameters: jsonValue({ a: ['b', 1] }, {}, { capabilities: ['sudo'] }),
    required_parameters: jsonValue(['a']),
    other: jsonValue(1),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const jsonPaths = fc.dictionary(
  plain,
  // Two of many blocks have an attribute that nobody knows.
  jsonBlock.map(({ other, ...known }) => (other === true ? { ...known, other } : known)),
  { maxKeys: 3, noNullPrototype: true },
);
const json = fc
  .oneof({ weight: 4, arbitrary: jsonPaths }, { weight: 1, arbitrary: fc.array(jsonPaths, { maxLength: 2 }) })
  .map((path) => JSON.stringify({ path }));

/** One character more, another, or fewer. */
const mutation = fc.record({
  at: fc.noBias(fc.nat({ max: 999 })),
  without: fc.constantFrom(0, 0, 1, 3),
  put: words(
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    '=',
    '\n',
    '#',
    '/*',
    '//',
    '\\',
    '$',
    '${',
    '<<',
    '-',
    '.',
    "'",
    ':',
    '\0',
    '\r',
    '*',
    '(',
    '\u2028',
    '\ufeff',
    'a',
    '',
  ),
});

/** Policies as people might write them, right and wrong. */
export const policyTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: hcl }, { weight: 1, arbitrary: json }),
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: mutation }),
  )
  .map(([whole, mutated]) => {
    if (!mutated) return whole;
    const at = Math.floor((mutated.at / 1000) * whole.length);
    return whole.slice(0, at) + mutated.put + whole.slice(at + mutated.without);
  });
