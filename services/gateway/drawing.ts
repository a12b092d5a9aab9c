/** Sheets of A4 with rows of cells on them. */
import type PDFDocument from "pdfkit";

export const MARGIN = 50;
export const RIGHT = 545;
const BOTTOM = 760;
const ROW = 16;

export type Paper = InstanceType<typeof PDFDocument>;

/** The library costs 25 MB of memory and a tenth of a second of each start: it comes with the first paper. */
export async function drawn(title: string, draw: (paper: Paper) => void): Promise<Buffer> {
  const { default: Document } = await import("pdfkit");
  return new Promise((resolve, reject) => {
    const paper = new Document({ size: "A4", margin: MARGIN, info: { Title: title } });
    const parts: Buffer[] = [];
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
    paper.fontSize(18).text(title).moveDown().fontSize(10);
    draw(paper);
    paper.end();
  });
}

export interface Cell {
  readonly x: number;
  readonly text: string;
  /** Where it ends; left out: at the margin. */
  readonly to?: number;
  readonly right?: true;
}

/** As much of a text as fits between two places. */
function fitted(paper: Paper, text: string, width: number): string {
  let shown = text;
  while (shown.length > 1 && paper.widthOfString(shown) > width) shown = shown.slice(0, -1);
  return shown;
}

/** One row of a table, on a new page where this one is full. */
export function row(paper: Paper, cells: readonly Cell[]): void {
  if (paper.y > BOTTOM) paper.addPage();
  const { y } = paper;
  for (const { x, text, right, to = RIGHT } of cells) {
    const width = to - x;
    paper.text(fitted(paper, text, width), x, y, {
      width,
      lineBreak: false,
      ...(right && { align: "right" as const }),
    });
  }
  paper.x = MARGIN;
  paper.y = y + ROW;
}
