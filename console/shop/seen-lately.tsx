/** What somebody looked at last, and what is like the last of it: only for those who let the mall go by it. */
import { useAsk } from "../client/use";
import { textOf } from "../parts/format";
import { t } from "../words/words";
import { IN_GENERAL, Recommended, useAsked } from "./recommended";

export function SeenLately() {
  const { data } = useAsk("recommendation.ask", useAsked("recent", 1));
  const [last] = data?.items ?? [];
  if (!last) return null;
  const title = t("home.becauseOf", { title: textOf(last.title) });
  return (
    <>
      <Recommended kind="similar" productId={last.productId} title={title} without={IN_GENERAL} silent />
      <Recommended kind="recent" title={t("home.seen")} silent />
    </>
  );
}
