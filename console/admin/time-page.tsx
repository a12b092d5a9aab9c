/** Anything as it was: a slider through its versions, what each changed, who did it, and the way back. */
import { useEffect, useState } from "preact/hooks";
import type { HistoryEntry } from "../../models/kernel/history.results";
import type { PageProps } from "../app/areas";
import { go, Link, queryOf, usePlace } from "../app/router";
import { useDoing } from "../client/use";
import { Badge, Button, Empty, Fault, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { Changes } from "./changes";
import { useLooked, versionsOf, type Looked, type Thing } from "./history";
import { Proof } from "./proof";
import { Restore } from "./restore";
import { Tree } from "./state-tree";
import { Track } from "./track";
import { Who } from "./who";

interface WalkProps {
  readonly thing: Thing;
  readonly entries: readonly HistoryEntry[];
  readonly again: () => void;
}

/** Where in time one stands is in the address: a moment can be sent to somebody. */
function useVersion(entries: readonly HistoryEntry[]) {
  const place = usePlace();
  const wanted = Number(queryOf(place).get("v") ?? "");
  const found = entries.findIndex(({ version }) => version === wanted);
  const move = (at: number): void => {
    const version = entries[at]?.version ?? 1;
    go(`${place.path}?v=${version}`, { replace: true });
  };
  return { at: found < 0 ? entries.length - 1 : found, move };
}

const currencyIn = (state: unknown): string | null => {
  const found = /"currency":"([A-Z]{3})"/.exec(JSON.stringify(state ?? null));
  return found?.[1] ?? null;
};

interface ThenProps {
  readonly thing: Thing;
  readonly looked: Looked;
  readonly storied: boolean;
}

const Then = ({ thing, looked, storied }: ThenProps) => {
  const { then, diff } = looked;
  return (
    <div class="time-columns">
      <Panel
        title={t("time.asItWas")}
        aside={<Badge tone="info">{t("time.version", { version: then.version })}</Badge>}
      >
        <Tree value={then.state} path="" marked={diff.changes.map(({ field }) => field)} />
      </Panel>
      <div class="stack">
        <Panel title={storied ? t("time.changedSince", { version: diff.from }) : t("time.changed")}>
          <Changes changes={diff.changes} currency={currencyIn(then.state)} storied={storied} />
        </Panel>
        <Who entry={then} />
        <Proof key={thing.id} thing={thing} />
      </div>
    </div>
  );
};

/** From which version to which the differences are told: to the one before, or to the one that is pinned. */
function spanOf(entries: readonly HistoryEntry[], at: number, pinned: number | null) {
  const version = entries[at]?.version ?? 1;
  const other = pinned === null ? version - 1 : (entries[pinned]?.version ?? version);
  return { version, other, from: Math.min(other, version), to: Math.max(other, version) };
}

function Walk({ thing, entries, again }: WalkProps) {
  const { at, move } = useVersion(entries);
  const [pinned, setPinned] = useState<number | null>(null);
  const { version, other, from, to } = spanOf(entries, at, pinned);
  const { looked, fault } = useLooked(thing, from, to);
  const isPinned = pinned !== null;
  return (
    <>
      <Track entries={entries} at={at} pinned={pinned} move={move} />
      <div class="time-acts">
        <Button icon="flag" small pressed={isPinned} onClick={() => setPinned(isPinned ? null : at)}>
          {isPinned ? t("time.unpin", { version: other }) : t("time.pin")}
        </Button>
        <Restore thing={thing} version={version} newest={entries.length} done={again} />
      </div>
      <Fault fault={fault} />
      {looked === null && fault === null && <Waiting lines={8} />}
      {looked !== null && <Then thing={thing} looked={looked} storied={isPinned} />}
    </>
  );
}

function useVersions(thing: Thing) {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  const { fault, run } = useDoing();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    void run(async () => setEntries(await versionsOf(thing, stop.signal)));
    return () => stop.abort();
  }, [thing.aggregate, thing.id, turn]);
  return { entries, fault, again: () => setTurn((n) => n + 1) };
}

function Life({ thing }: { readonly thing: Thing }) {
  const { entries, fault, again } = useVersions(thing);
  const restored = (): void => {
    go(location.pathname, { replace: true });
    again();
  };
  if (entries === null) return fault === null ? <Waiting lines={8} /> : <Fault fault={fault} again={again} />;
  if (entries.length === 0) return <Empty icon="history" title={t("time.none")} />;
  return <Walk key={entries.length} thing={thing} entries={entries} again={restored} />;
}

export function TimePage({ at }: PageProps) {
  const [thing] = useState<Thing>({ aggregate: at["aggregate"] ?? "", id: at["id"] ?? "" });
  return (
    <>
      <Title over={<Link to="/admin/time">{t("admin.time")}</Link>}>{t("time.of", { what: thing.aggregate })}</Title>
      <p class="time-name">
        <code>
          {thing.aggregate}/{thing.id}
        </code>
      </p>
      <Life thing={thing} />
    </>
  );
}
