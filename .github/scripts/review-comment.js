// Posts the report as the one comment of a pull request, or puts it in the place of the last one.
// usage: REPOSITORY=owner/name PULL_REQUEST=1 node review-comment.js REPORT
const { api, list, main, pullRequest, repository } = require('./gh');
const { MARKER, isOurs, readReport } = require('./report');

main(() => {
  const [file = ''] = process.argv.slice(2);
  readReport(file);
  const comments = list(`repos/${repository()}/issues/${pullRequest()}/comments`);
  const ours = comments.find((comment) => isOurs(comment, MARKER));
  const body = ['--field', `body=@${file}`];
  const { html_url: url } = ours
    ? api('--method', 'PATCH', `repos/${repository()}/issues/comments/${ours.id}`, ...body)
    : api('--method', 'POST', `repos/${repository()}/issues/${pullRequest()}/comments`, ...body);
  process.stdout.write(`${ours ? 'updated' : 'posted'} ${url}\n`);
});
