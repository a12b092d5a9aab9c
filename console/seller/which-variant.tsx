/** Of a product that is there already: which of its variants is offered. Nothing where it has none. */
import { useAsk } from "../client/use";
import { Choice } from "../parts/fields";
import { t } from "../words/words";

interface WhichProps {
  readonly productId: string;
  readonly chosen: string | null;
  readonly choose: (variantId: string | null) => void;
}

export function WhichVariant({ productId, chosen, choose }: WhichProps) {
  const { data } = useAsk("product.get", { id: productId });
  const variants = data?.variants ?? [];
  if (variants.length === 0) return null;
  const options = [
    { value: "", text: t("draft.choose") },
    ...variants.map(({ id, options: of }) => ({ value: id, text: Object.values(of).join(", ") })),
  ];
  return (
    <Choice
      label={t("draft.variant")}
      value={chosen ?? ""}
      options={options}
      change={(value) => choose(value === "" ? null : value)}
    />
  );
}
