/** The life of a seller over HTTP, from the application to the end, with everybody who has a part in it. */
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { anApplication } from "./application.suite";
import { declared, done, idOf, seenOf, typeOf, withSellers } from "./stage";

const stage = withSellers();
const { people, as, admin, second, somebody, applied } = stage;

const lamp = (word: string) => ({ title: { en: word }, channels: [], publish: true });
const offerOf = (productId: string, sellerId: string, amountMinor: number) => ({
  ...{ productId, sellerId, sku: "lamp-1", condition: "new" },
  price: { amountMinor, currency: "EUR" },
});

anApplication(stage);

describe("the mall", () => {
  test("may apply for a seller by a program: nobody owns it, and it is settled all the same", async () => {
    const id = await applied({ ask: admin }, "DE200000013");
    const requested = await admin("POST", `/v1/sellers/${id}/approve`);
    const approval = `/v1/approvals/${(requested.body["approval"] as { id: string }).id}/approve`;
    done(await as(second())("POST", approval, {}));
    await eventually("it is settled", async () => {
      const { body } = await admin("GET", `/v1/history/seller/${id}`);
      return (body["items"] as { command: string }[]).some(({ command }) => command === "seller.establish");
    });
    expect((await admin("GET", `/v1/sellers/${id}/members`)).body["items"]).toEqual([]);
    done(await admin("POST", `/v1/sellers/${id}/close`, { reason: "tried" }));
  });

  test("keeps what is personal out of the store and the stream in clear", async () => {
    const eva = await somebody("eva@example.org");
    const id = await applied(eva, "DE136695976");
    const { store } = people().node;
    const rows = await store.of("seller").page(id, 0, 10);
    const text = JSON.stringify(rows);
    expect(text).toContain("Brandt Leuchten");
    for (const secret of ["Lange Str", "office@example.org", "DE136695976", "0532", "HRB"]) {
      expect(text).not.toContain(secret);
    }
    done(await eva.ask("POST", `/v1/sellers/${id}/withdraw`));
  });
});

