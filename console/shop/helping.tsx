/** What is proposed in the cart: to who is about to buy what goes with it, to who still looks what is like it. */
import type { IntentView } from "../../models/intent/intent.contract";
import { useStore } from "../app/store";
import { consent, visitor } from "../client/deeds";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { t } from "../words/words";
import { IN_GENERAL, Recommended } from "./recommended";

type Helps = IntentView["propose"];

/** Null until it is known; of who lets nobody know them, what helps everybody. */
function useHelps(): Helps | null {
  const who = useStore(person);
  const given = useStore(consent);
  const visitorId = who === null && given === "yes" ? visitor() : null;
  const stranger = who === null && visitorId === null;
  const asked = visitorId === null ? {} : { visitorId };
  const { data, fault } = useAsk("intent.ask", who === undefined || stranger ? null : asked);
  if (stranger || fault !== null) return "complete";
  return data?.propose ?? null;
}

export function Helping({ productId }: { readonly productId: string | undefined }) {
  const helps = useHelps();
  if (helps === null) return null;
  const title = helps === "complete" ? t("cart.complete") : t("cart.instead");
  return <Recommended key={helps} kind={helps} title={title} productId={productId} without={IN_GENERAL} />;
}
