// One jest project per kind of test, so that `npm test -- unit` runs one kind. Each kind has its own time limit.
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

const kind = (name, more = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: "node",
  testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform,
  ...more,
});

module.exports = {
  projects: [
    kind("unit"),
    kind("architecture"),
    kind("contract"),
    kind("integration"),
    kind("system", { globalSetup: "<rootDir>/test/support/build-first.mjs" }),
  ],
  testTimeout: 60_000,
};
