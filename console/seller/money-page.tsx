/** The book, and what was paid out of it. */
import type { Entry } from "../../models/ledger/ledger.book.contract";
import type { PayoutView } from "../../models/payout/payout.contract";
import { saveFile } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { dayOf, momentOf, priceOf } from "../parts/format";
import { Badge, Button, Fault, Figure, Panel } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { useChannel } from "../shop/use-channel";
import { t } from "../words/words";
import { Desk } from "./desk";
import { Imprint } from "./imprint";

interface BookProps {
  readonly sellerId: string;
  readonly currency: string;
}

function Balance({ sellerId, currency }: BookProps) {
  const answer = useAsk("ledger.get", { sellerId, currency });
  return (
    <Answered answer={answer} lines={2}>
      {({ payableMinor, heldMinor, nextPayoutAt, entries }) => (
        <dl class="figures">
          <Figure
            label={t("money.payable")}
            value={priceOf(payableMinor, currency)}
            tone={payableMinor < 0 ? "bad" : "good"}
          />
          <Figure label={t("money.held")} value={priceOf(heldMinor, currency)} />
          <Figure label={t("money.nextPayout")} value={nextPayoutAt === null ? "–" : dayOf(nextPayoutAt)} />
          <Figure label={t("money.entries")} value={entries} />
        </dl>
      )}
    </Answered>
  );
}

function Statement({ payout }: { readonly payout: PayoutView }) {
  const { fault, run } = useDoing();
  const fetchAs = (form: "pdf" | "csv"): void =>
    void run(() => saveFile(`/v1/payouts/${payout.id}/statement.${form}`, `payout-${payout.cycle}.${form}`));
  return (
    <div class="edit">
      <Button small label={`PDF ${payout.cycle}`} onClick={() => fetchAs("pdf")}>
        PDF
      </Button>
      <Button small label={`CSV ${payout.cycle}`} onClick={() => fetchAs("csv")}>
        CSV
      </Button>
      <Fault fault={fault} />
    </div>
  );
}

const payoutColumns = (): Column<PayoutView>[] => [
  { head: t("money.payout"), cell: ({ cycle }) => cycle },
  { head: t("orders.when"), cell: ({ openedAt }) => dayOf(openedAt) },
  {
    head: t("orders.state"),
    cell: ({ status }) => (
      <Badge tone={status === "paid" ? "good" : status === "failed" ? "bad" : "warn"}>{t(`payout.${status}`)}</Badge>
    ),
  },
  { head: t("money.amount"), cell: ({ amountMinor, currency }) => priceOf(amountMinor, currency), end: true },
  { head: t("money.statement"), cell: (payout) => <Statement payout={payout} />, end: true },
];

/** What an entry brings the seller, or takes: what it changes of what is owed to them. */
const owed = ({ postings }: Entry): number =>
  postings
    .filter(({ account }) => account === "payable" || account === "held")
    .reduce((sum, one) => sum - one.amountMinor, 0);

const entryColumns = (currency: string): Column<Entry>[] => [
  { head: t("orders.when"), cell: ({ at }) => momentOf(at) },
  {
    head: t("money.what"),
    cell: ({ kind, reference, memo }) => `${t(`entry.${kind}`)} ${memo === "" ? reference : memo}`,
  },
  { head: t("money.amount"), cell: (entry) => priceOf(owed(entry), currency), end: true },
];

function Book({ sellerId, currency }: BookProps) {
  const payouts = useAsk("payout.list", { sellerId, limit: 50 });
  const entries = useAsk("ledger.entries", { sellerId, currency, limit: 100 });
  return (
    <>
      <Balance sellerId={sellerId} currency={currency} />
      <Panel title={t("money.payouts")}>
        <Answered answer={payouts}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="soft">{t("money.noPayouts")}</p>
            ) : (
              <Table label={t("money.payouts")} rows={items} columns={payoutColumns()} keyOf={({ id }) => id} />
            )
          }
        </Answered>
      </Panel>
      <Panel title={t("money.book")}>
        <Answered answer={entries}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="soft">{t("money.noEntries")}</p>
            ) : (
              <Table
                label={t("money.book")}
                rows={items}
                columns={entryColumns(currency)}
                keyOf={({ n }) => String(n)}
              />
            )
          }
        </Answered>
      </Panel>
      <Imprint sellerId={sellerId} />
    </>
  );
}

export function MoneyPage() {
  const { currency } = useChannel();
  return <Desk title={t("seller.money")}>{(sellerId) => <Book sellerId={sellerId} currency={currency} />}</Desk>;
}
