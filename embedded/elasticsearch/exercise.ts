/**
 * Uses the server the way the mall does (an index with analysis, a bulk, a search with facets), so that the archive of
 * classes holds what a first request would load. Rejects when the server does not answer as it should.
 */
export async function exercise(url: string): Promise<void> {
  await ask(`${url}/exercise`, "PUT", JSON.stringify({ settings, mappings }));
  const lines = [1, 2, 3].flatMap((id) => [
    { index: { _index: "exercise", _id: String(id), version: id, version_type: "external" } },
    { title: `Running shoe ${id}`, brand: "Stoa", priceMinor: id * 100 },
  ]);
  await ask(`${url}/_bulk?refresh=true`, "POST", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await ask(`${url}/exercise/_search`, "POST", JSON.stringify(search));
  await ask(`${url}/exercise/_doc/1`, "GET");
}

const settings = {
  number_of_shards: 1,
  number_of_replicas: 0,
  analysis: {
    analyzer: { folded: { type: "custom", tokenizer: "standard", filter: ["lowercase", "asciifolding"] } },
  },
};

const mappings = {
  dynamic: "strict",
  properties: {
    title: { type: "text", analyzer: "folded" },
    brand: { type: "keyword" },
    priceMinor: { type: "long" },
  },
};

const search = {
  query: { bool: { must: [{ match: { title: "shoe" } }], filter: [{ range: { priceMinor: { gte: 100 } } }] } },
  aggs: { brand: { terms: { field: "brand" } } },
  sort: ["_score", { priceMinor: "asc" }],
};

async function ask(url: string, method: string, body?: string): Promise<void> {
  const type = url.includes("_bulk") ? "application/x-ndjson" : "application/json";
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body, headers: { "content-type": type } }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the search server answered ${response.status} to ${method} ${url}: ${answer}`);
}
