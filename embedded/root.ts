import { existsSync } from "node:fs";
import path from "node:path";

/** The project's folder, from a source file as well as from its build in dist/: files that are not built stay there. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, "package.json"))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`no package.json above ${__dirname}: run from a checkout of the project`);
    folder = above;
  }
  return folder;
}
