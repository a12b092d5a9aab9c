/** What the mall proposes for a draft: where it may belong, and what it may be already; each to be taken or not. */
import type { ListingSuggestions, SuggestedDouble, SuggestedPlace } from "../../models/listing/listing.contract";
import { Link } from "../app/router";
import { percentOf, textOf } from "../parts/format";
import { Button, Notice } from "../parts/pieces";
import { t } from "../words/words";
import { AskedAttributes } from "./asked-attributes";
import type { Decided } from "./draft";
import { WhichVariant } from "./which-variant";

interface ProposalsProps {
  readonly found: ListingSuggestions;
  readonly decided: Decided;
  readonly decide: (decided: Decided) => void;
}

const pathOf = ({ path }: SuggestedPlace): string => path.join(" › ");

function Place({ label, note, checked, choose }: PlaceProps) {
  return (
    <label class="way">
      <input type="radio" name="place" checked={checked} onChange={choose} />
      <span>
        {label}
        {note !== "" && (
          <>
            <br />
            <small class="soft">{note}</small>
          </>
        )}
      </span>
    </label>
  );
}

interface PlaceProps {
  readonly label: string;
  readonly note: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

function Places({ found, decided, decide }: ProposalsProps) {
  if (found.categories.length === 0) return <p class="soft">{t("draft.noPlace")}</p>;
  return (
    <fieldset class="ways-to-ship">
      <legend>{t("draft.where")}</legend>
      {found.categories.map((place) => (
        <Place
          key={pathOf(place)}
          label={pathOf(place)}
          note={t("draft.speaks", { percent: percentOf(place.share), why: place.because.join(", ") })}
          checked={decided.place === place}
          choose={() => decide({ ...decided, place, given: {} })}
        />
      ))}
      <Place
        label={t("draft.elsewhere")}
        note=""
        checked={decided.place === null}
        choose={() => decide({ ...decided, place: null, given: {} })}
      />
    </fieldset>
  );
}

function Double({ double, taken, take }: DoubleProps) {
  const { productId, title, probability, because } = double;
  const why = because.map(textOf).join(" ");
  return (
    <Notice tone={taken ? "good" : "warn"}>
      <p>
        <strong>{taken ? t("draft.takenDouble") : t("draft.double")}</strong>{" "}
        <Link to={`/product/${productId}`}>
          <bdi>{textOf(title)}</bdi>
        </Link>
        <br />
        <small>{t("draft.speaks", { percent: percentOf(probability), why })}</small>
      </p>
      <Button small pressed={taken} onClick={() => take(!taken)}>
        {taken ? t("draft.different") : t("draft.same")}
      </Button>
    </Notice>
  );
}

interface DoubleProps {
  readonly double: SuggestedDouble;
  readonly taken: boolean;
  readonly take: (taken: boolean) => void;
}

export function Proposals({ found, decided, decide }: ProposalsProps) {
  const categoryId = decided.place?.categoryId ?? null;
  return (
    <div class="stack">
      {found.duplicates.map((double) => (
        <Double
          key={double.productId}
          double={double}
          taken={decided.double?.productId === double.productId}
          take={(taken) => decide({ ...decided, double: taken ? double : null, variantId: null })}
        />
      ))}
      {decided.double !== null && (
        <WhichVariant
          key={decided.double.productId}
          productId={decided.double.productId}
          chosen={decided.variantId}
          choose={(variantId) => decide({ ...decided, variantId })}
        />
      )}
      {decided.double === null && <Places found={found} decided={decided} decide={decide} />}
      {decided.double === null && categoryId !== null && (
        <AskedAttributes
          key={categoryId}
          categoryId={categoryId}
          given={decided.given}
          give={(given) => decide({ ...decided, given })}
        />
      )}
    </div>
  );
}
