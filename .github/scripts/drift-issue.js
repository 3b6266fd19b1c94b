// Keeps one open issue while an environment is not as its state says, and closes it when it is again.
// usage: REPOSITORY=owner/name ENVIRONMENT=shop-production RUN_URL=… node drift-issue.js FOLDER
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { api, list, main, repository, variable } = require('./gh');
const { LONGEST, isOurs, readReport } = require('./report');

main(() => {
  const environment = variable('ENVIRONMENT', /^[a-z0-9][a-z0-9-]*$/);
  const [folder = ''] = process.argv.slice(2);
  const drifted = hasDrifted(path.join(folder, 'drift'));
  const run = variable('RUN_URL', /^https:\/\/\S+$/);
  const marker = `<!-- vault-platforms-drift ${environment} -->`;
  const issues = `repos/${repository()}/issues`;
  const open = list(`${issues}?state=open`).find((one) => !one.pull_request && isOurs(one, marker));
  if (drifted) {
    const body = `${marker}\nFound by ${run}\n\n${readReport(path.join(folder, 'report.md'))}`;
    if (body.length > LONGEST) {
      throw new Error(
        `'report' must leave room for its head, got ${body.length} of ${LONGEST} characters; lower --limit`,
      );
    }
    const { html_url: url } = withFile(body, (file) =>
      open
        ? api('--method', 'PATCH', `${issues}/${open.number}`, '--field', `body=@${file}`)
        : api(
            '--method',
            'POST',
            issues,
            '--raw-field',
            `title=Drift in ${environment}`,
            '--field',
            `body=@${file}`,
          ),
    );
    process.stdout.write(`${open ? 'updated' : 'opened'} ${url}\n`);
    return;
  }
  if (!open) {
    process.stdout.write(`${environment} is as its state says\n`);
    return;
  }
  api(
    '--method',
    'POST',
    `${issues}/${open.number}/comments`,
    '--raw-field',
    `body=No drift any more: ${run}`,
  );
  api('--method', 'PATCH', `${issues}/${open.number}`, '--raw-field', 'state=closed');
  process.stdout.write(`closed ${open.html_url}\n`);
});

function hasDrifted(file) {
  const word = fs.readFileSync(file, 'utf8').trim();
  if (word === 'true' || word === 'false') return word === 'true';
  throw new Error(`'drift' must be true or false, got '${word}'; see the job that plans`);
}

function withFile(text, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drift-'));
  try {
    const file = path.join(folder, 'body.md');
    fs.writeFileSync(file, text);
    return use(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
