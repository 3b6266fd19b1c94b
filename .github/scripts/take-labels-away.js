// Takes away what people agreed to, since it was of an earlier commit.
// usage: REPOSITORY=owner/name PULL_REQUEST=1 node take-labels-away.js
const { api, list, main, pullRequest, repository } = require('./gh');
const { LABELS } = require('./labels');

main(() => {
  const labels = `repos/${repository()}/issues/${pullRequest()}/labels`;
  for (const { name } of list(labels)) {
    if (!Object.hasOwn(LABELS, name)) continue;
    api('--method', 'DELETE', `${labels}/${name}`);
    process.stdout.write(`took ${name} away: it was set for an earlier commit\n`);
  }
});
