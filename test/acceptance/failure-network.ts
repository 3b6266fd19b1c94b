import { run } from './command';
import { executed, inspect, remove } from './engine';
import type { FailureEnvironment } from './failure-environment';
import type { CurrentEnvironment } from './failure-suite';

const SERVER = 'fail-solo-vault';
const READER = 'fail-solo-reader';
const ELSEWHERE = 'fail-solo-elsewhere';

/** Asks the server once, and prints the status and what it refuses: never what it gives. */
const ASK = `
import json, os, ssl, urllib.error, urllib.request
request = urllib.request.Request(
    os.environ["ADDRESS"] + "/v1/" + os.environ["API_PATH"],
    method=os.environ["METHOD"],
    headers={"X-Vault-Token": os.environ["TOKEN"]},
    data=os.environ["BODY"].encode() or None,
)
try:
    with urllib.request.urlopen(request, context=ssl.create_default_context(cadata=os.environ["CA"])) as answer:
        print(json.dumps({"status": answer.status, "errors": []}))
except urllib.error.HTTPError as error:
    print(json.dumps({"status": error.code, "errors": json.load(error)["errors"]}))
`;

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
}

export interface Refusal {
  readonly status: number;
  readonly errors: readonly string[];
}

/** Logs in as the identity of a service. */
export function loginOf(service: string, secretId: string): Question {
  const body = { role_id: `fail-solo-${service}`, secret_id: secretId };
  return { method: 'POST', path: 'auth/approle/login', body };
}

/** What the server answers to a container of the platform's network. */
export async function answerInside(environment: FailureEnvironment, question: Question): Promise<Refusal> {
  const env = variables(environment, question);
  return JSON.parse(await executed(READER, ['python3', '-c', ASK], { env }));
}

/** Credentials are of use in the network of the platform alone, even where the server can be reached from another. */
export function networkTests(current: CurrentEnvironment): void {
  beforeAll(async () => {
    await run('docker', ['network', 'create', '--subnet', '172.28.89.0/24', ELSEWHERE]);
    await run('docker', ['network', 'connect', ELSEWHERE, SERVER]);
  });

  afterAll(async () => {
    await run('docker', ['network', 'disconnect', '--force', ELSEWHERE, SERVER]);
    await remove('network', [ELSEWHERE]);
  });

  test('fails to log in from another network, with the role-id and secret-id of an agent', async () => {
    const login = loginOf('reader', await current().secretIdOf('reader'));
    expect(await answerInside(current(), login)).toEqual({ status: 200, errors: [] });
    expect(await answerElsewhere(current(), login)).toEqual({
      status: 400,
      errors: [expect.stringContaining('unauthorized through CIDR restrictions')],
    });
  });

  test('fails to read from another network, with the token of a service', async () => {
    const read: Question = {
      method: 'GET',
      path: 'fail-solo/data/reader/api',
      token: await current().rawToken(),
    };
    expect(await answerInside(current(), read)).toEqual({ status: 200, errors: [] });
    expect(await answerElsewhere(current(), read)).toEqual({
      status: 403,
      errors: [expect.stringContaining('permission denied')],
    });
  });
}

/** What the server answers to somebody outside of the platform's network. */
async function answerElsewhere(environment: FailureEnvironment, question: Question): Promise<Refusal> {
  const image = (await inspect([READER])).get(READER)?.Config.Image ?? '';
  const env = variables(environment, question);
  const names = Object.keys(env).flatMap((name) => ['--env', name]);
  const container = [
    '--rm',
    '--name',
    `${ELSEWHERE}-thief`,
    '--network',
    ELSEWHERE,
    '--entrypoint',
    'python3',
  ];
  return JSON.parse(await run('docker', ['run', ...container, ...names, image, '-c', ASK], { env }));
}

function variables(environment: FailureEnvironment, question: Question): Record<string, string> {
  return {
    ADDRESS: `https://${SERVER}:8200`,
    API_PATH: question.path,
    METHOD: question.method,
    TOKEN: question.token ?? '',
    BODY: question.body === undefined ? '' : JSON.stringify(question.body),
    CA: environment.ca,
  };
}
