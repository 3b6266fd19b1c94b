// Prints the digests of the plans that would change something, as a step's output.
// usage: node plan-digests.js REPORT.json >> "$GITHUB_OUTPUT"
const fs = require('node:fs');

const { plans } = JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8'));
if (!Array.isArray(plans) || plans.length === 0) {
  throw new Error(
    "'plans' must be those of the report, got none; give --plan and --format json to npm run review",
  );
}
for (const { stack, digest, isEmpty, hasErrored } of plans) {
  if (hasErrored === true)
    throw new Error(`plan of ${stack} must be whole, got an errored one; see npm run plan`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest) || typeof isEmpty !== 'boolean') {
    throw new Error(
      `plan of ${stack} must have a digest, and say whether it is empty, got '${digest}', ${isEmpty}`,
    );
  }
}
const digests = plans.filter(({ isEmpty }) => !isEmpty).map(({ digest }) => digest);
process.stdout.write(`digests=${digests.join(' ')}\n`);
