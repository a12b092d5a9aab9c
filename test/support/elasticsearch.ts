/** The search engine for a spec file: the one at ELASTICSEARCH_URL, or an embedded one of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import type { Client } from "@elastic/elasticsearch";
import { cacheDirOf } from "../../bin/system/cache";
import { startElasticsearch } from "../../embedded/elasticsearch/elasticsearch";
import { createSearchClient } from "../../indexers/kernel/client";

export const START_WITHIN_MS = 240_000;

export interface SearchUnderTest {
  readonly client: Client;
  readonly url: string;
  /** A prefix of its own, so that a shared engine serves many runs. */
  readonly namespace: string;
  /** Drops the indices of the namespace, and stops the engine if it was started for this file. */
  stop(): Promise<void>;
}

async function engine(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["ELASTICSEARCH_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(path.join(tmpdir(), "stoa-search-"));
  const service = await startElasticsearch({ dataDir, cacheDir: cacheDirOf(process.env), log: () => undefined });
  const stop = async (): Promise<void> => {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: service.url, stop };
}

export async function searchUnderTest(): Promise<SearchUnderTest> {
  const { url, stop } = await engine();
  const client = createSearchClient(url);
  const namespace = `t${randomBytes(5).toString("hex")}`;
  return {
    client,
    url,
    namespace,
    async stop() {
      const found = await client.indices.getAlias({ index: `${namespace}-*` });
      for (const index of Object.keys(found)) await client.indices.delete({ index });
      await client.close();
      await stop();
    },
  };
}
