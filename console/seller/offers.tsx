/** A seller's offers: found by their number, page after page. */
import { useState } from "preact/hooks";
import type { ListedOffer, ListOffers } from "../../models/offer/offer.list.contract";
import { ask } from "../client/ask";
import { usePages } from "../client/pages";
import { useAsk } from "../client/use";
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
  const { items, next, busy, fault } = usePages(answer.data, (cursor) => ask("offer.list", { ...asked, cursor }));
  return (
    <>
      <div class="filter-row">
        <Form send={() => setQ(typed.trim())} label={t("listing.find")}>
          <Field label={t("listing.find")} value={typed} change={setTyped} max={64} />
        </Form>
      </div>
      <Answered answer={answer} lines={8}>
        {() =>
          items.length === 0 ? (
            <Empty icon="list" title={t("listing.none")} />
          ) : (
            <Table label={t("seller.listings")} rows={items} columns={columns(answer.again)} keyOf={({ id }) => id} />
          )
        }
      </Answered>
      <Fault fault={fault} />
      {next !== null && (
        <p class="more">
          <Button busy={busy} onClick={next}>
            {t("more")}
          </Button>
        </p>
      )}
    </>
  );
}
