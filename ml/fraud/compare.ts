/** Holds the features of this project's code against given ones of the Handbook's names, row by row. */
import { HANDBOOK_FEATURES } from "./features";
import { csvFilesAt, rowsOfCsv } from "./read";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

export interface Difference {
  readonly name: string;
  /** The greatest difference between a given value and ours. */
  readonly greatest: number;
  /** The transaction that has it. */
  readonly id: number;
}

export interface Comparison {
  readonly rows: number;
  /** Given rows that are none of the transactions. */
  readonly unknown: number;
  readonly differences: readonly Difference[];
}

/** Given values by transaction; only rows that the file has. */
export interface Given {
  readonly names: readonly string[];
  readonly byId: ReadonlyMap<number, Float64Array>;
}

async function namesIn(file: string): Promise<string[]> {
  const raw = createReadStream(file);
  const input = file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
  for await (const line of createInterface({ input })) {
    raw.destroy();
    const header = line.replaceAll('"', "").split(",");
    return HANDBOOK_FEATURES.filter((name) => header.includes(name));
  }
  return [];
}

/** Memory: a row of numbers for each given row. @param place a file or a folder, as for transactions */
export async function readGiven(place: string): Promise<Given> {
  const files = await csvFilesAt(place);
  const names = await namesIn(files[0] ?? place);
  if (names.length === 0)
    throw new Error(`${place} has no feature to compare; known are ${HANDBOOK_FEATURES.join(", ")}.`);
  const byId = new Map<number, Float64Array>();
  for (const file of files) {
    for await (const { values, columns } of rowsOfCsv(file, ["TRANSACTION_ID", ...names])) {
      const [id = NaN, ...rest] = columns.map((column) => Number(values[column]));
      byId.set(id, Float64Array.from(rest));
    }
  }
  return { names, byId };
}

export interface Comparing {
  see(id: number, features: Float64Array): void;
  done(): Comparison;
}

/** Fed with our features, transaction by transaction. */
export function comparing({ names, byId }: Given): Comparing {
  const columns = names.map((name) => (HANDBOOK_FEATURES as readonly string[]).indexOf(name));
  const greatest = names.map(() => -1);
  const ids = names.map(() => -1);
  let rows = 0;
  return {
    see(id, features) {
      const given = byId.get(id);
      if (!given) return;
      rows += 1;
      columns.forEach((column, i) => {
        const difference = Math.abs((given[i] as number) - (features[column] as number));
        // what is no number differs from everything
        if (difference <= (greatest[i] as number)) return;
        greatest[i] = Number.isNaN(difference) ? Infinity : difference;
        ids[i] = id;
      });
    },
    done: () => ({
      rows,
      unknown: byId.size - rows,
      differences: names.map((name, i) => ({ name, greatest: greatest[i] as number, id: ids[i] as number })),
    }),
  };
}
