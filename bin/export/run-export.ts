/**
 * One export: every product with its offers and stock as they stood at one moment, read from the histories, which are
 * the truth, and not from the index. Memory is bounded by the pieces on disk and by the reader's own pace.
 */
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";
import type { Form } from "./forms";
import { headsOf } from "./heads";
import { recordsOf } from "./joined";
import { createPieces, type Part, type Pieces } from "./pieces";

export interface Exported {
  readonly products: number;
  readonly offers: number;
}

export interface ExportJob {
  readonly histories: readonly Histories[];
  readonly form: Form;
  /** Recorded time: what was committed later is left out. */
  readonly until: string;
  /** About how many versions there are. */
  readonly total: number;
  /** How far it is, 0 to 1, and what was written so far. */
  readonly progress: (fraction: number, exported: Exported) => void;
}

/** Reading every version takes longer than writing what they come to. */
const READING_SHARE = 0.7;
const NOTHING: Exported = { products: 0, offers: 0 };

function partOf(aggregate: Part["aggregate"], { aggregateId: id, state }: Row): Part | null {
  const fields = state as Part["state"];
  if (fields["status"] === "absent") return null;
  const productId = aggregate === "product" ? id : String(fields["productId"]);
  return { aggregate, id, productId, state: fields };
}

const isPart = (name: string): name is Part["aggregate"] => ["product", "offer", "stock"].includes(name);

/** @returns how many parts there are */
async function dealOut(job: ExportJob, pieces: Pieces): Promise<number> {
  let [read, parts] = [0, 0];
  for (const histories of job.histories) {
    const { aggregate } = histories;
    if (!isPart(aggregate)) continue;
    for await (const row of headsOf(histories, job.until)) {
      const part = partOf(aggregate, row);
      if (part) await pieces.add(part);
      parts += 1;
      read += row.version;
      job.progress(READING_SHARE * Math.min(1, read / Math.max(1, job.total)), NOTHING);
    }
  }
  return parts;
}

/** The text of the export, some lines at a time. The last word of `progress` is 1. */
export async function* exportText(job: ExportJob): AsyncGenerator<string, void, undefined> {
  const pieces = await createPieces(job.total);
  let { products, offers } = NOTHING;
  let done = 0;
  try {
    const all = await dealOut(job, pieces);
    if (job.form.head !== "") yield job.form.head;
    for await (const parts of pieces.read()) {
      for (const record of recordsOf(parts)) {
        products += 1;
        offers += record.offers.length;
        yield job.form.write(record);
      }
      done += parts.length;
      job.progress(READING_SHARE + ((1 - READING_SHARE) * done) / Math.max(1, all), { products, offers });
    }
    job.progress(1, { products, offers });
  } finally {
    await pieces.remove();
  }
}
