/** The step of `npm run verify` that asks for known weaknesses, with an npm that answers as it is told to. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectRoot } from "../../../embedded/root";

function audited(answer: string): { readonly code: number | null; readonly said: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "stoa-audit-"));
  try {
    writeFileSync(path.join(folder, "npm"), `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit 1\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const script = path.join(projectRoot(), "bin/bootstrap/audit.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: "utf8" });
    return { code: status, said: stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const known = (severity: string): string =>
  JSON.stringify({ vulnerabilities: { thing: { name: "thing", severity, range: "<2.0.0" } } });

test.each(["high", "critical"])("a %s weakness of a dependency fails, and is named", (severity) => {
  const { code, said } = audited(known(severity));
  expect([code, said.split("\n")[0]]).toEqual([1, `thing <2.0.0 has a ${severity} weakness`]);
});

test("lesser ones do not", () => expect(audited(known("moderate"))).toEqual({ code: 0, said: "" }));

test.each([
  ['{"message":"405 Method Not Allowed"}', "405 Method Not Allowed"],
  ["not JSON", "no answer"],
])("a registry that answers %s is told, and fails nothing", (answer, why) => {
  const said = `The registry did not say which weaknesses are known: ${why}.\n`;
  expect(audited(answer)).toEqual({ code: 0, said });
});
