/** What is proposed in the cart: to who is about to buy what goes with it, to who still looks what is like it. */
import type { IntentView } from "../../models/intent/intent.contract";
import { useStore } from "../app/store";
import { consent, visitor } from "../client/deeds";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { t } from "../words/words";
import { IN_GENERAL, Recommended } from "./recommended";

type Helps = IntentView["propose"];

type Whose = { readonly visitorId?: string } | "nobody's" | null;

/** Whose visit it is; null until that is known. */
function useWhose(): Whose {
  const who = useStore(person);
  const given = useStore(consent);
  if (who !== null) return who === undefined ? null : {};
  const visitorId = given === "yes" ? visitor() : null;
  return visitorId === null ? "nobody's" : { visitorId };
}

/** Null until it is known; of who lets nobody know them, what helps everybody. */
function useHelps(): Helps | null {
  const whose = useWhose();
  const stranger = whose === "nobody's";
  const { data, fault } = useAsk("intent.ask", stranger ? null : whose);
  return stranger || fault !== null ? "complete" : (data?.propose ?? null);
}

export function Helping({ productId }: { readonly productId: string | undefined }) {
  const helps = useHelps();
  if (helps === null) return null;
  const title = helps === "complete" ? t("cart.complete") : t("cart.instead");
  return <Recommended key={helps} kind={helps} title={title} productId={productId} without={IN_GENERAL} />;
}
