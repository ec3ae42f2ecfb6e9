/** All projects load TypeScript as ES modules, as Node does. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' }, // as .swcrc says, and as the build does
  // Our own specifiers end in .js and mean a .ts file; those inside packages mean what they say.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'] },
};

/** On a real Postgres, which all test files of a run share. */
const withPostgres = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    { ...withPostgres, displayName: 'journey', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
    // `npm run test:faults`; not part of `npm test`.
    { ...withPostgres, displayName: 'faults', testMatch: ['<rootDir>/test/faults/*.fault-spec.ts'] },
  ],
  testTimeout: 60_000,
  maxWorkers: 2,
};
