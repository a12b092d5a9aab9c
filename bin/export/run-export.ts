/**
 * One export, as things stood at one moment, read from the histories, which are the truth, and not from the index:
 * every product with its offers and stock, or everything of one kind. Memory is bounded by the pieces on disk and by
 * the reader's own pace.
 */
import type { Exportable, ExportedKind } from "../../models/job/job.contract";
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";
import type { Form } from "./forms";
import { headsOf } from "./heads";
import { recordsOf } from "./joined";
import { createPieces, type Part, type Pieces } from "./pieces";
import { thingsOf, type Thing } from "./things";

export interface Exported {
  /** Products, or things of the kind that was asked for. */
  readonly rows: number;
  readonly offers: number;
}

export interface ExportJob {
  readonly histories: readonly Histories[];
  readonly form: Form;
  /** `catalogue` when not said. */
  readonly of?: Exportable | undefined;
  /** Recorded time: what was committed later is left out. */
  readonly until: string;
  /** About how many versions there are. */
  readonly total: number;
  /** How far it is, 0 to 1, and what was written so far. */
  readonly progress: (fraction: number, exported: Exported) => void;
}

/** Reading every version takes longer than writing what they come to. */
const READING_SHARE = 0.7;
const NOTHING: Exported = { rows: 0, offers: 0 };

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

async function* catalogueText(job: ExportJob): AsyncGenerator<string, void, undefined> {
  const pieces = await createPieces(job.total);
  let { rows, offers } = NOTHING;
  let done = 0;
  try {
    const all = await dealOut(job, pieces);
    if (job.form.head !== "") yield job.form.head;
    for await (const parts of pieces.read()) {
      for (const record of recordsOf(parts)) {
        rows += 1;
        offers += record.offers.length;
        yield job.form.write(record);
      }
      done += parts.length;
      job.progress(READING_SHARE + ((1 - READING_SHARE) * done) / Math.max(1, all), { rows, offers });
    }
    job.progress(1, { rows, offers });
  } finally {
    await pieces.remove();
  }
}

/** Every thing of one kind, in the order of their ids. */
async function* kindText(job: ExportJob, kind: ExportedKind): AsyncGenerator<string, void, undefined> {
  const ownHistories = job.histories.filter(({ aggregate }) => aggregate === kind);
  const things = (): AsyncIterable<Thing> => thingsOf(kind, ownHistories, job.until);
  const { head, write } = await job.form.sheet(things);
  let [rows, versions] = [0, 0];
  if (head !== "") yield head;
  for await (const thing of things()) {
    rows += 1;
    versions += thing.version;
    yield write(thing);
    job.progress(Math.min(0.99, versions / Math.max(1, job.total)), { rows, offers: 0 });
  }
  job.progress(1, { rows, offers: 0 });
}

/** The text of the export, some lines at a time. The last word of `progress` is 1. */
export const exportText = (job: ExportJob): AsyncGenerator<string, void, undefined> =>
  job.of === undefined || job.of === "catalogue" ? catalogueText(job) : kindText(job, job.of);

/** Of which aggregates versions are read. */
export const readFor = (of: Exportable): readonly string[] =>
  of === "catalogue" ? ["product", "offer", "stock"] : [of];
