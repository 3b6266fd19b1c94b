import type { BackendType } from '../constructs/stack-backend';

/** Why a state could not be read, in words that hold nothing of the message. */
export interface Cause {
  readonly got: string;
  /** Not there where nothing is known. */
  readonly remedy?: string;
}

type KnownCause = readonly [pattern: RegExp, got: string, remedy: string];

const CAUSES: Readonly<Record<BackendType, readonly KnownCause[]>> = {
  local: [],
  pg: [
    // First: it quotes the whole connection string, in which anything may be.
    [
      /(^|\n)parse "|missing "=" after|invalid connection protocol/,
      'no connection string',
      'write PG_CONN_STR as postgres://<user>:<password>@<host>/<database>, with what is special in the password written as %xx',
    ],
    [
      /authentication failed|no password supplied|no pg_hba\.conf entry|role ".*" does not exist/,
      'a refused login',
      'check user and password in PG_CONN_STR',
    ],
    [/database ".*" does not exist/, 'no such database', 'create it, or name another one in PG_CONN_STR'],
    [
      /SSL is not enabled/,
      'a server without TLS',
      'enable TLS there; where it is on this machine, sslmode=disable in PG_CONN_STR will do',
    ],
    [
      /permission denied/,
      'a user without the rights',
      'let the user create schemas in the database, and sequences in its schema public',
    ],
  ],
  s3: [
    [
      /No valid credential sources|failed to refresh cached credentials/,
      'no credentials',
      'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
    ],
    [
      /NoSuchBucket|bucket ".*" does not exist/,
      'no such bucket',
      'create it, or name another one in StateBackend.s3()',
    ],
    [
      /PermanentRedirect|AuthorizationHeaderMalformed|StatusCode: 301/,
      'a bucket of another region',
      'correct the region in StateBackend.s3()',
    ],
    [
      /InvalidAccessKeyId|SignatureDoesNotMatch|InvalidClientTokenId|ExpiredToken|AccessDenied|StatusCode: 40[13]/,
      'refused credentials',
      'check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may do in the bucket',
    ],
  ],
  http: [[/requires auth|invalid auth/, 'a refused login', 'check TF_HTTP_USERNAME and TF_HTTP_PASSWORD']],
};

/** Where the address of each backend is written. */
const ADDRESS: Readonly<Record<BackendType, string>> = {
  local: 'the file',
  pg: 'host and port in PG_CONN_STR',
  s3: 'region and endpoint in StateBackend.s3()',
  http: 'the address in StateBackend.http()',
};

const NETWORK_CAUSES: readonly (readonly [pattern: RegExp, got: string])[] = [
  [/connection refused/, 'a refused connection'],
  [/no such host|server misbehaving|name resolution/, 'no such host'],
  [/x509|certificate|tls: /, 'a certificate that is not trusted'],
  [/no answer in|timeout|timed out|deadline exceeded|unreachable|no route to host/, 'no answer'],
];

/** Recognises why Terraform could not read a state. */
export function causeOf(type: BackendType, message: string): Cause {
  const known = CAUSES[type].find(([pattern]) => pattern.test(message));
  if (known) return { got: known[1], remedy: known[2] };
  const network = NETWORK_CAUSES.find(([pattern]) => pattern.test(message));
  if (network) return { got: network[1], remedy: `check ${ADDRESS[type]}` };
  if (message === 'no such program') {
    return { got: 'no Terraform', remedy: 'install it, or set TERRAFORM_BINARY_NAME' };
  }
  return { got: 'an error of Terraform' };
}
