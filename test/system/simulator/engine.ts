/**
 * The search engine as the indexers use it: bulk writes with external versions or compare-and-set, and reads by id.
 * A request may be refused as a whole, before or after it took effect.
 */
import { errors, type Client } from "@elastic/elasticsearch";
import type { Fault } from "./faults";
import type { Process, World } from "./world";

interface Document {
  readonly source: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly seqNo: number;
}

interface Action {
  readonly _id: string;
  readonly version?: number;
  readonly if_seq_no?: number;
}

interface Item {
  readonly status: number;
  readonly _seq_no?: number;
  readonly _primary_term?: number;
}

/** By index, by id. */
export type Indices = ReadonlyMap<string, ReadonlyMap<string, Document>>;

export interface Engine {
  connect(process: Process): Client;
  readonly indices: Indices;
}

const CONFLICT = 409;

function actionOf(line: string): { readonly create: boolean; readonly action: Action } {
  const { create, index = { _id: "" } } = JSON.parse(line) as { index?: Action; create?: Action };
  return { create: create !== undefined, action: create ?? index };
}

export function createEngine(world: World): Engine {
  const indices = new Map<string, Map<string, Document>>();
  let sequence = 0;

  function indexOf(name: string): Map<string, Document> {
    const found = indices.get(name) ?? new Map<string, Document>();
    indices.set(name, found);
    return found;
  }

  function conflicts(stored: Document | undefined, create: boolean, action: Action): boolean {
    if (create) return stored !== undefined;
    if (action.version !== undefined) return stored !== undefined && stored.version >= action.version;
    return action.if_seq_no !== undefined && stored?.seqNo !== action.if_seq_no;
  }

  function write(index: string, line: string, text: string): { index: Item } | { create: Item } {
    const { create, action } = actionOf(line);
    const documents = indexOf(index);
    const stored = documents.get(action._id);
    const conflict = conflicts(stored, create, action);
    if (!conflict) {
      const source = JSON.parse(text) as Document["source"];
      documents.set(action._id, { source, version: action.version ?? (stored?.version ?? 0) + 1, seqNo: ++sequence });
    }
    const item: Item = conflict ? { status: CONFLICT } : { status: 200, _seq_no: sequence, _primary_term: 1 };
    return create ? { create: item } : { index: item };
  }

  function bulk(index: string, operations: readonly string[]): object {
    const items = [];
    for (let i = 0; i < operations.length; i += 2) {
      items.push(write(index, operations[i] as string, operations[i + 1] as string));
    }
    return { items };
  }

  function mget(index: string, ids: readonly string[]): object {
    const docs = ids.map((_id) => {
      const stored = indexOf(index).get(_id);
      if (!stored) return { _id, found: false };
      return { _id, found: true, _source: stored.source, _seq_no: stored.seqNo, _primary_term: 1 };
    });
    return { docs };
  }

  /** Nobody knows whether the request was done. */
  const refused = (apply: () => object) => (fault: Fault) =>
    fault === "index refuses"
      ? (): never => {
          if (world.chance.in(0.5)) apply();
          throw new errors.ConnectionError("the engine broke the connection");
        }
      : null;

  return {
    indices,
    connect(process) {
      const ask = (what: string, apply: () => object): Promise<object> =>
        world.op({ kind: "index", process, what, apply, faulty: refused(apply) });
      const client = {
        bulk: ({ index, operations }: { index: string; operations: string[] }) =>
          ask(`bulk of ${operations.length / 2} into ${index}`, () => bulk(index, operations)),
        mget: ({ index, ids }: { index: string; ids: string[] }) => ask(`mget from ${index}`, () => mget(index, ids)),
      };
      return client as unknown as Client;
    },
  };
}
