/** Where the mall sells: its channels, and the sections within them. */
import type { ChannelView } from "../../models/channel/channel.contract";
import type { ShownSection } from "../../models/section/section.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import type { Action } from "../client/addresses";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { textOf } from "../parts/format";
import { Badge, Button, Fault, Panel, Title } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { NewChannel, NewSection } from "./channel-forms";
import { TakingBack } from "./taking-back";

interface TurnProps {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly acts: { readonly close: Action; readonly reopen: Action };
  readonly again: () => void;
}

/** Closes what is open, and opens it again. */
function Turn({ id, name, open, acts, again }: TurnProps) {
  const { busy, fault, run } = useDoing();
  const word = open ? t("channels.close") : t("channels.reopen");
  const turn = (): void => void run(() => ask(open ? acts.close : acts.reopen, { id })).then((ok) => ok && again());
  return (
    <div class="edit">
      <Button small busy={busy} label={`${word}: ${name}`} onClick={turn}>
        {word}
      </Button>
      <Fault fault={fault} />
    </div>
  );
}

const State = ({ status }: { readonly status: "open" | "closed" }) => (
  <Badge tone={status === "open" ? "good" : "plain"}>{t(`channels.${status}`)}</Badge>
);

const CHANNEL = { close: "channel.close", reopen: "channel.reopen" } as const;
const SECTION = { close: "section.close", reopen: "section.reopen" } as const;

const channelColumns = (again: () => void): Column<ChannelView>[] => [
  {
    head: t("sellers.name"),
    cell: ({ id, name, code }) => (
      <>
        <Link to={`/admin/time/channel/${id}`}>{textOf(name)}</Link>
        <small>{code}</small>
      </>
    ),
  },
  { head: t("orders.state"), cell: ({ status }) => <State status={status} /> },
  { head: t("channels.currency"), cell: ({ currency }) => currency },
  { head: t("taste.language"), cell: ({ languages }) => languages.join(", ") },
  { head: t("channels.countries"), cell: ({ countries }) => countries?.join(", ") ?? t("channels.everywhere") },
  {
    head: t("policy.act"),
    cell: ({ id, name, status }) => (
      <Turn id={id} name={textOf(name)} open={status === "open"} acts={CHANNEL} again={again} />
    ),
    end: true,
  },
];

const sectionColumns = (again: () => void): Column<ShownSection>[] => [
  { head: t("sellers.name"), cell: ({ id, name }) => <Link to={`/admin/time/section/${id}`}>{textOf(name)}</Link> },
  { head: t("orders.state"), cell: ({ status }) => <State status={status} /> },
  { head: t("channels.look"), cell: ({ slug }) => <Link to={`/search?section=${slug}`}>{slug}</Link> },
  {
    head: t("policy.act"),
    cell: ({ id, name, status }) => (
      <Turn id={id} name={textOf(name)} open={status === "open"} acts={SECTION} again={again} />
    ),
    end: true,
  },
];

export function ChannelsPage() {
  const channels = useAsk("channel.list", { limit: 50 });
  const sections = useAsk("section.list", { limit: 50 });
  return (
    <>
      <Title>{t("admin.channels")}</Title>
      <Panel title={t("channels.channels")}>
        <Answered answer={channels}>
          {({ items }) => (
            <Table
              label={t("channels.channels")}
              rows={items}
              columns={channelColumns(channels.again)}
              keyOf={({ id }) => id}
            />
          )}
        </Answered>
        <NewChannel made={channels.again} />
      </Panel>
      <Panel title={t("back.title")}>
        <Answered answer={channels}>{({ items }) => <TakingBack channels={items} again={channels.again} />}</Answered>
      </Panel>
      <Panel title={t("channels.sections")}>
        <Answered answer={sections}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="soft">{t("channels.noSections")}</p>
            ) : (
              <Table
                label={t("channels.sections")}
                rows={items}
                columns={sectionColumns(sections.again)}
                keyOf={({ id }) => id}
              />
            )
          }
        </Answered>
        <NewSection made={sections.again} />
      </Panel>
    </>
  );
}
