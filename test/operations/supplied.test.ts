import type { Question, Questions } from '../../operations/questions';
import { StackFile } from '../../operations/stack-file';
import { ask, missingValues, problemOf } from '../../operations/supplied';
import { fakePerson, fakeVault, stackFolder, synthesizedProject, writeState } from './fakes';

const project = synthesizedProject();
const access = () => new StackFile(stackFolder(project, 'access'));
const names = async (...args: Parameters<typeof missingValues>) =>
  (await missingValues(...args)).map(({ environmentVariable }) => environmentVariable).sort();

function writeVersions(change: (version: number) => number = (version) => version): void {
  const value = Object.fromEntries(
    access().suppliedSecrets.map(({ mount, path, version }) => [`${mount}/${path}`, change(version)]),
  );
  writeState(project, 'access', { outputs: { supplied_versions: { value } } });
}

describe('what a deploy needs', () => {
  beforeEach(() => writeVersions());

  test('nothing that was written and that the server still has', async () => {
    expect(await names(access(), fakeVault('apps/mail', 'apps/legacy'), {})).toEqual([]);
  });

  test('all when the server does not answer', async () => {
    expect(await names(access(), fakeVault('no answer'), {})).toEqual([
      'TF_VAR_apps_legacy',
      'TF_VAR_apps_mail_key',
    ]);
  });

  test('what the server has lost', async () => {
    expect(await names(access(), fakeVault('apps/mail'), {})).toEqual(['TF_VAR_apps_legacy']);
  });

  test('what was written in another version', async () => {
    writeVersions((version) => version - 1);
    expect(await names(access(), fakeVault('apps/mail', 'apps/legacy'), {})).toHaveLength(2);
  });

  test('all without a state, though the server has secrets of these names', async () => {
    writeState(project, 'access', {});
    expect(await names(access(), fakeVault('apps/mail', 'apps/legacy'), {})).toHaveLength(2);
  });

  test('nothing that the environment holds already, but more than an empty variable', async () => {
    const variables = {
      TF_VAR_apps_legacy: '{"a":"b"}',
      TF_VAR_apps_mail_key: '',
    };
    expect(await names(access(), fakeVault(), variables)).toEqual(['TF_VAR_apps_mail_key']);
  });
});

test('says which variable is missing and for what', async () => {
  writeState(project, 'access', {});
  const problems = (await missingValues(access(), fakeVault(), {})).map(problemOf).sort();
  expect(problems).toMatchInlineSnapshot(`
    [
      "'TF_VAR_apps_legacy' must be set to write 'apps/legacy', got nothing; it is: All keys of apps/legacy, as a JSON object",
      "'TF_VAR_apps_mail_key' must be set to write 'apps/mail', got nothing; it is: Key key of apps/mail",
    ]
  `);
});

describe('asking', () => {
  const line = {
    environmentVariable: 'TF_VAR_key',
    description: 'Key',
    isObject: false,
    secret: 'apps/mail',
  };
  const object = {
    ...line,
    environmentVariable: 'TF_VAR_all',
    description: 'All keys',
    isObject: true,
  };

  test('asks nobody when nothing is missing', async () => {
    const person = fakePerson('x');
    expect(await ask([], person)).toEqual({});
    expect(person.asked).toEqual([]);
  });

  test('passes a value on as it is', async () => {
    expect(await ask([line], fakePerson('a${b}"c'))).toEqual({
      TF_VAR_key: 'a${b}"c',
    });
  });

  test('passes an object on as JSON, in which Terraform evaluates nothing', async () => {
    expect(await ask([object], fakePerson('{"a": "x${y}", "b": "%{z}\\"q"}'))).toEqual({
      TF_VAR_all: '{"a": "x${y}", "b": "%{z}\\"q"}',
    });
  });

  test.each([
    ['', 'must not be empty'],
    ['   ', 'must not be empty'],
    ['a\nb', 'must be one line'],
    ['a', undefined],
  ])('of the answer %j to a question for a line it says: %s', async (answer, problem) => {
    const question = await questionFor(line);
    expect(question.isComplete(answer)).toBe(true);
    expect(question.problem(answer)).toEqual(problem && expect.stringContaining(problem));
  });

  test.each(['', '[]', '{}', 'null', '"a"', '{"a": 1}', '{"a": {"b": "c"}}', '{"hidden": "value'])(
    'fails with %j for an object, without repeating it',
    async (answer) => {
      expect((await questionFor(object)).problem(answer)).toBe(
        'the value must be a JSON object of strings; write it as {"key": "value"}',
      );
    },
  );

  test('an object may span lines', async () => {
    const question = await questionFor(object);
    expect(question.isComplete('{')).toBe(false);
    expect(question.isComplete('{\n"a": "b"\n}')).toBe(true);
    expect(question.isComplete('nonsense')).toBe(true);
  });

  async function questionFor(missing: typeof line): Promise<Question> {
    let asked: readonly Question[] = [];
    const person: Questions = {
      possible: true,
      ask: async (questions) => {
        asked = questions;
        return questions.map(() => '{"a": "b"}');
      },
    };
    await ask([missing], person);
    return asked[0] as Question;
  }
});
