import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { type S3StateProps, StateBackend } from '../../constructs/state-backend';
import { cleanEnvironment, eventually, progress, run } from './command';
import { type StateStore, temporaryFolder } from './state-store';

/** A stand-in for S3 that checks signatures and knows conditional writes, on which lock files rest. */
const MOTO = 'moto[s3,server]==5.2.5';

/** Python with moto in a folder of its own. */
export interface Moto {
  readonly folder: string;
  readonly python: string;
}

/** Installs moto, or says what is missing. Decided before the first test, since a test cannot skip itself. */
export function installMoto(): Moto | { readonly missing: string } {
  const folder = temporaryFolder('moto');
  const python = path.join(folder, 'bin', 'python');
  progress(`installing ${MOTO} from PyPI`);
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', MOTO],
  ] as const) {
    const { status, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      env: cleanEnvironment(),
      timeout: 300_000,
      killSignal: 'SIGKILL',
    });
    if (status === 0) continue;
    fs.rmSync(folder, { recursive: true, force: true });
    const reason = error?.message ?? stderr.trim().split('\n').at(-1);
    return { missing: `${MOTO} cannot be installed (${reason})` };
  }
  return { folder, python };
}

const REGION = 'eu-central-1';
const BUCKET = 'states';
/** Requests that come before anybody needs a key: a user, its key, its policy, the bucket. */
const SETUP_REQUESTS = 4;
const SCOPE = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
/** Ends with whoever started it. */
const SERVE = `
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.server import main
main(sys.argv[1:])
`;
const LIST = `
import boto3, sys
s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='${REGION}')
for item in s3.list_objects_v2(Bucket='${BUCKET}').get('Contents', []):
    print(item['Key'])
`;

/** An S3 with one bucket and one user who may use it. */
export async function startS3({ folder, python }: Moto): Promise<StateStore> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-c', SERVE, '--host', '127.0.0.1', '--port', String(port)], {
    env: { ...cleanEnvironment(), INITIAL_NO_AUTH_ACTION_COUNT: String(SETUP_REQUESTS) },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    const key = await setUp(endpoint, server);
    const variables = {
      AWS_ACCESS_KEY_ID: key.id,
      AWS_SECRET_ACCESS_KEY: key.secret,
      // Not what the developer has at home.
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'),
      AWS_CONFIG_FILE: path.join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const store: S3StateProps = {
      bucket: BUCKET,
      region: REGION,
      keyPrefix: 'platforms/eu',
      endpoint,
      pathStyle: true,
      skipAwsChecks: true,
    };
    return {
      state: StateBackend.s3(store),
      variables,
      credentials: { 'the access key': key.id, 'the secret key': key.secret },
      lockMessage: /StatusCode: 412/,
      refusals: [
        {
          what: 'no credentials',
          variables: { ...variables, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
          got: 'no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
        },
        {
          what: 'a wrong secret key',
          variables: { ...variables, AWS_SECRET_ACCESS_KEY: key.secret.split('').reverse().join('') },
          got: 'refused credentials; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may do in the bucket',
        },
        {
          what: 'no such bucket',
          variables,
          state: StateBackend.s3({ ...store, bucket: 'other' }),
          got: 'no such bucket; create it, or name another one in StateBackend.s3()',
        },
        {
          what: 'another port',
          variables,
          state: StateBackend.s3({ ...store, endpoint: 'http://127.0.0.1:1' }),
          got: 'a refused connection; check region and endpoint in StateBackend.s3()',
        },
      ],
      places: async () => {
        const keys = await run(python, ['-c', LIST, endpoint], { env: variables });
        return keys.split('\n').filter((one) => one !== '');
      },
      stop: () => stop(server),
    };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

/** Makes the bucket, and the user with a key. */
async function setUp(endpoint: string, server: ChildProcess): Promise<{ id: string; secret: string }> {
  await eventually('moto ready', async () => {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`);
    return fetch(`${endpoint}/moto-api/data.json`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  const ask = async (method: string, url: string, body: string | URLSearchParams) => {
    const answer = await fetch(`${endpoint}${url}`, {
      method,
      body,
      headers: {
        // By it moto tells its services apart. Nobody checks the signature yet.
        Authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/${REGION}/${method === 'PUT' ? 's3' : 'iam'}/aws4_request, SignedHeaders=host, Signature=x`,
      },
    });
    if (!answer.ok) throw new Error(`moto: ${method} ${url}: ${answer.status}`);
    return answer.text();
  };
  const iam = (parameters: Record<string, string>) =>
    ask('POST', '/', new URLSearchParams({ Version: '2010-05-08', UserName: 'terraform', ...parameters }));
  await iam({ Action: 'CreateUser' });
  const key = await iam({ Action: 'CreateAccessKey' });
  await iam({ Action: 'PutUserPolicy', PolicyName: 'states', PolicyDocument: JSON.stringify(SCOPE) });
  const location = `<LocationConstraint>${REGION}</LocationConstraint>`;
  const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  const place = `<CreateBucketConfiguration ${namespace}>${location}</CreateBucketConfiguration>`;
  await ask('PUT', `/${BUCKET}`, place);
  const field = (name: string) => new RegExp(`<${name}>(.+?)</${name}>`).exec(key)?.[1] ?? '';
  return { id: field('AccessKeyId'), secret: field('SecretAccessKey') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}
