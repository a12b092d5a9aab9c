import type { RunFile } from "../../../../bin/folder/run-file";
import { chosen, searchUrlOf } from "../../../../bin/stores/places";
import { told } from "../../../../bin/stores/told";
import type { Row } from "../../../../models/kernel/row";

const run: RunFile = {
  url: "http://127.0.0.1:3000",
  main: { pid: 1, startedAt: null },
  pids: [],
  namespace: "mall",
  mongodbUrl: "mongodb://127.0.0.1:1",
  elasticsearchUrl: "http://127.0.0.1:2",
  natsUrl: "nats://127.0.0.1:3",
  redisUrl: null,
};

describe("where a mall keeps its things", () => {
  it("is where the running mall keeps them", () => {
    const { mongodbUrl, elasticsearchUrl, namespace } = chosen({}, run, "data");
    expect([mongodbUrl, elasticsearchUrl, namespace]).toEqual([run.mongodbUrl, run.elasticsearchUrl, "mall"]);
  });

  it("is what the environment names, each by itself; an empty variable names nothing", () => {
    const env = { MONGODB_URL: "mongodb://copy", ELASTICSEARCH_URL: "", STOA_NAMESPACE: "other" };
    const { mongodbUrl, elasticsearchUrl, namespace } = chosen(env, run, "data");
    expect([mongodbUrl, elasticsearchUrl, namespace]).toEqual(["mongodb://copy", run.elasticsearchUrl, "other"]);
  });

  it("is nowhere when nothing runs and nothing is named: a sentence says what to do", () => {
    expect(() => chosen({}, null, "data")).toThrow(/No mall runs on .*data\. Start it with `npm start`.*MONGODB_URL/);
    const places = chosen({ MONGODB_URL: "mongodb://copy" }, null, "data");
    expect(places.namespace).toBe("stoa");
    expect(() => searchUrlOf(places)).toThrow("set ELASTICSEARCH_URL");
  });

  it("has a namespace that can be one", () => {
    expect(() => chosen({ STOA_NAMESPACE: "No Name" }, run, "data")).toThrow("1 to 24 letters or digits");
  });
});

it("tells of every page that is read, and changes nothing of it", async () => {
  const page = [{ version: 1 }, { version: 2 }] as unknown as Row[];
  const read: number[] = [];
  const [source] = told(
    [{ scan: (_after: string, _limit: number) => Promise.resolve(page), aggregate: "product" }],
    (rows) => read.push(rows),
  );
  expect(await source?.scan("", 2)).toBe(page);
  expect(source?.aggregate).toBe("product");
  expect(read).toEqual([2]);
});
