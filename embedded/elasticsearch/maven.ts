import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface MavenOrder {
  readonly pom: string;
  /** Folder for the jars. */
  readonly into: string;
  readonly javaHome: string;
  /** A store of Maven's own instead of the user's. */
  readonly storeDir?: string;
  readonly onLine: (line: string) => void;
}

const WITHIN_MS = 15 * 60_000;
const ERRORS_KEPT = 4;

/** Copies the jars that the pom names, fetching what Maven's store lacks. Rejects with what Maven says is wrong. */
export function runMaven(order: MavenOrder): Promise<void> {
  const store = order.storeDir === undefined ? [] : [`-Dmaven.repo.local=${order.storeDir}`];
  const args = ["-B", "-f", order.pom, ...store, "dependency:copy-dependencies", `-DoutputDirectory=${order.into}`];
  const errors: string[] = [];
  return new Promise((resolve, reject) => {
    const child = spawn("mvn", args, {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, JAVA_HOME: order.javaHome },
      timeout: WITHIN_MS,
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("[ERROR]") && errors.length < ERRORS_KEPT) errors.push(line.slice(8, 300));
      order.onLine(line);
    });
    child.on("error", () => reject(new Error("Maven could not be started: is `mvn` on PATH?")));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(failure(errors)));
    });
  });
}

function failure(errors: readonly string[]): string {
  const said = errors.filter((line) => line.trim() !== "").join("\n  ");
  return (
    "Maven could not fetch the search server's jars. What has arrived is kept, so a second try goes on from there; " +
    "without a network, set ELASTICSEARCH_URL to a server that runs elsewhere (docker compose up elasticsearch).\n  " +
    said
  );
}
