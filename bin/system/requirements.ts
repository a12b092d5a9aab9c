// Finds what the embedded services need from the system, and installs what is missing where that is allowed. Nothing is
// looked for when a URL in the environment says that the service runs elsewhere.
import path from "node:path";
import { elasticsearchSources } from "../../embedded/elasticsearch/elasticsearch";
import { badJars, jarsDir, lockOf } from "../../embedded/elasticsearch/jars";
import { findJdk, JDK_VERSION_MIN, type Jdk } from "../../embedded/elasticsearch/jdk";
import { findNatsServer, NATS_MODULE } from "../../embedded/nats/binary";
import { MissingRequirement, roundElasticsearch, roundNats } from "./missing";
import { aptCommands, has, install, mayRun, offeredByApt, typed, type Installer, type Permission } from "./packages";

export interface Request {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cacheDir: string;
  readonly permission: Permission;
  readonly log: (line: string) => void;
}

export interface Requirements {
  /** Undefined when ELASTICSEARCH_URL is set. */
  readonly jdk?: Jdk;
  /** Undefined when NATS_URL is set. */
  readonly natsServer?: string;
}

const JDK_PACKAGES = [25, 24, 23, 22, 21].map((major) => `openjdk-${major}-jdk-headless`);

/** Everything that is needed here, found or installed. Rejects with MissingRequirement, which says what to type. */
export async function provideRequirements(request: Request): Promise<Requirements> {
  const { env } = request;
  const natsServer = env.NATS_URL ? undefined : await provideNats(request);
  const jdk = env.ELASTICSEARCH_URL ? undefined : await provideJdk(request);
  if (jdk !== undefined) await provideMaven(request);
  return { ...(jdk === undefined ? {} : { jdk }), ...(natsServer === undefined ? {} : { natsServer }) };
}

interface Need<T> {
  readonly what: string;
  readonly purpose: string;
  readonly wayRound: string;
  readonly find: () => Promise<T | undefined>;
  /** What to type where this system has no way that we know. */
  readonly otherwise: readonly string[];
  /** Ways to get it that exist on this system, the best first. */
  readonly installers: () => Promise<Installer[]>;
}

async function provide<T>(need: Need<T>, request: Request): Promise<T> {
  const found = await need.find();
  if (found !== undefined) return found;
  const ways = await need.installers();
  for (const way of ways.filter(({ manager }) => mayRun(manager, request.permission))) {
    request.log(`${need.what} is missing; installing it with ${way.manager}`);
    await install(way, request.log).catch((fault: unknown) => request.log(String(fault)));
    const installed = await need.find();
    if (installed !== undefined) return installed;
  }
  const hint = ways.length > 0 ? "Give --yes to have that done. " : "";
  throw new MissingRequirement({
    what: need.what,
    purpose: need.purpose,
    commands: ways.length > 0 ? ways.slice(0, 1).flatMap(typed) : need.otherwise,
    wayRound: hint + need.wayRound,
  });
}

const provideNats = (request: Request) =>
  provide(
    {
      what: "nats-server",
      purpose: "it carries what has happened from the histories to search (JetStream)",
      wayRound: roundNats,
      otherwise: [`GOBIN=${path.resolve(request.cacheDir, "bin")} go install ${NATS_MODULE}`],
      find: () => findNatsServer(request.env, request.cacheDir),
      installers: () => natsInstallers(request),
    },
    request,
  );

async function natsInstallers({ cacheDir, permission }: Request): Promise<Installer[]> {
  const ways: Installer[] = [];
  if (await offeredByApt(["nats-server"], permission))
    ways.push({ manager: "apt", commands: aptCommands(["nats-server"], permission.isRoot) });
  if (await has("go", ["version"]))
    ways.push({
      manager: "go",
      commands: [["go", "install", NATS_MODULE]],
      env: { GOBIN: path.resolve(cacheDir, "bin") },
    });
  if (await has("brew", ["--version"])) ways.push({ manager: "brew", commands: [["brew", "install", "nats-server"]] });
  return ways;
}

const provideJdk = (request: Request) =>
  provide(
    {
      what: `A Java development kit (JDK) of version ${JDK_VERSION_MIN} or later`,
      purpose: "the search server runs on it (looked for in JAVA_HOME, on PATH and in the usual folders)",
      wayRound: `Any JDK will do, from wherever: unpack it and set JAVA_HOME to its folder. ${roundElasticsearch}`,
      otherwise: ["export JAVA_HOME=/folder/of/an/unpacked/jdk"],
      find: () => findJdk(request.env),
      installers: async () => {
        const name = await offeredByApt(JDK_PACKAGES, request.permission);
        const ways: Installer[] = [];
        if (name !== undefined) ways.push({ manager: "apt", commands: aptCommands([name], request.permission.isRoot) });
        if (await has("brew", ["--version"]))
          ways.push({ manager: "brew", commands: [["brew", "install", "openjdk"]] });
        return ways;
      },
    },
    request,
  );

/** Maven only fetches: with the jars in the cache it is not asked for. */
async function provideMaven(request: Request): Promise<void> {
  const sourceDir = elasticsearchSources();
  const jars = await jarsDir({ sourceDir, cacheDir: request.cacheDir });
  if ((await badJars(jars, await lockOf(sourceDir))).length === 0) return;
  await provide(
    {
      what: "Maven (mvn)",
      purpose: "it fetches the search server's jars, once",
      wayRound: roundElasticsearch,
      otherwise: ["sudo apt-get install -y maven   # or the package of that name on your system"],
      find: async () => ((await has("mvn", ["-version"])) ? true : undefined),
      installers: async () => {
        const ways: Installer[] = [];
        if (await offeredByApt(["maven"], request.permission))
          ways.push({ manager: "apt", commands: aptCommands(["maven"], request.permission.isRoot) });
        if (await has("brew", ["--version"])) ways.push({ manager: "brew", commands: [["brew", "install", "maven"]] });
        return ways;
      },
    },
    request,
  );
}
