/** Pairs of records as `COL name VAL text COL … TAB … TAB 0|1`, the form in which product matching is published. */

export interface ProductRecord {
  readonly title: string;
  readonly brand: string;
  readonly code: string;
  /** NaN where none is given. */
  readonly price: number;
  /** Everything that is said, the title included. */
  readonly all: string;
}

export interface Pair {
  readonly left: ProductRecord;
  readonly right: ProductRecord;
  /** 1 the same product, 0 not. */
  readonly label: number;
}

export const PAIRS_MAX = 200_000;

function recordOf(text: string): ProductRecord {
  const columns = new Map(
    text.split(/(?:^|\s)COL\s+/).flatMap((part) => {
      const [, name = "", value = ""] = /^(\S+)\s+VAL\s*(.*)$/s.exec(part) ?? [];
      return name === "" ? [] : [[name, value.trim()] as const];
    }),
  );
  const price = Number.parseFloat(columns.get("price") ?? "");
  return {
    title: columns.get("title") ?? columns.get("name") ?? "",
    brand: columns.get("brand") ?? columns.get("manufacturer") ?? "",
    code: columns.get("modelno") ?? "",
    price: price > 0 ? price : NaN,
    all: [...columns].flatMap(([name, value]) => (name === "price" ? [] : [value])).join(" "),
  };
}

/** @throws Error that names the line that is no pair */
export function pairsIn(text: string): Pair[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > PAIRS_MAX) throw new Error(`More than ${PAIRS_MAX} pairs are too many.`);
  return lines.map((line, i) => {
    const [left, right, label] = line.split("\t");
    if (left === undefined || right === undefined || !/^[01]\s*$/.test(label ?? "")) {
      throw new Error(`Line ${i + 1} is no pair: two records and 0 or 1, parted by tabs.`);
    }
    return { left: recordOf(left), right: recordOf(right), label: Number(label) };
  });
}
