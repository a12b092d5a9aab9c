/**
 * Bulk writes, bounded in documents and bytes. The engine answers item by item; what became of each is told here in
 * three words, and a refused item is an error that names the document and the engine's reason.
 */
import type { Client } from "@elastic/elasticsearch";
import { isOverloaded, reaching, SearchUnavailable } from "./client";

const DOCUMENTS_MAX = 500;
const BYTES_MAX = 4 * 1024 * 1024;
const FAILURES_TOLD = 5;

export interface Operation {
  readonly id: string;
  /** The action's line and the document's line. */
  readonly action: string;
  readonly document: string;
}

export interface Written {
  readonly id: string;
  /** `conflict`: the engine holds another version than the operation asked for. */
  readonly outcome: "written" | "conflict" | "refused";
  readonly seqNo: number;
  readonly primaryTerm: number;
  readonly status: number;
  readonly reason: string;
}

export interface Failure {
  readonly id: string;
  readonly reason: string;
}

/** Documents that the engine, or the fold, refuses: asking again would only repeat it. */
export class IndexingRefused extends Error {
  override readonly name = "IndexingRefused";
  readonly retryable = false;

  constructor(
    index: string,
    readonly failures: readonly Failure[],
  ) {
    const told = failures.slice(0, FAILURES_TOLD).map(({ id, reason }) => `${id}: ${reason}`);
    const more = failures.length > FAILURES_TOLD ? ` and ${failures.length - FAILURES_TOLD} more` : "";
    super(`${index} refused ${failures.length} document(s): ${told.join("; ")}${more}`);
  }
}

const sizeOf = ({ action, document }: Operation): number => action.length + document.length;

/** Cut so that no bulk exceeds either bound; a document larger than the bound goes alone. */
export function* chunked(operations: readonly Operation[]): Generator<readonly Operation[]> {
  let chunk: Operation[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const size = sizeOf(operation);
    if (chunk.length > 0 && (chunk.length >= DOCUMENTS_MAX || bytes + size > BYTES_MAX)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(operation);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

const CONFLICT = 409;

/** One result per operation, in order. @throws SearchUnavailable when the engine cannot take writes now */
export async function sendBulk(client: Client, index: string, operations: readonly Operation[]): Promise<Written[]> {
  const written: Written[] = [];
  for (const chunk of chunked(operations)) written.push(...(await sendChunk(client, index, chunk)));
  return written;
}

async function sendChunk(client: Client, index: string, chunk: readonly Operation[]): Promise<Written[]> {
  const { items } = await reaching(`write to ${index}`, () =>
    client.bulk({
      index,
      operations: chunk.flatMap(({ action, document }) => [action, document]),
      filter_path: ["items.*.status", "items.*._seq_no", "items.*._primary_term", "items.*.error"],
    }),
  );
  return chunk.map(({ id }, i) => {
    const item = items[i]?.index ?? items[i]?.create;
    const status = item?.status ?? 0;
    const reason = [item?.error?.type, item?.error?.reason, item?.error?.caused_by?.reason].filter(Boolean).join(": ");
    if (isOverloaded(status) || item?.error?.type === "index_not_found_exception") {
      throw new SearchUnavailable(`The search engine cannot write to ${index} now (${status}): ${reason}`);
    }
    const outcome = status === CONFLICT ? "conflict" : status < 300 ? "written" : "refused";
    return { id, outcome, status, reason, seqNo: item?._seq_no ?? -1, primaryTerm: item?._primary_term ?? -1 };
  });
}

export const failuresOf = (written: readonly Written[]): Failure[] =>
  written
    .filter(({ outcome }) => outcome === "refused")
    .map(({ id, status, reason }) => ({ id, reason: `${reason} (${status})` }));
