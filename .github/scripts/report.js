const fs = require('node:fs');

const MARKER = '<!-- vault-platforms-review -->';
/** Whose comments and issues a workflow's token makes. */
const BOT = 'github-actions[bot]';
/** Characters of a comment and of an issue that GitHub takes. */
const LONGEST = 65_536;

/**
 * Reads a report that a job made which runs the code of a pull request: any file may lie there.
 *
 * @param {string} file
 * @throws {Error} where it is not a report as `npm run review` writes it
 */
function readReport(file) {
  const known = fs.lstatSync(file, { throwIfNoEntry: false });
  // Not the file that a link points to: it could be one of the runner's own.
  if (!known?.isFile()) throw new Error(`'report' must be a file, got none at ${file}; see the job 'review'`);
  // Four bytes are the longest character.
  if (known.size > 4 * LONGEST) throw tooLong(`${known.size} bytes`);
  const text = fs.readFileSync(file, 'utf8');
  if (text.length > LONGEST) throw tooLong(`${text.length}`);
  if (firstLine(text) !== MARKER || text.includes('\0')) {
    throw new Error(
      `'report' must be text that begins with ${MARKER}, got something else; see the job 'review'`,
    );
  }
  return text;
}

function tooLong(got) {
  return new Error(
    `'report' must have ${LONGEST} characters at most, got ${got}; give --limit to npm run review`,
  );
}

/**
 * Whether a workflow of this repository wrote a comment or an issue, and which. The marker alone proves nothing:
 * everybody can write it.
 *
 * @param {{ user?: { login: string, type: string }, body?: string }} one
 * @param {string} marker
 */
function isOurs({ user, body }, marker) {
  return user?.login === BOT && user.type === 'Bot' && firstLine(body ?? '') === marker;
}

/** GitHub keeps the line ends that a browser sent. */
function firstLine(text) {
  return text.split(/\r?\n/, 1)[0];
}

module.exports = { LONGEST, MARKER, isOurs, readReport };
