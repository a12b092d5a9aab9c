/** System tests run the build: it is brought up to date before the first of them. Most share one search engine. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../embedded/root";
import offerEngine from "./engine-setup";

export default async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(projectRoot(), "bin/build.mjs")]);
  await offerEngine();
}
