/** The search engine for a spec file, shared with the others: whoever uses it keeps to names of its own. */
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
  /** Drops the indices of the namespace. */
  stop(): Promise<void>;
}

/** Where a run of jest offers its one engine; set by engine-setup.ts. */
export const ENGINE_OFFER = "STOA_TEST_ENGINE";

export interface Engine {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const given = (url: string): Engine => ({ url, stop: () => Promise.resolve() });

/** Starts the run's engine when this is the first to ask. @throws Error with the reason why it does not start */
async function offered(offer: string): Promise<Engine> {
  const response = await fetch(offer);
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return given(said);
}

/**
 * @param heapMb for one that holds much; what an embedded one has when left out
 * @param folder where its data stays; when left out, it is gone with the engine
 */
export async function ownEngine(heapMb?: number, folder?: string): Promise<Engine> {
  const dataDir = folder ?? (await mkdtemp(path.join(tmpdir(), "stoa-search-")));
  const heap = heapMb === undefined ? {} : { heapMb };
  const service = await startElasticsearch({
    dataDir,
    cacheDir: cacheDirOf(process.env),
    log: () => undefined,
    ...heap,
  });
  const stop = async (): Promise<void> => {
    await service.stop();
    if (folder === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return { url: service.url, stop };
}

/** The engine that the environment names, else the one of this run, else one of its own (for benchmarks). */
export function engine(): Promise<Engine> {
  const { ELASTICSEARCH_URL: url, [ENGINE_OFFER]: offer } = process.env;
  if (url) return Promise.resolve(given(url));
  return offer ? offered(offer) : ownEngine();
}

/** For a mall in processes of its own: where it searches. */
export const searchingIn = ({ url, namespace }: SearchUnderTest): NodeJS.ProcessEnv => ({
  ELASTICSEARCH_URL: url,
  STOA_NAMESPACE: namespace,
});

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
      const indices = Object.keys(found);
      if (indices.length > 0) await client.indices.delete({ index: indices });
      await client.close();
      await stop();
    },
  };
}
