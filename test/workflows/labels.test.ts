import { type Answers, BOT, changes, PERSON, runScript } from './fake-github';

const ISSUE = 'repos/team/shop/issues/7';
const SHA = 'c'.repeat(40);
const RUNS = 'repos/team/shop/actions/workflows/review.yml/runs';
const BRANCH = { head_branch: 'more-access', head_repository: { full_name: 'team/shop' } };
const VARIABLES = {
  REPOSITORY: 'team/shop',
  PULL_REQUEST: '7',
  HEAD_SHA: SHA,
  HEAD_REF: 'more-access',
  HEAD_REPOSITORY: 'team/shop',
  REVIEW_RESULT: 'success',
  BROADENING: 'false',
  DESTROY: 'false',
};

function at(minute: number): string {
  return new Date(Date.UTC(2030, 0, 1, 0, minute)).toISOString();
}

function labelled(name: string, minute: number, actor: object | null = PERSON) {
  return { event: 'labeled', label: { name }, actor, created_at: at(minute) };
}

interface Scene {
  readonly labels?: readonly string[];
  readonly events?: readonly object[];
  readonly runs?: readonly object[];
}

/** A pull request whose newest commit came in minute 10. */
function github({ labels = [], events = [], runs = [{ ...BRANCH, created_at: at(10) }] }: Scene): Answers {
  return {
    [`GET ${ISSUE}/labels`]: [labels.map((name) => ({ name }))],
    [`GET ${ISSUE}/events`]: [[], events],
    [`GET ${RUNS}`]: [{ total_count: runs.length, workflow_runs: runs }],
  };
}

function agreement(variables: Partial<typeof VARIABLES>, scene: Scene = {}) {
  return runScript('require-labels.js', [], { ...VARIABLES, ...variables }, github(scene));
}

