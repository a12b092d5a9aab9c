/**
 * Where a mall keeps its things: what the environment names, and for the rest what the running mall of the data folder
 * uses. The environment comes first, as it does for `stoa start`: so a copy elsewhere can be looked at as well.
 */
import path from "node:path";
import { runningMall, type RunFile } from "../folder/run-file";
import { Sentence } from "../terminal/sentence";

export interface Places {
  readonly dataDir: string;
  readonly namespace: string;
  readonly mongodbUrl: string;
  /** Null when nothing names one; see `searchUrlOf`. */
  readonly elasticsearchUrl: string | null;
  /** Null when nothing names one: what is on its way cannot be told then. */
  readonly natsUrl: string | null;
}

type Env = Readonly<Record<string, string | undefined>>;

const NAMESPACE = /^[a-z][a-z0-9]{0,23}$/;

const nothing = (dataDir: string, variable: string): Sentence =>
  new Sentence(
    `No mall runs on ${path.resolve(dataDir)}. Start it with \`npm start\`, name its folder with --data, ` +
      `or set ${variable} (and STOA_NAMESPACE, where it is not "stoa").`,
  );

/** Empty is as good as unset. */
const firstOf = (...texts: readonly (string | undefined)[]): string | undefined => texts.find((text) => text);

const searchAndNats = (env: Env, run: RunFile | null): Pick<Places, "elasticsearchUrl" | "natsUrl"> => ({
  elasticsearchUrl: firstOf(env["ELASTICSEARCH_URL"], run?.elasticsearchUrl) ?? null,
  natsUrl: firstOf(env["NATS_URL"], run?.natsUrl) ?? null,
});

/** Pure. @throws Sentence that says what to start or to set */
export function chosen(env: Env, run: RunFile | null, dataDir: string): Places {
  const mongodbUrl = firstOf(env["MONGODB_URL"], run?.mongodbUrl);
  if (mongodbUrl === undefined) throw nothing(dataDir, "MONGODB_URL");
  const namespace = firstOf(env["STOA_NAMESPACE"], run?.namespace) ?? "stoa";
  if (!NAMESPACE.test(namespace)) throw new Sentence(`STOA_NAMESPACE is "${namespace}": 1 to 24 letters or digits.`);
  return { dataDir, namespace, mongodbUrl, ...searchAndNats(env, run) };
}

/** @throws Sentence when no mall runs and no URL is set */
export const placesOf = async (dataDir: string, env: Env): Promise<Places> =>
  chosen(env, await runningMall(dataDir), dataDir);

/** @throws Sentence */
export function searchUrlOf({ elasticsearchUrl, dataDir }: Places): string {
  if (elasticsearchUrl === null) throw nothing(dataDir, "ELASTICSEARCH_URL");
  return elasticsearchUrl;
}
