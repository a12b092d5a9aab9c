import { fork } from "node:child_process";
import { access, copyFile, mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, type estypes } from "@elastic/elasticsearch";
import { prepareElasticsearch, startElasticsearch } from "../../../embedded/elasticsearch/elasticsearch";
import type { Service } from "../../../embedded/service";
import { cacheDirOf } from "../../../bin/system/cache";
import { eventually } from "../../support/eventually";

const START_WITHIN_MS = 180_000;

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The prepared server under another roof, with the archive of its start cut short, as a full disk leaves it. */
async function damaged(cacheDir: string): Promise<{ readonly cacheDir: string; readonly archive: string }> {
  const { app } = await prepareElasticsearch({ cacheDir: cacheDirOf(process.env), log: () => undefined });
  const [launcher = "", jar = ""] = app.classPath;
  const folderOf = (file: string) => path.join(cacheDir, "elasticsearch", path.basename(path.dirname(file)));
  await mkdir(folderOf(launcher), { recursive: true });
  await symlink(path.dirname(jar), folderOf(jar));
  await copyFile(launcher, path.join(folderOf(launcher), path.basename(launcher)));
  const whole = await open(app.archive);
  const { buffer } = await whole.read(Buffer.alloc(1 << 20));
  await whole.close();
  const archive = path.join(folderOf(launcher), path.basename(app.archive));
  await writeFile(archive, buffer);
  return { cacheDir, archive };
}

const accepted = (items: estypes.BulkResponse["items"]) =>
  items.flatMap(({ index }) => (index?._id && index.status < 300 ? [index._id] : []));

const tokens = async (client: Client, analyzer: string, text: string) =>
  (await client.indices.analyze({ analyzer, text })).tokens?.map(({ token }) => token);

describe("the embedded search server", () => {
  let dataDir: string;
  let service: Service;
  let client: Client;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "stoa-search-"));
    await start();
  }, START_WITHIN_MS);

  afterAll(async () => {
    await client.close();
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, START_WITHIN_MS);

  async function start(): Promise<void> {
    service = await startElasticsearch({ dataDir, cacheDir: cacheDirOf(process.env), log: () => undefined });
    client = new Client({ node: service.url, maxRetries: 0, requestTimeout: 30_000 });
  }

  it("is known by the unmodified client", async () => {
    expect((await client.info()).version.number).toMatch(/^9\./);
  });

  it("finds what was put in, folded and stemmed as its settings say", async () => {
    await client.indices.create({
      index: "shoes",
      settings: {
        number_of_replicas: 0,
        analysis: {
          filter: {
            stems: { type: "stemmer", language: "english" },
            same: { type: "synonym_graph", synonyms: ["sneaker => shoe"] },
          },
          analyzer: {
            kept: { type: "custom", tokenizer: "standard", filter: ["lowercase", "asciifolding", "stems"] },
            asked: { type: "custom", tokenizer: "standard", filter: ["lowercase", "asciifolding", "same", "stems"] },
          },
        },
      },
      mappings: { properties: { title: { type: "text", analyzer: "kept", search_analyzer: "asked" } } },
    });
    await client.index({ index: "shoes", id: "a", document: { title: "Détente Running Shoes" }, refresh: true });
    for (const query of ["detente", "runs", "SNEAKER"]) {
      const { hits } = await client.search({ index: "shoes", query: { match: { title: query } } });
      expect(hits.hits.map(({ _id }) => _id)).toEqual(["a"]);
    }
  });

  it("knows Korean and Japanese words", async () => {
    expect(await tokens(client, "nori", "무선 이어폰을")).toEqual(["무선", "이어폰"]);
    expect(await tokens(client, "kuromoji", "東京都の本屋")).toEqual(["東京", "都", "本屋"]);
  });

  it("does not take garbage for memory that searches need", async () => {
    const { nodes } = await client.nodes.stats({ metric: ["breaker", "jvm"] });
    const [node] = Object.values(nodes);
    const heap = node?.jvm?.mem?.heap_used_in_bytes ?? 0;
    expect(heap).toBeGreaterThan(20_000_000);
    expect(node?.breakers?.["parent"]?.estimated_size_in_bytes).toBeLessThan(heap / 4);
  });

  it("refuses an index that nobody defined", async () => {
    await expect(client.index({ index: "typo", document: {} })).rejects.toMatchObject({ statusCode: 404 });
  });

  it(
    "loses no acknowledged document to a kill -9 in the middle of bulks",
    async () => {
      await client.indices.create({ index: "crash", settings: { number_of_replicas: 0 } });
      const acknowledged: string[] = [];
      await Promise.all([0, 1, 2].map((writer) => write(client, writer, acknowledged)));
      expect(await service.exited).toEqual({ code: null, signal: "SIGKILL" });
      expect(acknowledged.length).toBeGreaterThan(500);
      await client.close();

      await start();
      const found = new Set<string>();
      for (let from = 0; from < acknowledged.length; from += 500) {
        const ids = acknowledged.slice(from, from + 500);
        const { docs } = await client.mget({ index: "crash", ids, _source: false });
        for (const doc of docs) if ("found" in doc && doc.found) found.add(doc._id);
      }
      expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
      await expect(put(client, acknowledged[0] ?? "", 6)).rejects.toMatchObject({ statusCode: 409 });
    },
    START_WITHIN_MS,
  );

  /** Writes until the server is gone; what it kills is the server, once enough was acknowledged to be lost. */
  async function write(to: Client, writer: number, acknowledged: string[]): Promise<void> {
    for (let batch = 0; batch < 10_000; batch++) {
      const ids = Array.from({ length: 20 }, (_, at) => `${writer}-${batch}-${at}`);
      const operations = ids.flatMap((id) => [
        { index: { _index: "crash", _id: id, version: 7, version_type: "external" as const } },
        { title: id },
      ]);
      const result = await to.bulk({ operations }).catch(() => undefined);
      if (result === undefined) return;
      acknowledged.push(...accepted(result.items));
      if (acknowledged.length > 1_000 && isAlive(service.pid)) process.kill(service.pid, "SIGKILL");
    }
  }

  const put = (to: Client, id: string, version: number) =>
    to.index({ index: "crash", id, document: {}, version, version_type: "external" });

  it(
    "goes with its parent, however that died, and leaves its folder to the next, though its archive be damaged",
    async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "stoa-search-"));
      const parent = fork(path.join(__dirname, "../../support/parent-of-services.js"), ["elasticsearch", folder], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      const pid = await new Promise<number>((resolve, reject) => {
        parent.once("message", (message) => resolve(Number(message)));
        parent.once("exit", (code) => reject(new Error(`the parent ended with ${code ?? "a signal"}`)));
      });
      parent.kill("SIGKILL");
      // at once, while the orphan still closes its indices: the lock on the folder is waited for
      const { cacheDir, archive } = await damaged(path.join(folder, "cache"));
      const said: string[] = [];
      const next = await startElasticsearch({ dataDir: folder, cacheDir, log: (line) => said.push(line) });
      expect(said.filter((line) => line.includes("prepared of its start is damaged"))).toHaveLength(1);
      await expect(access(archive)).rejects.toThrow("ENOENT");
      await eventually("the orphan to go with its parent", () => !isAlive(pid), { timeoutMs: 20_000 });
      await next.stop();
      expect(isAlive(next.pid)).toBe(false);
      await rm(folder, { recursive: true, force: true });
    },
    START_WITHIN_MS,
  );
});
