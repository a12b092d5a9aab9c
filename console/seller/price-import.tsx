/** Prices and stock from a file: read here, told what is wrong with it, then brought in row by row with a report. */
import { useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import { ask } from "../client/ask";
import { HERE, Problem } from "../client/problem";
import { useDoing } from "../client/use";
import { minorOf } from "../parts/format";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";
import { inBulk, type Report } from "./in-bulk";
import { rowsOf, ROWS_MAX, type FileRead, type FileRow } from "./price-file";
import { Told } from "./told";

const BYTES_MAX = 1 << 20;

async function offerOf(sellerId: string, sku: string): Promise<ListedOffer> {
  const { items } = await ask("offer.list", { sellerId, q: sku, limit: 10 });
  const found = items.find((one) => one.sku === sku);
  if (!found) throw new Problem(HERE, 404, t("import.unknown", { sku }));
  return found;
}

async function reprice({ id, version, price: now }: ListedOffer, typed: string): Promise<void> {
  const { currency } = now;
  const amountMinor = minorOf(typed, currency);
  if (amountMinor === null || amountMinor === now.amountMinor) return;
  await ask("offer.reprice", { id, price: { amountMinor, currency } }, { version });
}

/** The number is that of all places together; what differs is put right where most of it lies. */
async function restock(offer: ListedOffer, stock: number): Promise<void> {
  if (stock === offer.onHand) return;
  const location = offer.stock[0]?.location ?? "main";
  const elsewhere = offer.onHand - (offer.stock[0]?.onHand ?? 0);
  await ask("stock.count", { offerId: offer.id, location, counted: Math.max(0, stock - elsewhere) });
}

async function bring(sellerId: string, { sku, price, stock }: FileRow): Promise<void> {
  const offer = await offerOf(sellerId, sku);
  if (price !== null) await reprice(offer, price);
  if (stock !== null) await restock(offer, stock);
}

const Faults = ({ read }: { readonly read: FileRead }) => (
  <ul class="told">
    {read.faults.map(({ line, fault }) => (
      <li key={line}>
        {t("import.line", { line: String(line) })} {t(`import.fault.${fault}`, { max: ROWS_MAX })}
      </li>
    ))}
  </ul>
);

export function PriceImport({ sellerId }: { readonly sellerId: string }) {
  const [read, setRead] = useState<FileRead | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const { busy, fault, run } = useDoing();
  const open = (file: File | undefined): void =>
    void run(async () => {
      setReport(null);
      setRead(file === undefined ? null : rowsOf(await file.slice(0, BYTES_MAX).text()));
    });
  const items = read?.rows ?? [];
  const start = (): void =>
    void run(() => inBulk({ items, nameOf: ({ sku }) => sku, work: (row) => bring(sellerId, row), told: setReport }));
  return (
    <details class="further">
      <summary>{t("import.title")}</summary>
      <div class="stack">
        <p>{t("import.how")}</p>
        <pre tabIndex={0} dir="ltr">
          {"sku,price,stock\nLAMP-1,12.90,40\nLAMP-2,,0"}
        </pre>
        <label class="field">
          <span>{t("import.file")}</span>
          <input type="file" accept=".csv,.txt,text/csv" onChange={(event) => open(event.currentTarget.files?.[0])} />
        </label>
        <Fault fault={fault} />
        {read !== null && <Faults read={read} />}
        {items.length > 0 && (
          <div class="actions">
            <Button kind="main" busy={busy} onClick={start}>
              {t("import.start", { n: items.length })}
            </Button>
          </div>
        )}
        {report !== null && <Told report={report} of={items.length} />}
      </div>
    </details>
  );
}
