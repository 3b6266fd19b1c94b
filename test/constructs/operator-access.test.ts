import { type JwtOperatorAccessProps, OperatorAccess } from '../../constructs/operator-access';
import { testPlatform } from '../helper';

const [stack] = testPlatform().stacks;
const JWT = {
  issuer: 'https://token.example',
  audience: 'https://vault.example',
  claims: { repository: 'team/platform' },
};

/** Nothing, or what Terraform would work out. */
const TERRAFORM: readonly Partial<JwtOperatorAccessProps>[] = [
  { audience: '' },
  { audience: '${path.module}' },
  { claims: { repository: '' } },
  { claims: { '%{if true}': 'x' } },
  { issuer: 'https://token.example/${path.module}' },
];

test('people log in with a name, for a shift at most', () => {
  const access = OperatorAccess.userpass('ada', 'grace');
  expect(access.description).toEqual({
    type: 'userpass',
    path: 'userpass',
    users: ['ada', 'grace'],
    token_ttl: '1h',
    token_max_ttl: '8h',
  });
  expect(() => access.validate(stack)).not.toThrow();
});

test('a CI system logs in with signed tokens that are bound to their issuer, their audience and a claim', () => {
  const access = OperatorAccess.jwt(JWT);
  expect(access.description).toEqual({
    type: 'jwt',
    path: 'jwt',
    config: { oidc_discovery_url: 'https://token.example', bound_issuer: 'https://token.example' },
    role: 'operator',
    bound_audiences: ['https://vault.example'],
    bound_claims: { repository: 'team/platform' },
    user_claim: 'sub',
    token_ttl: '1h',
    token_max_ttl: '8h',
  });
  expect(() => access.validate(stack)).not.toThrow();
});

test.each([
  [
    'nobody',
    OperatorAccess.userpass(),
    "'users' of operator access must name somebody, got nobody; write OperatorAccess.userpass('ada')",
  ],
  [
    'a user whose name is none',
    OperatorAccess.userpass('ada', 'Grace Hopper'),
    "'users' must be kebab-case, start with a letter and have 40 characters at most, got 'Grace Hopper'; write it as 'grace-hopper'",
  ],
  [
    'every job of an issuer',
    OperatorAccess.jwt({ ...JWT, claims: {} }),
    "'claims' of operator access must bind a claim, got none, so every job of the issuer would get in; write { repository: 'team/platform' }",
  ],
  ...TERRAFORM.map((other): [string, OperatorAccess, string] => [
    `words that Terraform would work out: ${JSON.stringify(other)}`,
    OperatorAccess.jwt({ ...JWT, ...other }),
    "'issuer', 'audience' and 'claims' of operator access must be words without '${' and '%{', got an empty one or one with them; write what the tokens hold",
  ]),
  [
    'an issuer without TLS',
    OperatorAccess.jwt({ ...JWT, issuer: 'http://token.example' }),
    "'issuer' of operator access must be an https address, got 'http://token.example'; write it as 'https://token.example'",
  ],
  [
    'an issuer that is no address',
    OperatorAccess.jwt({ ...JWT, issuer: 'https://token example' }),
    "'issuer' of operator access must be an https address, got 'https://token example'; write it as 'https://token.example'",
  ],
])('fails on %s', (_, access, message) => {
  expect(() => access.validate(stack)).toThrow(new Error(`[shop-development-vault] ${message}`));
});
