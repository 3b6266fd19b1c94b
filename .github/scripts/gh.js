const { spawnSync } = require('node:child_process');

// A page of comments of the greatest length that GitHub takes.
const MOST_OUTPUT_BYTES = 2 ** 28;

/**
 * Asks GitHub's API by its own command line, which has the token from `GH_TOKEN`.
 *
 * @param {readonly string[]} args of `gh api`
 * @returns {any} the answer; nothing where it has no body
 * @throws {Error} with what GitHub said, in one line
 */
function api(...args) {
  const { error, status, stdout, stderr } = spawnSync('gh', ['api', ...args], {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  if (error) throw new Error(`'gh' must be a program of the runner, got ${error.message}; install it`);
  if (status !== 0) {
    // Of a failure stderr has one line, and stdout the answer's body.
    const reason = stderr.trim().split('\n').at(-1) || `exit code ${status}`;
    throw new Error(`'gh api' must be answered, got ${reason} for ${args.find((arg) => arg.includes('/'))}`);
  }
  return stdout.trim() === '' ? undefined : JSON.parse(stdout);
}

/**
 * All pages of a list.
 *
 * @param {string} path
 * @param {string} [key] of the list, where a page is an object
 * @returns {any[]}
 */
function list(path, key) {
  const separator = path.includes('?') ? '&' : '?';
  const pages = api('--paginate', '--slurp', `${path}${separator}per_page=100`);
  return pages.flatMap((page) => (key ? page[key] : page));
}

/** Runs a script's main function; what it throws is shown where GitHub shows annotations, and ends it with 1. */
function main(run) {
  try {
    run();
  } catch ({ message }) {
    // GitHub's commands end with the line, and a carriage return ends one too: what comes after it would be another one.
    const inOneLine = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    process.stdout.write(`::error::${inOneLine}\n`);
    process.exitCode = 1;
  }
}

/**
 * A variable that the workflow gives.
 *
 * @param {string} name
 * @param {RegExp} form of the whole value
 */
function variable(name, form) {
  const value = process.env[name] ?? '';
  if (form.test(value)) return value;
  throw new Error(`'${name}' must look like ${form.source}, got '${value}'; give it in 'env' of the step`);
}

const repository = () => variable('REPOSITORY', /^[\w.-]+\/[\w.-]+$/);
const pullRequest = () => variable('PULL_REQUEST', /^[1-9]\d*$/);

module.exports = { api, list, main, pullRequest, repository, variable };
