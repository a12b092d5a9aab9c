/** What a category asks every product of it to give: a field for each. */
import type { EffectiveAttribute } from "../../models/category/category.attributes.contract";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Check, Choice, Field } from "../parts/fields";
import { textOf } from "../parts/format";
import { t } from "../words/words";
import type { Given, Typed } from "./draft";

interface AskedProps {
  readonly categoryId: string;
  readonly given: Given;
  readonly give: (given: Given) => void;
}

interface OneProps {
  readonly of: EffectiveAttribute;
  readonly value: Typed["value"] | undefined;
  readonly change: (value: Typed["value"]) => void;
}

function One({ of: { label, type, unit, values = [] }, value, change }: OneProps) {
  const name = unit === undefined ? textOf(label) : `${textOf(label)} (${unit})`;
  if (type === "boolean") {
    return (
      <Check checked={value === true} change={change}>
        {name}
      </Check>
    );
  }
  const typed = typeof value === "string" ? value : "";
  if (type !== "choice")
    return <Field label={name} value={typed} change={change} decimal={type === "number"} required />;
  const options = ["", ...values].map((one) => ({ value: one, text: one === "" ? t("draft.choose") : one }));
  return <Choice label={name} value={typed} options={options} change={change} />;
}

/** Told with its type, so that what was typed can be read as it. */
export function AskedAttributes({ categoryId, given, give }: AskedProps) {
  const answer = useAsk("category.get", { id: categoryId });
  return (
    <Answered answer={answer} lines={2}>
      {({ attributes }) => (
        <div class="range">
          {attributes
            .filter(({ required }) => required === true)
            .map((one) => (
              <One
                key={one.name}
                of={one}
                value={given[one.name]?.value}
                change={(value) => give({ ...given, [one.name]: { type: one.type, value } })}
              />
            ))}
        </div>
      )}
    </Answered>
  );
}
