import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import type { Question, Questions } from '../../operations/questions';
import { StackFile } from '../../operations/stack-file';
import { ask, missingValues, problemOf, type Written } from '../../operations/supplied';
import { fakePerson, stackFolder, synthesizedProject } from './fakes';

const project = synthesizedProject();
const access = new StackFile(stackFolder(project, 'access'));
const names = (written: Written, variables = {}) =>
  missingValues(access, written, variables)
    .map(({ environmentVariable }) => environmentVariable)
    .sort();

const SUPPLIED_VERSIONS = Object.fromEntries(
  access.suppliedSecrets.map(({ mount, path, version }) => [`${mount}/${path}`, version]),
);
/** Everything was written, to the mount that is there now. */
const WRITTEN: Written = {
  lastDeploy: {
    suppliedVersions: SUPPLIED_VERSIONS,
    mountAccessors: { apps: 'kv_1' },
    holdsVaultObjects: true,
    objects: [],
  },
  mountAccessors: { apps: 'kv_1' },
};
const NOTHING: Written = {
  lastDeploy: NEVER_DEPLOYED,
  mountAccessors: {},
};
const ALL = ['TF_VAR_apps_legacy', 'TF_VAR_apps_mail_key'];

describe('what a deploy needs', () => {
  test('nothing that was written to the mount that is there now', () => {
    expect(names(WRITTEN)).toEqual([]);
  });

  test.each<[string, Written]>([
    ['when nothing was written', NOTHING],
    ['when the server does not answer', { ...WRITTEN, mountAccessors: {} }],
    ['when the mount is another one', { ...WRITTEN, mountAccessors: { apps: 'kv_2' } }],
    [
      'when the state does not know to which mount it was written',
      { ...WRITTEN, lastDeploy: { ...WRITTEN.lastDeploy, mountAccessors: {} } },
    ],
    [
      'when neither state nor server know the mount',
      { lastDeploy: { ...WRITTEN.lastDeploy, mountAccessors: {} }, mountAccessors: {} },
    ],
    ['when the state is gone', { ...WRITTEN, lastDeploy: NOTHING.lastDeploy }],
  ])('all %s', (_, written) => {
    expect(names(written)).toEqual(ALL);
  });

  test('what was written in another version', () => {
    const suppliedVersions = {
      ...SUPPLIED_VERSIONS,
      'apps/legacy': (SUPPLIED_VERSIONS['apps/legacy'] ?? 0) - 1,
    };
    expect(names({ ...WRITTEN, lastDeploy: { ...WRITTEN.lastDeploy, suppliedVersions } })).toEqual([
      'TF_VAR_apps_legacy',
    ]);
  });

  test('nothing that the environment holds already, but more than an empty variable', () => {
    const variables = { TF_VAR_apps_legacy: '{"a":"b"}', TF_VAR_apps_mail_key: '' };
    expect(names(NOTHING, variables)).toEqual(['TF_VAR_apps_mail_key']);
  });
});

test('says which variable is missing and for what', () => {
  const problems = missingValues(access, NOTHING, {}).map(problemOf).sort();
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
