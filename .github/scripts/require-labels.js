// Fails unless a person has agreed, by a label, to what the change does.
// usage: REPOSITORY=owner/name PULL_REQUEST=1 HEAD_SHA=… HEAD_REF=… HEAD_REPOSITORY=owner/name REVIEW_RESULT=success
//        BROADENING=true|false DESTROY=true|false node require-labels.js
const { list, main, pullRequest, repository, variable } = require('./gh');
const { LABELS } = require('./labels');

const WORKFLOW = 'review.yml';

main(() => {
  const result = variable('REVIEW_RESULT', /^[a-z]+$/);
  if (result !== 'success') {
    throw new Error(
      `the review must end well before anybody can agree to it, got ${result}; see the job 'review'`,
    );
  }
  const needed = Object.entries(LABELS).filter(
    ([, { variable: name }]) => variable(name, /^(true|false)$/) === 'true',
  );
  if (needed.length === 0) {
    process.stdout.write('no label is needed: nobody can reach more, and nothing that holds data goes\n');
    return;
  }
  const issue = `repos/${repository()}/issues/${pullRequest()}`;
  const present = list(`${issue}/labels`).map(({ name }) => name);
  const events = list(`${issue}/events`);
  const since = headSince(events);
  const problems = needed.flatMap(([name, { what }]) => {
    if (!present.includes(name))
      return [`label '${name}' must be set by a person, since ${what}; see the review`];
    return isSetByPerson(events, name, since)
      ? []
      : [
          `label '${name}' must be set after the newest commit came, since ${what}; take it away and set it again`,
        ];
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  process.stdout.write(`agreed to by ${needed.map(([name]) => name).join(', ')}\n`);
});

/** When the pull request came to its newest commit, in milliseconds. */
function headSince(events) {
  // By GitHub's clock: the date of a commit is whatever its author wrote into it.
  const query = `event=pull_request&head_sha=${variable('HEAD_SHA', /^[0-9a-f]{40}$/)}`;
  const runs = list(`repos/${repository()}/actions/workflows/${WORKFLOW}/runs?${query}`, 'workflow_runs')
    // The same commit may have been on another branch long ago,
    .filter((run) => run.head_branch === process.env.HEAD_REF)
    .filter((run) => run.head_repository?.full_name === process.env.HEAD_REPOSITORY);
  if (runs.length === 0) return Number.POSITIVE_INFINITY;
  const first = Math.min(...runs.map(({ created_at }) => Date.parse(created_at)));
  // or on this one, before another took its place.
  const forced = events.filter(({ event }) => event === 'head_ref_force_pushed');
  return Math.max(first, ...forced.map(({ created_at }) => Date.parse(created_at)));
}

function isSetByPerson(events, name, since) {
  const last = events.filter(({ event, label }) => event === 'labeled' && label?.name === name).at(-1);
  return last?.actor?.type === 'User' && Date.parse(last.created_at) > since;
}
