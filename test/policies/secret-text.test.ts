import { credentialIn, namesASecret } from '../../policies/secret-text';

test.each([
  ...[
    'password',
    'PASSWORD',
    'DB_PASSWORD',
    'dbPassword',
    'PGPASSWORD',
    'PASSWORDS',
    'MYSQL_PWD',
    'passphrase',
  ],
  ...['SECRET', 'DJANGO_SECRET_KEY', 'client-secret', 'CLIENTSECRET', 'secrets', 'VAULT_TOKEN', 'authToken'],
  ...['AUTHTOKEN', 'api_key', 'apiKey', 'APIKEY', 'API_KEYS', 'OPENAI_API_KEY', 'private.key', 'master_key'],
  ...['AWS_ACCESS_KEY', 'encryption_key', 'signing_key', 'credentials', 'GOOGLE_CREDENTIAL'],
  ...['PASSWORD1', 'PGPASS', 'JWT_KEY', 'FERNET_KEY', 'VAULT_SECRET_ID', 'bearer'],
])('%s names a secret', (name) => {
  expect(namesASecret(name)).toBe(true);
});

test.each([
  ...['host', 'port', 'username', 'database', 'connection_string', 'KEY_PREFIX', 'key', 'PUBLIC_KEY', 'PATH'],
  ...['POSTGRES_PASSWORD_FILE', 'GF_SECURITY_ADMIN_PASSWORD__FILE', 'POSTGRES_SECRET_PATH', 'token_ttl'],
  ...[
    'AWS_ACCESS_KEY_ID',
    'TOKEN_URL',
    'PASSWORD_RESET_URL',
    'SECRET_NAME',
    'MAX_TOKENS',
    'LLM_MAX_OUTPUT_TOKENS',
    'TOKENIZERS_PARALLELISM',
  ],
  ...['DJANGO_SETTINGS_MODULE', 'KAFKA_USERNAME', 'PASSWORDLESS'],
])('%s names none', (name) => {
  expect(namesASecret(name)).toBe(false);
});

test('a credential in the middle of a text is told by what it is', () => {
  expect(credentialIn('see https://user:hunter2@db.example/x')).toBe('a URL with a password');
  expect(credentialIn('see https://db.example:5432/x')).toBeUndefined();
});
