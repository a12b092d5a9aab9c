/** Who sells here. */
import type { SellerProfile } from "../../models/seller/seller.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { dayOf } from "../parts/format";
import { Answered } from "../parts/answered";
import { Badge, Title, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { Applications } from "./applications";
import { SellerDeeds } from "./seller-deeds";

const tones: Readonly<Record<SellerProfile["status"], Tone>> = {
  draft: "plain",
  submitted: "warn",
  active: "good",
  suspended: "bad",
  closed: "plain",
};

const columns = (again: () => void): Column<SellerProfile>[] => [
  { head: t("sellers.name"), cell: ({ id, name }) => <Link to={`/admin/time/seller/${id}`}>{name}</Link> },
  { head: t("orders.state"), cell: ({ status }) => <Badge tone={tones[status]}>{t(`seller.status.${status}`)}</Badge> },
  { head: t("address.country"), cell: ({ country }) => country },
  { head: t("sellers.since"), cell: ({ activeSince }) => (activeSince === null ? "–" : dayOf(activeSince)) },
  { head: t("sellers.open"), cell: ({ id }) => <Link to={`/seller?of=${id}`}>{t("sellers.open")}</Link> },
  { head: "", cell: (seller) => <SellerDeeds seller={seller} again={again} /> },
];

export function SellersPage() {
  const answer = useAsk("seller.list", { limit: 100 });
  return (
    <>
      <Title>{t("sellers.title")}</Title>
      <Applications />
      <Answered answer={answer} lines={8}>
        {({ items }) => (
          <Table label={t("sellers.title")} rows={items} columns={columns(answer.again)} keyOf={({ id }) => id} />
        )}
      </Answered>
    </>
  );
}
