/** Ends every run with the count of skipped tests and why each was skipped, so that nobody takes silence for success. */
module.exports = class SkippedReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((file) =>
      file.testResults.filter(({ status }) => status === 'pending' || status === 'skipped'),
    );
    for (const { fullName } of skipped) process.stderr.write(`skipped: ${fullName}\n`);
    process.stderr.write(
      `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${results.numPendingTests} skipped\n`,
    );
  }
};
