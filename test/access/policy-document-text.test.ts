import { policyDocumentText } from '../../access/policy-document-text';
import { markedText, Unknown } from '../../policies/terraform-value';
import { StackValues } from '../../policies/terraform-values';

function hcl(rule: unknown, more: Record<string, unknown> = {}) {
  const values = new StackValues(
    { data: { vault_policy_document: { d: { rule, ...more } } } },
    { computed: policyDocumentText },
  );
  return values.evaluate('${data.vault_policy_document.d.hcl}');
}

// What the provider itself made of the same rules.
test('a document is the text that the provider makes of it', () => {
  const rules = [
    {
      path: 'secret/data/*',
      capabilities: ['create', 'update'],
      description: 'writes secrets',
      required_parameters: ['a', 'b'],
      allowed_parameter: [
        { key: 'z', value: ['1', '2'] },
        { key: 'a', value: [] },
      ],
      denied_parameter: [{ key: 'd', value: ['x'] }],
      min_wrapping_ttl: '1s',
      max_wrapping_ttl: '90s',
    },
    { path: 'sys/events/subscribe/*', capabilities: ['read', 'subscribe'], subscribe_event_types: ['kv*'] },
    { path: 'none', capabilities: [] },
  ];
  expect(hcl(rules)).toBe(`# writes secrets
path "secret/data/*" {
  capabilities = ["create", "update"]
  required_parameters = ["a", "b"]
  allowed_parameters = {
    "a" = []
    "z" = ["1", "2"]
  }
  denied_parameters = {
    "d" = ["x"]
  }
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "90s"
}

path "sys/events/subscribe/*" {
  capabilities = ["read", "subscribe"]
  subscribe_event_types = ["kv*"]
}

path "none" {
  capabilities = []
}
`);
});

test.each([
  [undefined, ''],
  [[], ''],
  [{ path: 'a', capabilities: ['read'] }, 'path "a" {\n  capabilities = ["read"]\n}\n'],
])('the rules %j are no list', (rule, expected) => {
  expect(hcl(rule)).toBe(expected);
});

test('what is unknown in it stays at its place', () => {
  const text = hcl([{ path: 'a/${var.name}/*', capabilities: ['read', '${var.more}'] }]);
  expect(text).toBeInstanceOf(Unknown);
  expect(markedText(text)).toBe(
    'path "a/\u27e8var.name\u27e9/*" {\n  capabilities = ["read", "\u27e8var.more\u27e9"]\n}\n',
  );
});

test('a document with dynamic rules is not known', () => {
  const text = hcl(undefined, { dynamic: { rule: [{ for_each: '${var.rules}' }] } });
  expect((text as Unknown).known.of?.attribute).toBe('hcl');
});
