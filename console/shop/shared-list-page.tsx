/** A list that somebody shared: to look at, and to keep or buy what is on it oneself. */
import type { PageProps } from "../app/areas";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Empty, Fault, Title } from "../parts/pieces";
import { t } from "../words/words";
import { Card } from "./card";

function Thing({ id, position }: { readonly id: string; readonly position: number }) {
  const { data } = useAsk("product.get", { id });
  if (data === null) return null;
  const image = data.media.find(({ kind }) => kind === "image")?.url ?? null;
  return <Card hit={{ ...data, image }} position={position} />;
}

export function SharedListPage({ at }: PageProps) {
  const answer = useAsk("wishlist.shared", { key: at["key"] ?? "" });
  if (answer.fault !== null) {
    return (
      <>
        <Title>{t("wish.shared")}</Title>
        {answer.fault.type === "NOT_FOUND" ? (
          <Empty icon="heart" title={t("wish.notShared")} />
        ) : (
          <Fault fault={answer.fault} again={answer.again} />
        )}
      </>
    );
  }
  return (
    <>
      <Title>{t("wish.shared")}</Title>
      <Answered answer={answer} lines={6}>
        {({ products }) => (
          <ul class="cards">
            {products.map(({ productId, variantId }, position) => (
              <Thing key={`${productId}/${variantId ?? ""}`} id={productId} position={position} />
            ))}
          </ul>
        )}
      </Answered>
    </>
  );
}
