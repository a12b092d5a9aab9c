/** The files of an order: a link for each, good for a quarter of an hour, as often as was bought. */
import type { DownloadLink } from "../../models/entitlement/entitlement.contract";
import type { OrderView } from "../../models/order/order.view.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Badge, Panel } from "../parts/pieces";
import { t } from "../words/words";

const Download = ({ file }: { readonly file: DownloadLink }) => (
  <li class="order-row">
    {file.url === null ? <bdi>{file.title}</bdi> : <a href={file.url}>{file.title}</a>}
    <small class="soft">{t("download.left", { n: file.downloadsMax - file.downloads, max: file.downloadsMax })}</small>
    {file.url === null && <Badge tone="warn">{t("download.over")}</Badge>}
  </li>
);

function Files({ orderId }: { readonly orderId: string }) {
  const answer = useAsk("entitlement.downloads", { orderId });
  return (
    <Panel title={t("download.title")}>
      <Answered answer={answer}>
        {({ items }) => (
          <ul>
            {items.length === 0 && <li class="soft">{t("download.notYet")}</li>}
            {items.map((file) => (
              <Download key={file.id} file={file} />
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}

/** Nothing where nothing of the order is a file. */
export const Downloads = ({ order }: { readonly order: OrderView }) =>
  order.lines.some(({ delivery }) => delivery === "digital") ? <Files orderId={order.id} /> : null;
