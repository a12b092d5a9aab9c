// A process that starts one embedded service and tells its pid, for tests that kill the parent.
// Usage: fork(this, ["nats" | "elasticsearch", DATA_FOLDER]) with NATS_BINARY where nats is meant.
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { transformSync } = require("@swc/core");

// the sources as they are now, not as they were built: this process is no part of jest
const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } };
require.extensions[".ts"] = (module, file) =>
  module._compile(transformSync(readFileSync(file, "utf8"), { ...options, filename: file }).code, file);

const source = (...parts) => require(path.join(__dirname, "../..", ...parts));
const [kind, dataDir] = process.argv.slice(2);

const starts = {
  nats: () => source("embedded/nats/nats.ts").startNats({ dataDir, binary: process.env.NATS_BINARY, log() {} }),
  elasticsearch: () =>
    source("embedded/elasticsearch/elasticsearch.ts").startElasticsearch({
      dataDir,
      cacheDir: source("bin/system/cache.ts").cacheDirOf(process.env),
      log() {},
    }),
};

starts[kind]().then(
  (service) => process.send(service.pid),
  (fault) => {
    console.error(fault);
    process.exit(1);
  },
);
