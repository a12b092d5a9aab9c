/** A mall with people who apply to sell, and those who decide about them. */
import { randomUUID } from "node:crypto";
import { contracts } from "../../../models/contracts";
import { issueToken } from "../../../services/gateway/tokens";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openPeople, type Answer, type People } from "../../support/people";

export const typeOf = ({ status, body }: Answer) => [status, String(body["type"]).replace("urn:stoa:refusal:", "")];
export const done = (answer: Answer): Answer => {
  expect([answer.status, answer.body["detail"]]).toEqual([expect.any(Number), undefined]);
  return answer;
};

export const seenOf = ({ headers }: Answer): string => headers.get("stoa-token") ?? "";
export const idOf = ({ body }: Answer): string => body["id"] as string;

/** The answer of a query, held against what the contract declares. */
export function declared(action: string, { status, body }: Answer): Answer["body"] {
  expect([action, status]).toEqual([action, 200]);
  const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
  expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
  return body;
}

export const parts = (vatId: string) => ({
  business: { legalName: "Brandt Leuchten GmbH", street: "Lange Str. 1", postalCode: "10115", city: "Berlin" },
  contact: { name: "R. Brandt", email: "office@example.org" },
  tax: { vatId },
  bank: { holder: "Brandt Leuchten GmbH", iban: "DE89 3704 0044 0532 0130 00" },
  papers: [{ kind: "register-extract", reference: "HRB 12345 B" }],
});
export const beginning = { name: "Brandt Leuchten", country: "DE", form: "company" };

/** To be called once, at the top of the spec; what it gives works once the first test runs. */
export function withSellers() {
  let people: People;
  beforeAll(async () => {
    people = await openPeople({ STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}` });
  }, START_WITHIN_MS);
  afterAll(() => people.stop(), START_WITHIN_MS);

  /** What somebody asks, with the token for what was written last where one is given. */
  const as =
    (token: string | undefined) =>
    (method: string, path: string, body?: object, seen = "") =>
      people.ask(method, path, {
        token,
        ...(body && { body }),
        ...(seen !== "" && { headers: { "stoa-token": seen } }),
      });
  const admin = (...asked: Parameters<ReturnType<typeof as>>) => as(people.admin)(...asked);
  const second = () => issueToken(people.config.secret, { id: "second", permissions: ["*"] });

  /** A verified account; logging in anew brings what it was granted since. */
  async function somebody(email: string) {
    const { accountId, accessToken } = await people.person(email);
    const again = async (): Promise<string> => {
      const { body } = await people.ask("POST", "/v1/sessions", {
        body: { email, password: "a lamp between two doors" },
      });
      return body["accessToken"] as string;
    };
    const withGrant = (party: string): Promise<string> =>
      eventually(`${email} works for the seller`, async () => {
        const { body } = await people.ask("GET", "/v1/me", { token: accessToken });
        return (body["grants"] as { party: string }[]).some((grant) => grant.party === party) && again();
      });
    return { accountId, token: accessToken, ask: as(accessToken), again, withGrant };
  }

  /** An application with everything in it, handed in. */
  async function applied(owner: { readonly ask: ReturnType<typeof as> }, vatId: string): Promise<string> {
    const id = idOf(done(await owner.ask("POST", "/v1/sellers", beginning)));
    done(await owner.ask("PATCH", `/v1/sellers/${id}/application`, parts(vatId)));
    done(await owner.ask("POST", `/v1/sellers/${id}/submit`));
    return id;
  }
  return { people: () => people, as, admin, second, somebody, applied };
}

export type Stage = ReturnType<typeof withSellers>;
