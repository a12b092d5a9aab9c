/** A seller's offers: found by their number, page after page. */
import { useEffect, useState } from "preact/hooks";
import type { ListedOffer, ListOffers } from "../../models/offer/offer.list.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form } from "../parts/fields";
import { Button, Empty, Fault } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";

const LIMIT = 50;

interface OffersProps {
  readonly sellerId: string;
  readonly filter?: Partial<Pick<ListOffers, "onHandMax" | "status">>;
  readonly columns: (again: () => void) => readonly Column<ListedOffer>[];
}

export function Offers({ sellerId, filter = {}, columns }: OffersProps) {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const asked = { sellerId, limit: LIMIT, ...filter, ...(q !== "" && { q }) };
  const answer = useAsk("offer.list", asked);
  const [more, setMore] = useState<readonly ListedOffer[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const { busy, fault, run } = useDoing();
  useEffect(() => {
    setMore([]);
    setCursor(answer.data?.cursor ?? null);
  }, [answer.data]);
  const next = (): void =>
    void run(async () => {
      const page = await ask("offer.list", { ...asked, cursor: cursor ?? "" });
      setMore((before) => [...before, ...page.items]);
      setCursor(page.cursor);
    });
  return (
    <>
      <div class="filter-row">
        <Form send={() => setQ(typed.trim())} label={t("listing.find")}>
          <Field label={t("listing.find")} value={typed} change={setTyped} max={64} />
        </Form>
      </div>
      <Answered answer={answer} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="list" title={t("listing.none")} />
          ) : (
            <Table
              label={t("seller.listings")}
              rows={[...items, ...more]}
              columns={columns(answer.again)}
              keyOf={({ id }) => id}
            />
          )
        }
      </Answered>
      <Fault fault={fault} />
      {cursor !== null && (
        <p class="more">
          <Button busy={busy} onClick={next}>
            {t("more")}
          </Button>
        </p>
      )}
    </>
  );
}
