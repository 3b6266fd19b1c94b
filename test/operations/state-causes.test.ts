import type { BackendType } from '../../constructs/stack-backend';
import { causeOf } from '../../operations/state-causes';

// As Terraform 1.11.4 says it.
test.each<[BackendType, string, string, RegExp]>([
  ['pg', 'pq: password authentication failed for user "terraform"\n', 'a refused login', /PG_CONN_STR/],
  ['pg', 'pq: role "nobody" does not exist', 'a refused login', /PG_CONN_STR/],
  ['pg', 'pq: no pg_hba.conf entry for host "::1", user "a", database "b"', 'a refused login', /PG_CONN_STR/],
  ['pg', 'pq: database "nodb" does not exist', 'no such database', /create it/],
  ['pg', 'pq: SSL is not enabled on the server', 'a server without TLS', /sslmode/],
  ['pg', 'pq: permission denied for schema public', 'a user without the rights', /create schemas/],
  [
    'pg',
    'dial tcp 127.0.0.1:5432: connect: connection refused',
    'a refused connection',
    /host and port in PG_CONN/,
  ],
  [
    'pg',
    'dial tcp: lookup db.invalid on 10.0.0.53:53: no such host',
    'no such host',
    /host and port in PG_CONN/,
  ],
  ['pg', 'x509: certificate signed by unknown authority', 'a certificate that is not trusted', /PG_CONN_STR/],
  ['pg', 'missing "=" after "not-a-word" in connection info string"', 'no connection string', /%xx/],
  ['pg', 'invalid connection protocol: mysql', 'no connection string', /postgres:\/\//],
  ['s3', 'No valid credential sources found\nPlease see https://…', 'no credentials', /AWS_PROFILE/],
  [
    's3',
    'Failed to get existing workspaces: S3 bucket "states" does not exist.',
    'no such bucket',
    /create it/,
  ],
  ['s3', 'operation error S3: ListObjectsV2, StatusCode: 404, NoSuchBucket: ', 'no such bucket', /create it/],
  ['s3', 'StatusCode: 403, api error InvalidAccessKeyId: …', 'refused credentials', /AWS_ACCESS_KEY_ID/],
  [
    's3',
    'StatusCode: 403, api error SignatureDoesNotMatch: …',
    'refused credentials',
    /AWS_SECRET_ACCESS_KEY/,
  ],
  ['s3', 'StatusCode: 301, api error PermanentRedirect', 'a bucket of another region', /region/],
  ['s3', 'dial tcp 127.0.0.1:9000: connect: connection refused', 'a refused connection', /endpoint/],
  [
    'http',
    'Error refreshing state: HTTP remote state endpoint requires auth',
    'a refused login',
    /TF_HTTP_PASS/,
  ],
  [
    'http',
    'Error refreshing state: HTTP remote state endpoint invalid auth',
    'a refused login',
    /TF_HTTP_USER/,
  ],
  ['http', 'dial tcp: lookup states.invalid: no such host', 'no such host', /StateBackend\.http\(\)/],
  [
    'http',
    'GET … giving up after 3 attempt(s): context deadline exceeded',
    'no answer',
    /StateBackend\.http\(\)/,
  ],
  ['http', 'no answer in 30 s', 'no answer', /StateBackend\.http\(\)/],
])('%s: %j is %s', (type, message, got, remedy) => {
  expect(causeOf(type, message)).toEqual({ got, remedy: expect.stringMatching(remedy) });
});

test('a connection string is never looked into for another reason', () => {
  const message = 'parse "postgres://a:password authentication failed@b:x1": invalid port ":x1" after host';
  expect(causeOf('pg', message).got).toBe('no connection string');
});

test('what is not known has no remedy, and nothing of it is repeated', () => {
  expect(causeOf('http', 'Unexpected HTTP response code 418: not-a-word')).toEqual({
    got: 'an error of Terraform',
  });
});
