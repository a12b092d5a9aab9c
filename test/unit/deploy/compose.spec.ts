/** What `docker compose up` brings up fits together, as far as the file tells: nothing here runs it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { SERVER_VERSION } from "../../../embedded/elasticsearch/jars";
import { readConfig } from "../../../moleculer.config";

const ROOT = path.join(__dirname, "../../..");
const text = readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8");

/** What stands under a heading at the margin. */
const under = (heading: string): string => text.split(`\n${heading}:\n`)[1]?.split(/^\S/m)[0] ?? "";
/** The lines of each service, by its name. */
const services: ReadonlyMap<string, string> = new Map(
  [...under("services").matchAll(/^ {2}([\w-]+):\n((?: {3,}.*\n|\n)*)/gm)].map(([, name = "", lines = ""]) => [
    name,
    lines,
  ]),
);
const all = (pattern: RegExp, within = text): string[] => [...within.matchAll(pattern)].map(([, found = ""]) => found);

test("each service is found, and starts after services that there are, once those are well", () => {
  expect([...services.keys()]).toEqual([
    ...["mongodb", "elasticsearch", "kibana", "kibana-dashboards", "nats", "redis", "mall"],
  ]);
  const awaited = [...text.matchAll(/^ {6}([\w-]+): \{ condition: (\w+) \}/gm)];
  expect(awaited).toHaveLength(6);
  for (const [, name = "", condition] of awaited) {
    expect([name, services.has(name)]).toEqual([name, true]);
    if (condition === "service_healthy") expect(services.get(name)).toContain("healthcheck:");
  }
});

test("engine and Kibana have the version of the embedded engine", () => {
  const version = SERVER_VERSION.replaceAll(".", "\\.");
  expect(text).toMatch(new RegExp(`image: docker.elastic.co/elasticsearch/elasticsearch:${version}$`, "m"));
  expect(text).toMatch(new RegExp(`image: docker.elastic.co/kibana/kibana:${version}$`, "m"));
});

test("the mall is told what it asks for", () => {
  const lines = services.get("mall") ?? "";
  const settings = [...lines.matchAll(/^ {6}([A-Z_]+): (\S+)$/gm)];
  const env = Object.fromEntries(settings.map(([, name = "", value = ""]): [string, string] => [name, value]));
  const config = readConfig({ ...env, STOA_SECRET: "a secret of the tests, long enough to sign" });
  const { mongodbUrl, elasticsearchUrl, natsUrl, redisUrl, publicUrl } = config;
  const urls = [mongodbUrl, elasticsearchUrl, natsUrl, redisUrl ?? ""];
  expect(urls.map((url) => services.has(new URL(url).hostname))).toEqual([true, true, true, true]);
  expect(all(/^ {4}ports: \["127\.0\.0\.1:(\d+):\d+"\]$/gm)).toContain(new URL(publicUrl).port);
});

test("folders of the project that are lent are there, and what is kept is declared", () => {
  const lent = all(/"\.\/([\w/]+):/g);
  expect(lent).toEqual(["kibana"]);
  expect(lent.filter((folder) => !existsSync(path.join(ROOT, folder)))).toEqual([]);
  const kept = all(/volumes: \["(\w+):/g).sort();
  expect(all(/^ {2}(\w+):$/gm, under("volumes")).sort()).toEqual(kept);
});

test("nothing is open to other machines", () => {
  expect(all(/^ {4}ports: \["([\d.]+):/gm)).toEqual(all(/^ {4}(ports):/gm).map(() => "127.0.0.1"));
});
