// Published as ECMAScript modules alone, which jest cannot load.
const MODULES = '(age-encryption|@noble|@scure)/';

const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
  [`node_modules/${MODULES}.+\\.js$`]: [
    '@swc/jest',
    { jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};
const transformIgnorePatterns = [`node_modules/(?!${MODULES})`];

/** Unit tests run everywhere; acceptance tests deploy for real and skip where parts are missing. */
module.exports = {
  reporters: ['default', '<rootDir>/test/skipped-reporter.js'],
  projects: [
    {
      displayName: 'unit',
      transform,
      transformIgnorePatterns,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/acceptance/'],
      modulePathIgnorePatterns: ['<rootDir>/cdktf.out'],
      setupFiles: ['<rootDir>/test/setup.js'],
    },
    {
      displayName: 'acceptance',
      transform,
      transformIgnorePatterns,
      testMatch: ['<rootDir>/test/acceptance/**/*.test.ts'],
      modulePathIgnorePatterns: ['<rootDir>/cdktf.out'],
    },
  ],
};
