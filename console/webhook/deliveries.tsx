/** What became of telling one endpoint, newest first; and once more. */
import { useMemo, useState } from "preact/hooks";
import type { DeliveryStatus, DeliveryView, ListDeliveries } from "../../models/webhook/webhook.delivery.contract";
import type { WebhookView } from "../../models/webhook/webhook.words.contract";
import { ask } from "../client/ask";
import { usePages } from "../client/pages";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { countOf, exactOf } from "../parts/format";
import { Badge, Button, Fault, InEnglish, Panel, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { ofOwner } from "./acts";

const LIMIT = 20;
const STATUSES = ["waiting", "delivered", "failed", "dropped"] as const satisfies readonly DeliveryStatus[];
const tones: Readonly<Record<DeliveryStatus, Tone>> = {
  waiting: "info",
  delivered: "good",
  failed: "bad",
  dropped: "plain",
};

interface AgainProps {
  readonly endpoint: WebhookView;
  readonly again: () => void;
}

function Redeliver({ endpoint, again, one }: AgainProps & { readonly one: DeliveryView }) {
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("webhook.redeliver", { ...ofOwner(endpoint), deliveryId: one.id })).then((ok) => ok && again());
  return (
    <div class="edit">
      <Button small busy={busy} label={`${t("hooks.redeliver")}: ${one.type}`} onClick={send}>
        {t("hooks.redeliver")}
      </Button>
      <Fault fault={fault} />
    </div>
  );
}

/** The last answer: its status or why there was none, and how it begins. */
function Last({ last }: Pick<DeliveryView, "last">) {
  if (last === null) return <>–</>;
  const { status, reason, ms, answer } = last;
  const words = <InEnglish>{`${status ?? reason ?? "–"} · ${ms} ms`}</InEnglish>;
  if (answer === null || answer === "") return words;
  return (
    <details>
      <summary>{words}</summary>
      <code dir="ltr">{answer}</code>
    </details>
  );
}

const columns = (of: AgainProps): Column<DeliveryView>[] => [
  { head: t("hooks.event"), cell: ({ type }) => <code dir="ltr">{type}</code> },
  { head: t("hooks.happened"), cell: ({ happenedAt }) => exactOf(happenedAt) },
  { head: t("orders.state"), cell: ({ status }) => <Badge tone={tones[status]}>{t(`hooks.is.${status}`)}</Badge> },
  { head: t("hooks.attempts"), cell: ({ attempts }) => countOf(attempts), end: true },
  { head: t("hooks.last"), cell: ({ last }) => <Last last={last} /> },
  { head: t("hooks.next"), cell: ({ nextAt }) => (nextAt === null ? "–" : exactOf(nextAt)) },
  { head: "", cell: (one) => <Redeliver {...of} one={one} />, end: true },
];

/** Page by page, of the state that is wanted. */
function useDeliveries(params: ListDeliveries) {
  const answer = useAsk("webhook.deliveries", params);
  const first = useMemo(
    () => (answer.data === null ? null : { items: answer.data.items, cursor: answer.data.next }),
    [answer.data],
  );
  const pages = usePages(first, async (cursor) => {
    const page = await ask("webhook.deliveries", { ...params, cursor });
    return { items: page.items, cursor: page.next };
  });
  return { answer, ...pages };
}

export function Deliveries({ endpoint }: { readonly endpoint: WebhookView }) {
  const [wanted, setWanted] = useState<DeliveryStatus | null>(null);
  const params = { id: endpoint.id, limit: LIMIT, ...(wanted !== null && { status: wanted }) };
  const { answer, items, next, busy, fault } = useDeliveries(params);
  const options = [{ value: "", text: t("hooks.anyState") }].concat(
    STATUSES.map((value) => ({ value, text: t(`hooks.is.${value}`) })),
  );
  const look = (
    <Button small busy={answer.waiting} onClick={answer.again}>
      {t("hooks.look")}
    </Button>
  );
  return (
    <Panel title={t("hooks.deliveries")} aside={look}>
      <Choice
        label={t("orders.state")}
        value={wanted ?? ""}
        options={options}
        change={(value) => setWanted(STATUSES.find((one) => one === value) ?? null)}
      />
      <Answered answer={answer}>
        {() =>
          items.length === 0 ? (
            <p class="soft">{t("hooks.noDeliveries")}</p>
          ) : (
            <Table
              label={t("hooks.deliveries")}
              rows={items}
              columns={columns({ endpoint, again: answer.again })}
              keyOf={({ id }) => id}
            />
          )
        }
      </Answered>
      <Fault fault={fault} />
      {next !== null && (
        <Button busy={busy} onClick={next}>
          {t("hooks.more")}
        </Button>
      )}
    </Panel>
  );
}
