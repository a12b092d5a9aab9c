/** Endpoints that are told what happens: the mall's, or one seller's. */
import { useState } from "preact/hooks";
import type { WebhookView } from "../../models/webhook/webhook.words.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { momentOf } from "../parts/format";
import { Badge, Button, InEnglish, Panel } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { ToldOnce } from "../parts/told-once";
import { t } from "../words/words";
import { Remove, Replay, Rotate, Test, Turn } from "./acts";
import { Add } from "./add";
import { Deliveries } from "./deliveries";

const State = ({ one: { status, reason } }: { readonly one: WebhookView }) => (
  <>
    <Badge tone={status === "enabled" ? "good" : reason === "ASKED" ? "plain" : "bad"}>{t(`hooks.${status}`)}</Badge>
    {reason !== null && <small>{t(`hooks.why.${reason}`)}</small>}
  </>
);

const columns = (look: (id: string) => void): Column<WebhookView>[] => [
  {
    head: t("hooks.url"),
    cell: ({ url, description }) => (
      <>
        <bdi dir="ltr">{url}</bdi>
        {description !== "" && <small>{description}</small>}
      </>
    ),
  },
  { head: t("orders.state"), cell: (one) => <State one={one} /> },
  { head: t("hooks.told"), cell: ({ events }) => <InEnglish>{events.join(", ")}</InEnglish> },
  { head: t("hooks.since"), cell: ({ since }) => momentOf(since) },
  {
    head: "",
    cell: ({ id, url }) => (
      <Button small label={`${t("hooks.open")}: ${url}`} onClick={() => look(id)}>
        {t("hooks.open")}
      </Button>
    ),
    end: true,
  },
];

interface LookedAtProps {
  readonly one: WebhookView;
  readonly again: () => void;
  readonly told: (secret: string) => void;
}

function LookedAt({ one, again, told }: LookedAtProps) {
  const [tests, setTests] = useState(0);
  return (
    <>
      <Panel title={one.url}>
        <div class="stack">
          <div class="actions">
            <Test one={one} again={() => setTests((n) => n + 1)} />
            <Turn one={one} again={again} />
            <Rotate one={one} told={told} />
            <Remove one={one} again={again} />
          </div>
          <Replay one={one} again={again} />
        </div>
      </Panel>
      <Deliveries key={tests} endpoint={one} />
    </>
  );
}

export function Endpoints({ sellerId }: { readonly sellerId: string | null }) {
  const answer = useAsk("webhook.list", sellerId === null ? {} : { sellerId });
  const [secret, setSecret] = useState<string | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const told = (next: string): void => {
    setSecret(next);
    answer.again();
  };
  return (
    <div class="stack">
      <p class="lead">{sellerId === null ? t("hooks.lead") : t("hooks.sellerLead")}</p>
      {secret !== null && (
        <ToldOnce text={t("hooks.once")} label={t("hooks.secret")} secret={secret} close={() => setSecret(null)} />
      )}
      <Answered answer={answer}>
        {({ items }) => {
          const one = items.find(({ id }) => id === looked);
          return (
            <>
              {items.length === 0 ? (
                <p class="soft">{t("hooks.none")}</p>
              ) : (
                <Table label={t("hooks.title")} rows={items} columns={columns(setLooked)} keyOf={({ id }) => id} />
              )}
              {one !== undefined && <LookedAt key={one.id} one={one} again={answer.again} told={told} />}
            </>
          );
        }}
      </Answered>
      <Add sellerId={sellerId} added={told} />
    </div>
  );
}
