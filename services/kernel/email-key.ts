/** An e-mail address as something to be found by: the same for every way of writing it, and nothing to read it from. */
import type { Pepper } from "./pepper";

/** Case does not tell mailboxes apart anywhere that matters, and neither do compatibility forms of Unicode. */
export const normalised = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

export const emailKeyOf = (pepper: Pepper, email: string): string => pepper.mac("account.email", normalised(email));
