/**
 * The way through the versions: a slider over a picture of when they were made. It is an ordinary range field, so that
 * arrow keys, Home and End walk through time, and a screen reader says which version it is.
 */
import type { HistoryEntry } from "../../models/kernel/history.results";
import { dayOf, momentOf } from "../parts/format";
import { Button } from "../parts/pieces";
import { t } from "../words/words";
import { usePlaying } from "./playing";

interface TrackProps {
  readonly entries: readonly HistoryEntry[];
  /** Index into the entries. */
  readonly at: number;
  readonly pinned: number | null;
  readonly move: (at: number) => void;
}

const [WIDTH, HEIGHT, PAD] = [1000, 64, 12];

/** By what was done: the same command has the same colour everywhere. */
const hueOf = (command: string): number =>
  Array.from(command, (char) => char.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 360, 7);

const placeOf = (i: number, count: number): number => PAD + (count < 2 ? 1 : i / (count - 1)) * (WIDTH - 2 * PAD);

function Ticks({ entries, at, pinned }: Omit<TrackProps, "move">) {
  const count = entries.length;
  return (
    <svg class="track-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <line x1={PAD} x2={WIDTH - PAD} y1={HEIGHT / 2} y2={HEIGHT / 2} class="track-line" />
      <line x1={PAD} x2={placeOf(at, count)} y1={HEIGHT / 2} y2={HEIGHT / 2} class="track-past" />
      {entries.map(({ version, command }, i) => (
        <rect
          key={version}
          x={placeOf(i, count) - 2}
          y={i === at ? 8 : 20}
          width="4"
          height={i === at ? 48 : 24}
          rx="2"
          fill={`hsl(${hueOf(command)} 55% 50%)`}
        />
      ))}
      {pinned !== null && <circle cx={placeOf(pinned, count)} cy={HEIGHT - 6} r="5" class="track-pin" />}
    </svg>
  );
}

export function Track({ entries, at, pinned, move }: TrackProps) {
  const last = entries.length - 1;
  const { playing, toggle } = usePlaying(at, last, move);
  const entry = entries[at];
  const [first] = entries;
  if (!entry || !first) return null;
  const said = t("time.said", { version: entry.version, command: entry.command, when: momentOf(entry.occurredAt) });
  return (
    <div class="track">
      <div class="track-steps">
        <Button icon="back" kind="quiet" disabled={at === 0} onClick={() => move(at - 1)}>
          {t("time.before")}
        </Button>
        <Button icon={playing ? "pause" : "play"} disabled={last === 0} onClick={toggle}>
          {playing ? t("time.pause") : t("time.play")}
        </Button>
        <Button icon="next" kind="quiet" disabled={at === last} onClick={() => move(at + 1)}>
          {t("time.after")}
        </Button>
      </div>
      <div class="track-field">
        <Ticks entries={entries} at={at} pinned={pinned} />
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label={t("time.slider")}
          aria-valuetext={said}
          onInput={(event) => move(Number(event.currentTarget.value))}
        />
      </div>
      <p class="axis soft" dir="ltr">
        <span>{dayOf(first.occurredAt)}</span>
        <span>{dayOf(entries[last]?.occurredAt ?? first.occurredAt)}</span>
      </p>
    </div>
  );
}
