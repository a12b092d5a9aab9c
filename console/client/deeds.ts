/**
 * What a visitor does, told to the mall by its own script for browsers (`/stoa-events.js`), as on any other page that
 * shows the mall's goods. Without the visitor's leave nothing of it is anybody's; where the script is missing, all goes
 * on without it.
 */
import type { Money } from "../../models/kernel/money";
import { keptAs } from "../app/kept";
import { createStore } from "../app/store";

export interface Deed {
  readonly productId?: string;
  readonly query?: string;
  readonly queryId?: string | undefined;
  readonly results?: number;
  readonly revenue?: Money;
}

interface Script {
  track(action: "search" | "view" | "add_to_cart" | "checkout" | "purchase", deed: Deed): void;
  flush(leaving?: boolean): Promise<void>;
  visitor(): string | null;
  consent(given: boolean): Promise<void>;
  login(token?: string): void;
}

export type Consent = "yes" | "no" | "unasked";

const script = (): Script | undefined => (window as { readonly stoa?: Script }).stoa;

/** A browser that says so for all sites has answered already. */
const refused = (): boolean => (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true;

function consentNow(): Consent {
  if (refused()) return "no";
  const answer = keptAs("stoa-consent");
  return answer === "yes" || answer === "no" ? answer : "unasked";
}

/** Whether what somebody does may be kept as theirs, and gone by. */
export const consent = createStore<Consent>(consentNow());

export async function chooseConsent(given: boolean): Promise<void> {
  await script()?.consent(given);
  consent.set(consentNow());
}

/** For what is answered by what one did: null for whoever wants to be nobody. */
export const visitor = (): string | null => script()?.visitor() ?? null;

/** The script knows who is signed in, so that what was done before belongs to the same person. */
export const noteBearer = (token: string | null): void => script()?.login(token ?? undefined);

export const track: Script["track"] = (action, deed) => script()?.track(action, deed);
