// A search server of a test lives for a minute: what its second compiler would win later costs half of its CPU now.
process.env.JDK_JAVA_OPTIONS ??= "-XX:TieredStopAtLevel=1";

// One jest project per kind of test, so that `npm test -- unit` runs one kind. Each kind has its own time limit.
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

// One search engine for all specs of a run, started when the first of them asks for it.
const engine = {
  globalSetup: "<rootDir>/test/support/engine-setup.ts",
  globalTeardown: "<rootDir>/test/support/engine-teardown.ts",
};

const built = { ...engine, globalSetup: "<rootDir>/test/support/system-setup.ts" };

// Who watches changes modules while a worker remembers them: then everything is loaded anew, as jest would.
const watching = process.argv.some((arg) => arg.startsWith("--watch"));
const shared = {
  runtime: "<rootDir>/test/support/shared-modules.js",
  testEnvironment: "<rootDir>/test/support/one-realm.js",
};

const kind = (name, more = {}) => ({
  displayName: name,
  rootDir: __dirname,
  ...(watching ? {} : shared),
  testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform,
  ...more,
});

module.exports = {
  projects: [
    kind("unit"),
    kind("architecture"),
    kind("contract", engine),
    kind("integration", engine),
    kind("system", built),
    kind("timed", built),
  ],
  testSequencer: "<rootDir>/test/support/longest-first.js",
  // a third of a spec's time is waiting for services: three at a time keep two cores busy
  maxWorkers: 3,
  testTimeout: 60_000,
};
