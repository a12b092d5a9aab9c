/** Early warning: where the payments of the last day are riskier than the mall's usual ones. */
import type { RiskWarning } from "../../models/fraud/fraud.warnings.contract";
import { useAsk } from "../client/use";
import { countOf, percentOf } from "../parts/format";
import { Panel } from "../parts/pieces";
import { ProductName } from "../parts/product-name";
import { Table, type Column } from "../parts/table";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";

function Of({ warning: { of, id } }: { readonly warning: RiskWarning }) {
  if (of === "product") return <ProductName id={id} />;
  return of === "seller" ? <SellerName id={id} /> : <span>{id}</span>;
}

const columns = (): Column<RiskWarning>[] => [
  { head: t("warned.of"), cell: ({ of }) => t(`warned.${of}`) },
  { head: t("warned.which"), cell: (warning) => <Of warning={warning} /> },
  { head: t("warned.attempts"), cell: ({ attempts }) => countOf(attempts), end: true },
  { head: t("warned.stopped"), cell: ({ stopped }) => countOf(stopped), end: true },
  { head: t("warned.risk"), cell: ({ risk }) => percentOf(risk, 1), end: true },
  { head: t("warned.usual"), cell: ({ usual }) => percentOf(usual, 1), end: true },
];

/** Nothing where nothing is unusual. */
export function RiskWarnings() {
  const { data } = useAsk("fraud.warnings", {});
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t("warned.title")}>
      <p class="soft">{t("warned.lead")}</p>
      <Table label={t("warned.title")} rows={items} columns={columns()} keyOf={({ of, id }) => `${of}:${id}`} />
    </Panel>
  );
}
