/** What differs, field by field: what it was, what it is, and who changed it last. */
import type { FieldStory } from "../../models/kernel/history.results";
import { agoOf, exactOf, labelOf } from "../parts/format";
import { t } from "../words/words";
import { leafText } from "./state-tree";

const TEXT_MAX = 400;

/** `prices[3].amountMinor` → `Prices › 3 › Amount minor` */
const nameOf = (field: string): string =>
  field === ""
    ? t("time.whole")
    : field
        .split(/[.[\]]+/)
        .filter((part) => part !== "")
        .map(labelOf)
        .join(" › ");

interface SideProps {
  readonly change: FieldStory;
  readonly side: "was" | "is";
  readonly currency: string | null;
}

function textOf({ change, side, currency }: SideProps): string {
  const value = change[side];
  const name = change.field.split(".").at(-1) ?? "";
  const beside = currency === null ? {} : { currency };
  const text =
    typeof value === "object" && value !== null ? JSON.stringify(value, null, 1) : leafText({ name, value, beside });
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)} …` : text;
}

interface ChangesProps {
  readonly changes: readonly FieldStory[];
  readonly currency: string | null;
  /** Several versions lie between: each field tells who changed it last. */
  readonly storied: boolean;
}

export function Changes({ changes, currency, storied }: ChangesProps) {
  if (changes.length === 0) return <p class="soft">{t("time.nothing")}</p>;
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li key={change.field}>
          <strong>{nameOf(change.field)}</strong>
          <div class="was-is">
            {change.was === undefined ? (
              <span class="soft">{t("time.new")}</span>
            ) : (
              <del dir="auto">{textOf({ change, side: "was", currency })}</del>
            )}
            {change.is === undefined ? (
              <span class="soft">{t("time.gone")}</span>
            ) : (
              <ins dir="auto">{textOf({ change, side: "is", currency })}</ins>
            )}
          </div>
          {storied && (
            <small class="soft">
              {t("time.story", { by: change.by, command: change.command, version: change.version })}{" "}
              <time dateTime={change.occurredAt} title={exactOf(change.occurredAt)}>
                {agoOf(change.occurredAt)}
              </time>
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}
