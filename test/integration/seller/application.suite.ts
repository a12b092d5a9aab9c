/** An application to sell: what is next and why, who sees it, and how it comes back. */
import { beginning, declared, done, idOf, parts, typeOf, type Stage } from "./stage";

export function anApplication({ as, admin, somebody }: Stage): void {
  describe("an application", () => {
    test("is filled in step by step, and tells at each what is next, and why", async () => {
      const ada = await somebody("ada@example.org");
      const id = idOf(done(await ada.ask("POST", "/v1/sellers", beginning)));
      const path = `/v1/sellers/${id}/application`;
      const view = async () => declared("seller.application", await ada.ask("GET", path));
      expect(await view()).toMatchObject({ accountId: ada.accountId, status: "draft", next: { part: "business" } });
      const { tax: _tax, ...rest } = parts("");
      done(await ada.ask("PATCH", path, rest));
      expect(await view()).toMatchObject({ next: { part: "tax", state: "missing" } });
      done(await ada.ask("PATCH", path, { tax: { vatId: "DE136695978" } }));
      expect(await view()).toMatchObject({ next: { part: "tax", state: "wrong", why: expect.any(String) as string } });
      expect(typeOf(await ada.ask("POST", `/v1/sellers/${id}/submit`))).toEqual([409, "SELLER_INCOMPLETE"]);
      done(await ada.ask("PATCH", path, { tax: { vatId: "DE136695976" } }));
      expect(await view()).toMatchObject({ next: null, bank: { holder: "Brandt Leuchten GmbH" } });
      done(await ada.ask("POST", `/v1/sellers/${id}/submit`));

      const ben = await somebody("ben@example.org");
      expect(typeOf(await ben.ask("GET", path))).toEqual([403, "FORBIDDEN"]);
      expect(typeOf(await ben.ask("PATCH", path, { about: { en: "mine" } }))).toEqual([403, "FORBIDDEN"]);
      expect(typeOf(await ada.ask("POST", `/v1/sellers/${id}/approve`))).toEqual([403, "FORBIDDEN"]);
      expect(typeOf(await as(undefined)("POST", "/v1/sellers", beginning))).toEqual([401, "UNAUTHENTICATED"]);
      expect(typeOf(await ben.ask("GET", `/v1/sellers/${id}`))).toEqual([404, "NOT_FOUND"]);

      const twin = idOf(done(await ben.ask("POST", "/v1/sellers", { ...beginning, name: "Another name" })));
      done(await ben.ask("PATCH", `/v1/sellers/${twin}/application`, parts("DE 136 695 976")));
      expect(typeOf(await ben.ask("POST", `/v1/sellers/${twin}/submit`))).toEqual([409, "CLAIM_TAKEN"]);
      done(await admin("POST", `/v1/sellers/${id}/return`, { reasons: [{ part: "papers", why: "Unreadable." }] }));
      expect(await view()).toMatchObject({ status: "draft", reasons: [{ part: "papers", why: "Unreadable." }] });
      done(await ada.ask("POST", `/v1/sellers/${id}/withdraw`));
      done(await ben.ask("POST", `/v1/sellers/${twin}/submit`));
      done(await ben.ask("POST", `/v1/sellers/${twin}/withdraw`));
    });
  });
}
