/** What is chosen in a list of offers, and what is done with all of it at once. */
import { useState } from "preact/hooks";
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Button, Fault } from "../parts/pieces";
import type { Column } from "../parts/table";
import { t } from "../words/words";
import { inBulk, type Report } from "./in-bulk";
import { Told } from "./told";

export type Chosen = ReadonlyMap<string, ListedOffer>;

const PERCENT = /^[+-]?\d{1,2}([.,]\d)?$/;
const percentIn = (typed: string): number => Number(typed.trim().replace(",", "."));

/** A column of ticks. */
export const chosenColumn = (chosen: Chosen, choose: (next: Chosen) => void): Column<ListedOffer> => ({
  head: t("bulk.choose"),
  cell: (offer) => (
    <input
      type="checkbox"
      aria-label={t("bulk.chooseOne", { sku: offer.sku })}
      checked={chosen.has(offer.id)}
      onChange={(event) => {
        const next = new Map(chosen);
        if (event.currentTarget.checked) next.set(offer.id, offer);
        else next.delete(offer.id);
        choose(next);
      }}
    />
  ),
});

interface BulkProps {
  readonly chosen: Chosen;
  readonly done: () => void;
}

const priced = (percent: number) => async (offer: ListedOffer) => {
  const { amountMinor, currency } = offer.price;
  const price = { amountMinor: Math.max(1, Math.round(amountMinor * (1 + percent / 100))), currency };
  await ask("offer.reprice", { id: offer.id, price }, { version: offer.version });
};

export function Bulk({ chosen, done }: BulkProps) {
  const [typed, setTyped] = useState("");
  const [report, setReport] = useState<Report | null>(null);
  const { busy, fault, run } = useDoing();
  const all = [...chosen.values()];
  const each = (work: (offer: ListedOffer) => Promise<unknown>): void =>
    void run(() => inBulk({ items: all, nameOf: ({ sku }) => sku, work, told: setReport })).then(done);
  if (all.length === 0)
    return report === null ? null : <Told report={report} of={report.done + report.failed.length} />;
  return (
    <section class="bulk" aria-label={t("bulk.title")}>
      <strong role="status">{t("bulk.chosen", { n: all.length })}</strong>
      <Form send={() => each(priced(percentIn(typed)))} label={t("bulk.price")}>
        <div class="edit">
          <Field label={t("bulk.percent")} value={typed} change={setTyped} decimal max={6} />
          <Button type="submit" busy={busy} disabled={!PERCENT.test(typed.trim())}>
            {t("bulk.price")}
          </Button>
        </div>
      </Form>
      <Button busy={busy} onClick={() => each(({ id }) => ask("offer.withdraw", { id }))}>
        {t("listing.withdraw")}
      </Button>
      <Button busy={busy} onClick={() => each(({ id }) => ask("offer.restore", { id }))}>
        {t("listing.restore")}
      </Button>
      <Fault fault={fault} />
      {busy && report !== null && <Told report={report} of={all.length} />}
    </section>
  );
}
