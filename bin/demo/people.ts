/**
 * The demo market's people: a shopper, a seller and an admin, so that whoever starts a mall can look at it as each of
 * them. Their passwords follow from the mall's secret and stand nowhere; the start prints a link per person, in which
 * the password stands behind the `#`, where no server and no log sees it. Only where mails are files of this machine.
 */
import { createHmac } from "node:crypto";
import { createAccount } from "../account/create";
import type { Mall } from "../client/mall";
import { keyOf } from "../client/keys";
import { sendOne } from "./found";
import { signedIn, visit, type SignedIn } from "./visit";

export interface DemoPerson {
  readonly room: "shop" | "sell" | "run";
  readonly email: string;
  readonly name: string;
  /** Beside being a shopper; `seller`: of the demo seller. */
  readonly role: { readonly role: string; readonly of: "seller" | "mall" } | null;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { room: "shop", email: "shopper@demo.example", name: "Sam", role: null },
  { room: "sell", email: "seller@demo.example", name: "Mara", role: { role: "seller-owner", of: "seller" } },
  { room: "run", email: "admin@demo.example", name: "Ada", role: { role: "admin-owner", of: "mall" } },
];

export interface Entrance {
  readonly room: DemoPerson["room"];
  readonly link: string;
}

export interface Doors {
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  readonly dataDir: string;
  readonly secret: string;
  readonly sellerId: string;
  /** Opens accounts for people who have none. */
  readonly anew: boolean;
  /** Gives roles. */
  readonly mall: Mall;
}

const PASSWORD_LENGTH = 24;

const passwordOf = (secret: string, email: string): string =>
  createHmac("sha256", secret).update(`entrance of ${email}`).digest("base64url").slice(0, PASSWORD_LENGTH);

export function entranceOf(url: string, secret: string, { room, email }: DemoPerson): Entrance {
  const entry = Buffer.from(`${email}:${passwordOf(secret, email)}`).toString("base64url");
  return { room, link: `${url}/sign-in#enter=${entry}` };
}

async function opened(doors: Doors, person: DemoPerson): Promise<SignedIn> {
  const { url, token, dataDir, secret, sellerId, mall } = doors;
  const { email, role } = person;
  const password = passwordOf(secret, email);
  const wanted = { email, password, role: null, code: null };
  const noMail = (): Promise<never> => Promise.reject(new Error("mails go out by a mail server"));
  const id = await createAccount({ url, token, dataDir }, wanted, noMail);
  if (role !== null) {
    const params = { id, role: role.role, party: role.of === "seller" ? sellerId : null };
    await sendOne(mall, { action: "account.grant", params, idempotencyKey: keyOf("demo", "grant", id) });
  }
  const found = await signedIn(url, email, password);
  if (found === null) throw new Error(`${email} was opened, and is not let in`);
  await visit(url, `/v1/accounts/${id}`, { method: "PATCH", body: { name: person.name }, token: found.accessToken });
  return found;
}

export interface Met {
  readonly entrances: readonly Entrance[];
  /** Who was opened just now, in the order of `DEMO_PEOPLE`; null where they were there before. */
  readonly opened: readonly SignedIn[] | null;
}

/** Whoever is there already is left alone. @throws Sentence when the mall refuses */
export async function meetPeople(doors: Doors): Promise<Met> {
  const { url, secret } = doors;
  const entrances = DEMO_PEOPLE.map((person) => entranceOf(url, secret, person));
  const [first] = DEMO_PEOPLE;
  const known = first && (await signedIn(url, first.email, passwordOf(secret, first.email)));
  if (known) {
    await visit(url, "/v1/me/logout", { body: {}, token: known.accessToken });
    return { entrances, opened: null };
  }
  if (!doors.anew) return { entrances: [], opened: null };
  // one after the other: each waits for a mail of its own
  const people: SignedIn[] = [];
  for (const person of DEMO_PEOPLE) people.push(await opened(doors, person));
  return { entrances, opened: people };
}
