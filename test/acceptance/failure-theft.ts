import * as fs from 'node:fs';
import { expectSuccess, run } from './command';
import { existing } from './engine';
import type { FailureEnvironment } from './failure-environment';
import { answerInside, loginOf, type Question } from './failure-network';
import type { CurrentEnvironment } from './failure-suite';

const STACK = 'fail-solo-production-services';
/** The agent of a service that runs, and that of one which is new. */
const AGENTS = { reader: 'fail-solo-reader-agent', late: 'fail-solo-late-agent' } as const;
const ALARM =
  /the secret-id of role (\S+) was unwrapped before, .* run (terraform apply -replace=\S+) in (\S+)/;

/** Somebody who sees a wrapping token, in the state or beside the agent, is faster than the agent. */
export function theftTests(current: CurrentEnvironment): void {
  const stolen = new Map<string, string>();
  let value: string;
  let token: string;

  beforeAll(async () => {
    value = await current().reads();
    token = await current().tokenIn();
  });

  test('a wrapping token is good for one use, and the thief comes first', async () => {
    current().declare({ late: true });
    expectSuccess(await current().project.type('npm run --silent synth'));
    await current().renewOperator();
    expectSuccess(await apply(current(), 'fail-solo-production-access'));
    const secretIds = secretIdsOf(current());
    expect([...secretIds.keys()].sort()).toEqual([
      'fail-solo-database',
      'fail-solo-late',
      'fail-solo-reader',
    ]);
    for (const service of Object.keys(AGENTS)) {
      const address = secretIds.get(`fail-solo-${service}`) ?? '';
      expectSuccess(await apply(current(), STACK, `-target=${address}`, `-replace=${address}`));
      const wrapped = await wrappingToken(current(), address);
      const first = await current().client(wrapped).request('POST', 'sys/wrapping/unwrap');
      stolen.set(service, (first.body.data as { secret_id: string }).secret_id);
      const second = await current().client(wrapped).request('POST', 'sys/wrapping/unwrap');
      expect(second.status).toBe(400);
    }
  });

  test('fails when a secret-id was stolen: its agent says so, and the service gets no token', async () => {
    const { code, output } = await current().deploy();
    expect(code).not.toBe(0);
    for (const [service, agent] of Object.entries(AGENTS)) {
      // The command line names the failed agent of each, not only the first.
      expect(output).toMatch(new RegExp(`with docker_container\\.${service}_container-agent_`));
      const log = await wholeLogOf(agent);
      expect([agent, log]).toEqual([agent, expect.stringMatching(ALARM)]);
      expect(ALARM.exec(log)?.[1]).toBe(`fail-solo-${service}`);
    }
    expect(await existing('container', ['fail-solo-late'])).toEqual([]);
    // One that runs already goes on with what it has.
    expect(await current().tokenIn()).toBe(token);
    expect(await current().reads()).toBe(value);
  });

  test('the commands of the alarms end what was stolen, and their services come up', async () => {
    const logins = [...stolen].map(([service, secretId]) => loginOf(service, secretId));
    expect(await statusesInside(logins)).toEqual([200, 200]);
    const alarms = await Promise.all(Object.values(AGENTS).map(wholeLogOf));
    const [[, , command, folder] = [], ...others] = alarms.map((log) => ALARM.exec(log) ?? []);
    // In one go, since each would wait for the other.
    const flags = others.map(([, , other = '']) => other.replace('terraform apply', '')).join(' ');
    expectSuccess(
      await current().project.type(
        `cd ${folder} && ${command} ${flags} -auto-approve -input=false -no-color`,
      ),
    );
    expect(await statusesInside(logins)).toEqual([400, 400]);
    expect(await current().reads('late')).toBe(value);
    expect(await current().reads()).toBe(value);
    await current().expectEmptyPlans();
  });

  async function statusesInside(questions: readonly Question[]): Promise<number[]> {
    const answers = questions.map((question) => answerInside(current(), question));
    return (await Promise.all(answers)).map(({ status }) => status);
  }
}

/** The addresses of the secret-ids in the stack, by role. */
function secretIdsOf(environment: FailureEnvironment): Map<string, string> {
  const type = 'vault_approle_auth_backend_role_secret_id';
  const file = environment.file('cdktf.out', 'stacks', STACK, 'cdk.tf.json');
  const { resource } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const secretIds = Object.entries<{ role_name: string }>(resource[type]);
  return new Map(secretIds.map(([name, { role_name: role }]) => [role, `${type}.${name}`]));
}

function apply({ project }: FailureEnvironment, stack: string, ...args: readonly string[]) {
  return project.terraform(stack, ['apply', '-auto-approve', '-input=false', '-no-color', ...args]);
}

/** What the state says of a secret-id. */
async function wrappingToken({ project }: FailureEnvironment, address: string): Promise<string> {
  const [, name] = address.split('.');
  const { resources } = JSON.parse(await project.state(STACK));
  const resource = resources.find((one: { name: string }) => one.name === name);
  return resource.instances[0].attributes.wrapping_token;
}

function wholeLogOf(container: string): Promise<string> {
  return run('sh', ['-c', `docker logs ${container} 2>&1`]);
}
