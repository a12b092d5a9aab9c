/** What the specs of people ask again and again, and how they read the answers. */
import { PASSWORD, type Answer, type People } from "../../support/people";

export const NEW_PASSWORD = "nine yellow kettles sing";

export const typeOf = ({ body }: Answer): string => String(body["type"]).replace("urn:stoa:refusal:", "");

export interface Asking {
  readonly logIn: (email: string, password?: string, more?: object) => Promise<Answer>;
  readonly post: (at: string, body: object, token?: string) => Promise<Answer>;
}

/** @param people known once the mall of the spec runs */
export const askingOf = (people: () => People): Asking => ({
  logIn: (email, password = PASSWORD, more = {}) =>
    people().ask("POST", "/v1/sessions", { body: { email, password, ...more } }),
  post: (at, body, token) => people().ask("POST", at, { body, token }),
});
