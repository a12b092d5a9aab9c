// Lets node run the sources as they are now, not as they were built: `node -r test/support/from-source.js bin/stoa.ts`.
const { readFileSync } = require("node:fs");
const { transformSync } = require("@swc/core");

const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } };
require.extensions[".ts"] = (module, file) =>
  module._compile(transformSync(readFileSync(file, "utf8"), { ...options, filename: file }).code, file);