describe("a seller", () => {
  let owner: Awaited<ReturnType<typeof somebody>>;
  let sellerId: string;
  let own: ReturnType<typeof as>;
  let productId: string;
  let offerId: string;
  const search = async (seen = "") => (await as(undefined)("GET", "/v1/products?q=lighthouse", undefined, seen)).body;
  const shown = async (seen = "") => {
    const { items } = (await search(seen)) as {
      items: { offerCount: number; price: { amountMinor: number } | null }[];
    };
    const view = await as(undefined)("GET", `/v1/products/${productId}`, undefined, seen);
    const inView = (view.body["offers"] as { sellerId: string }[]).map((offer) => offer.sellerId);
    return { hit: items.map(({ offerCount, price }) => [offerCount, price?.amountMinor ?? null]), inView };
  };

  beforeAll(async () => {
    owner = await somebody("cora@example.org");
    sellerId = await applied(owner, "DE136695976");
    productId = idOf(done(await admin("POST", "/v1/products", lamp("lighthouse"))));
    done(await admin("POST", "/v1/offers", offerOf(productId, "known-by-import", 9_900)));
  }, START_WITHIN_MS);

  test("sells nothing before it is let in; then who applied is its owner", async () => {
    const early = await owner.ask("POST", "/v1/offers", offerOf(productId, sellerId, 1_900));
    expect(typeOf(early)).toEqual([403, "FORBIDDEN"]);
    const asAdmin = await admin("POST", "/v1/offers", offerOf(productId, sellerId, 1_900));
    expect(typeOf(asAdmin)).toEqual([409, "SELLER_NOT_ACTIVE"]);
    const requested = await admin("POST", `/v1/sellers/${sellerId}/approve`);
    const approval = `/v1/approvals/${(requested.body["approval"] as { id: string }).id}/approve`;
    expect([requested.status, typeOf(await admin("POST", approval, {}))]).toEqual([202, [409, "APPROVAL_OWN"]]);
    done(await as(second())("POST", approval, {}));
    own = as(await owner.withGrant(sellerId));
    const offer = done(await own("POST", "/v1/offers", offerOf(productId, sellerId, 1_900)));
    offerId = idOf(offer);
    done(await own("POST", `/v1/offers/${offerId}/stock/berlin/receive`, { quantity: 3 }));
    expect(typeOf(await own("POST", "/v1/offers", offerOf(productId, "known-by-import", 1)))).toEqual([
      403,
      "FORBIDDEN",
    ]);
    const profile = declared("seller.get", await as(undefined)("GET", `/v1/sellers/${sellerId}`));
    expect(profile).toMatchObject({ name: "Brandt Leuchten", status: "active", country: "DE" });
    expect(await shown(seenOf(offer))).toEqual({ hit: [[2, 1_900]], inView: [sellerId, "known-by-import"] });
  });

  test("suspended, vanishes from search, price and view at once with the token, and comes back", async () => {
    const suspended = done(await admin("POST", `/v1/sellers/${sellerId}/suspend`, { reason: "complaints" }));
    expect(await shown(seenOf(suspended))).toEqual({ hit: [[1, 9_900]], inView: ["known-by-import"] });
    const { facets } = (await search(seenOf(suspended))) as { facets: { seller: { value: string }[] } };
    expect(facets.seller.map(({ value }) => value)).toEqual(["known-by-import"]);
    const price = { price: { amountMinor: 1_800, currency: "EUR" } };
    expect(typeOf(await own("PUT", `/v1/offers/${offerId}/price`, price))).toEqual([409, "SELLER_NOT_ACTIVE"]);
    const counted = await own("POST", `/v1/offers/${offerId}/stock/berlin/count`, { counted: 2 });
    expect(typeOf(counted)).toEqual([409, "SELLER_NOT_ACTIVE"]);
    const reinstated = done(await admin("POST", `/v1/sellers/${sellerId}/reinstate`));
    expect(await shown(seenOf(reinstated))).toEqual({ hit: [[2, 1_900]], inView: [sellerId, "known-by-import"] });
    done(await own("PUT", `/v1/offers/${offerId}/price`, price));
  });

  test("is found by its name, and listed by where it stands, by those who may", async () => {
    const revised = done(await own("PATCH", `/v1/sellers/${sellerId}`, { name: "Cora's Lighthouse" }));
    const listed = await admin("GET", "/v1/sellers?q=lighthouse&status=active", undefined, seenOf(revised));
    expect(declared("seller.list", listed)).toMatchObject({ total: 1, items: [{ id: sellerId, status: "active" }] });
    expect(typeOf(await own("GET", "/v1/sellers"))).toEqual([403, "FORBIDDEN"]);
    const { offers } = (await as(undefined)("GET", `/v1/products/${productId}`, undefined, seenOf(revised))).body;
    expect(offers).toContainEqual(expect.objectContaining({ sellerId, sellerName: "Cora's Lighthouse" }));
  });

  test("invites staff by mail, who work for it once they accepted, until they are removed", async () => {
    const invited = await own("POST", `/v1/sellers/${sellerId}/members`, {
      email: "dan@example.org",
      role: "seller-staff",
    });
    const membershipId = invited.body["id"] as string;
    expect(declared("membership.invite", invited)).toMatchObject({ status: "sent" });
    const list = await own("GET", `/v1/sellers/${sellerId}/members`, undefined, seenOf(invited));
    expect(list.body["items"]).toContainEqual(expect.objectContaining({ id: membershipId, status: "invited" }));
    const again = { email: "Dan@example.org", role: "seller-staff" };
    expect(typeOf(await own("POST", `/v1/sellers/${sellerId}/members`, again))).toEqual([409, "CLAIM_TAKEN"]);
    const pending = declared("membership.get", await own("GET", `/v1/memberships/${membershipId}`));
    expect(pending).toMatchObject({ status: "invited", email: "dan@example.org", accountId: null });
    const code = await people().code("dan@example.org");

    const dan = await somebody("dan.at.home@example.org");
    const [first = "", mac = ""] = code.split(".");
    const forged = `${first}.${mac.startsWith("0") ? "1" : "0"}${mac.slice(1)}`;
    expect(typeOf(await dan.ask("POST", "/v1/memberships/join", { code: forged }))).toEqual([400, "CODE_INVALID"]);
    const joined = await dan.ask("POST", "/v1/memberships/join", { code });
    expect(declared("membership.join", joined)).toEqual({ sellerId, role: "seller-staff" });
    expect((await dan.ask("POST", "/v1/memberships/join", { code })).status).toBe(200);
    const eve = await somebody("eve@example.org");
    expect(typeOf(await eve.ask("POST", "/v1/memberships/join", { code }))).toEqual([400, "CODE_INVALID"]);

    const staff = as(await dan.withGrant(sellerId));
    const price = { price: { amountMinor: 1_700, currency: "EUR" } };
    done(await staff("PUT", `/v1/offers/${offerId}/price`, price));
    expect(typeOf(await staff("DELETE", `/v1/memberships/${membershipId}`))).toEqual([403, "FORBIDDEN"]);
    expect(typeOf(await eve.ask("GET", `/v1/sellers/${sellerId}/members`))).toEqual([403, "FORBIDDEN"]);

    const removed = done(await own("DELETE", `/v1/memberships/${membershipId}`));
    const listed = await own("GET", `/v1/sellers/${sellerId}/members`, undefined, seenOf(removed));
    const items = declared("membership.list", listed)["items"] as Record<string, unknown>[];
    expect(items.map(({ role, accountId }) => [role, accountId])).toContainEqual(["seller-owner", owner.accountId]);
    await eventually("the grant is taken back", async () => {
      const { body } = await dan.ask("GET", "/v1/me");
      return (body["grants"] as unknown[]).length === 0;
    });
    expect(typeOf(await as(await dan.again())("PUT", `/v1/offers/${offerId}/price`, price))).toEqual([
      403,
      "FORBIDDEN",
    ]);
  });

  test("that is active keeps its owner: the account is not erased", async () => {
    const refused = await owner.ask("POST", `/v1/accounts/${owner.accountId}/erase`);
    expect(typeOf(refused)).toEqual([409, "ACCOUNT_OWNS_SELLER"]);
    expect(refused.body["sellerId"]).toBe(sellerId);
    expect((await owner.ask("GET", "/v1/me")).status).toBe(200);
  });

  test("closed, is gone for good, and its tax number is free", async () => {
    const closed = done(await own("POST", `/v1/sellers/${sellerId}/close`, { reason: "retired" }));
    expect(await shown(seenOf(closed))).toEqual({ hit: [[1, 9_900]], inView: ["known-by-import"] });
    expect(typeOf(await admin("POST", `/v1/sellers/${sellerId}/reinstate`))).toEqual([409, "SELLER_STATUS"]);
    await applied(owner, "DE136695976");
    // nobody relies on it any more, so its owner may go, too
    done(await owner.ask("POST", `/v1/accounts/${owner.accountId}/erase`));
  });
});
