// Finds stripe-mock, Stripe's own server for tests, and has Go build it where there is Go. The mall never needs it:
// only the suite of the Stripe provider does, so its absence stops nothing else.
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { natsFolders } from "../../embedded/nats/binary";
import { has, install } from "./packages";

export const STRIPE_MOCK_MODULE = "github.com/stripe/stripe-mock@latest";

type Env = Readonly<Record<string, string | undefined>>;

export interface StripeMockRequest {
  readonly env: Env;
  readonly cacheDir: string;
  readonly log: (line: string) => void;
}

/** What to type, with Go: the build goes where it is looked for. */
export const getStripeMock = (cacheDir: string): string =>
  `GOBIN=${path.resolve(cacheDir, "bin")} go install ${STRIPE_MOCK_MODULE}`;

const foldersOf = (env: Env, cacheDir: string): string[] => [
  ...natsFolders(env, cacheDir),
  ...(env["GOPATH"] ?? "").split(path.delimiter).flatMap((folder) => (folder === "" ? [] : [path.join(folder, "bin")])),
];

/** The first stripe-mock that may be run; undefined when there is none. */
export async function findStripeMock(env: Env, cacheDir: string): Promise<string | undefined> {
  for (const folder of new Set(foldersOf(env, cacheDir))) {
    const file = path.join(folder, "stripe-mock");
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}

/** Never fails: what is missing is told, and told again by the suite that needs it. */
export async function provideStripeMock({ env, cacheDir, log }: StripeMockRequest): Promise<void> {
  if ((await findStripeMock(env, cacheDir)) !== undefined) return;
  if (!(await has("go", ["version"]))) {
    const what = "stripe-mock is missing, and so is Go, which builds it: the suite of the Stripe provider will fail";
    log(`${what}. Install Go (https://go.dev/dl), then: ${getStripeMock(cacheDir)}`);
    return;
  }
  log("stripe-mock is missing; installing it with go");
  const go = { manager: "go", commands: [["go", "install", STRIPE_MOCK_MODULE]] } as const;
  await install({ ...go, env: { GOBIN: path.resolve(cacheDir, "bin") } }, log).catch((fault: unknown) =>
    log(String(fault)),
  );
}