describe('the check for labels', () => {
  test('asks for nothing where nobody gains anything and nothing goes', () => {
    const ended = agreement({});
    expect(ended).toEqual({ code: 0, calls: [], stdout: expect.stringContaining('no label is needed') });
  });

  test.each([
    ['BROADENING', 'access-broadening', 'somebody can reach more than before'],
    ['DESTROY', 'destroys-data', 'something that holds data or identity is destroyed or replaced'],
  ])('fails for a %s until a person has set its label', (name, label, what) => {
    const without = agreement({ [name]: 'true' });
    expect(without.stdout).toBe(
      `::error::label '${label}' must be set by a person, since ${what}; see the review\n`,
    );
    expect(without.code).toBe(1);
    const set = agreement({ [name]: 'true' }, { labels: [label], events: [labelled(label, 11)] });
    expect(set.stdout).toBe(`agreed to by ${label}\n`);
    expect(set.code).toBe(0);
  });

  test('fails with everything that is missing', () => {
    const { stdout } = agreement(
      { BROADENING: 'true', DESTROY: 'true' },
      { labels: ['access-broadening'], events: [labelled('access-broadening', 11)] },
    );
    expect(stdout).toContain("'destroys-data' must be set by a person");
    expect(stdout).not.toContain('access-broadening');
    const { stdout: both } = agreement({ BROADENING: 'true', DESTROY: 'true' });
    // One annotation, of two lines.
    expect(both).toMatch(/^::error::label 'access-broadening' .*%0Alabel 'destroys-data' .*\n$/);
  });

  test.each<[string, Scene]>([
    ['for an earlier commit', { events: [labelled('access-broadening', 9)] }],
    ['in the moment in which the commit came', { events: [labelled('access-broadening', 10)] }],
    ['by a workflow', { events: [labelled('access-broadening', 11, BOT)] }],
    ['by somebody whose account is gone', { events: [labelled('access-broadening', 11, null)] }],
    ['by nobody that is known', {}],
    ['while no run tells when the commit came', { events: [labelled('access-broadening', 11)], runs: [] }],
    [
      'before a push that took an old commit up again',
      {
        events: [labelled('access-broadening', 11), { event: 'head_ref_force_pushed', created_at: at(12) }],
      },
    ],
    [
      'for an earlier commit, while this one was reviewed on another branch',
      {
        events: [labelled('access-broadening', 9)],
        runs: [
          { ...BRANCH, created_at: at(10) },
          { ...BRANCH, head_branch: 'elsewhere', created_at: at(1) },
          { ...BRANCH, head_repository: { full_name: 'fork/shop' }, created_at: at(1) },
          { ...BRANCH, head_repository: null, created_at: at(1) },
        ],
      },
    ],
  ])('fails where the label was set %s', (_title, scene) => {
    const ended = agreement({ BROADENING: 'true' }, { labels: ['access-broadening'], ...scene });
    expect(ended.stdout).toContain("label 'access-broadening' must be set after the newest commit came");
    expect(ended.code).toBe(1);
  });

  test('goes by the first of all runs of the commit, since each label makes another one', () => {
    const ended = agreement(
      { BROADENING: 'true' },
      {
        labels: ['access-broadening'],
        events: [labelled('access-broadening', 2), labelled('access-broadening', 11)],
        runs: [
          { ...BRANCH, created_at: at(12) },
          { ...BRANCH, created_at: at(10) },
        ],
      },
    );
    expect(ended.code).toBe(0);
  });

  test('counts a label of a pull request from a fork, whose token can read alone', () => {
    const runs = [{ ...BRANCH, head_repository: { full_name: 'fork/shop' }, created_at: at(10) }];
    const ended = agreement(
      { DESTROY: 'true', HEAD_REPOSITORY: 'fork/shop' },
      { labels: ['destroys-data'], events: [labelled('destroys-data', 11)], runs },
    );
    expect(ended.code).toBe(0);
    expect(changes(ended)).toEqual([]);
  });

  test('asks for the runs of this commit', () => {
    const { calls } = agreement({ DESTROY: 'true' }, { labels: ['destroys-data'] });
    expect(calls.map(({ path }) => path)).toContain(
      `${RUNS}?event=pull_request&head_sha=${SHA}&per_page=100`,
    );
  });

  test.each(['failure', 'cancelled', 'skipped'])('fails where the review ended with %s', (result) => {
    const ended = agreement({ REVIEW_RESULT: result });
    expect(ended.stdout).toContain(`got ${result}`);
    expect(ended.code).toBe(1);
  });

  test.each(['', 'yes', 'true\nfalse'])(
    "fails where the review says '%s' in place of true or false",
    (word) => {
      const ended = agreement({ DESTROY: word });
      expect(ended.stdout).toContain("'DESTROY' must look like");
      expect(ended.code).toBe(1);
    },
  );

  test('fails where GitHub does not answer', () => {
    const answers = { [`GET ${ISSUE}/labels`]: { failure: 'HTTP 502' } };
    const ended = runScript('require-labels.js', [], { ...VARIABLES, DESTROY: 'true' }, answers);
    expect(ended.stdout).toContain('got gh: HTTP 502');
    expect(ended.code).toBe(1);
  });
});

describe('taking labels away', () => {
  const variables = { REPOSITORY: 'team/shop', PULL_REQUEST: '7' };

  test('takes those of an agreement, and no other', () => {
    const ended = runScript(
      'take-labels-away.js',
      [],
      variables,
      github({ labels: ['bug', 'destroys-data', 'access-broadening', 'constructor'] }),
    );
    expect(changes(ended)).toEqual([
      { method: 'DELETE', path: `${ISSUE}/labels/destroys-data`, fields: {} },
      { method: 'DELETE', path: `${ISSUE}/labels/access-broadening`, fields: {} },
    ]);
    expect(ended.code).toBe(0);
  });

  test('does nothing where none is set', () => {
    const ended = runScript('take-labels-away.js', [], variables, github({ labels: ['bug'] }));
    expect(changes(ended)).toEqual([]);
    expect(ended.code).toBe(0);
  });

  test('fails where GitHub refuses', () => {
    const ended = runScript('take-labels-away.js', [], variables, {
      ...github({ labels: ['destroys-data'] }),
      [`DELETE ${ISSUE}/labels/destroys-data`]: { failure: 'HTTP 403' },
    });
    expect(ended.stdout).toContain('got gh: HTTP 403');
    expect(ended.code).toBe(1);
  });
});
