/** Live connections of a whole node on real services: who is let in, what is told, and what is refused. */
import { io, type Socket } from "socket.io-client";
import type { Answer, LiveAsks, LiveProblem, LiveTells, Told, WatchAsk } from "../../../models/live/live.contract";
import { LIVE_PATH, taken, type Held } from "../../../models/live/live.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { placeOrder, quoteLine } from "../../support/orders";
import { openPeople, PASSWORD, type People } from "../../support/people";

type Client = Socket<LiveTells, LiveAsks>;

let people: People;
let channelId: string;
let orders = 0;
const clients: Client[] = [];

const ROOT = { id: "root", permissions: ["*"] };
const call = <R = { id: string }>(action: string, params: object): Promise<R> => {
  const trace = `live-${(orders += 1)}`;
  return people.node.broker.call<R, object>(action, params, {
    meta: { principal: ROOT, trace, commandId: trace, exempt: "approved" },
  });
};
const order = (sellerId: string, quantity = 1): Promise<{ id: string }> => {
  const checkoutId = `checkout-${(orders += 1)}`;
  return call("order.place", placeOrder([quoteLine("l1", quantity, 1_000)], { checkoutId, channelId, sellerId }));
};

beforeAll(async () => {
  people = await openPeople();
  ({ id: channelId } = await call("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  }));
}, START_WITHIN_MS);
afterEach(() => clients.splice(0).forEach((client) => client.disconnect()));
afterAll(() => people.stop());

const tokenOf = (party: string, role = "seller-owner"): string =>
  issueToken(people.config.secret, { id: `owner-of-${party}`, permissions: [], grants: [{ role, party }] });

function client(namespace: string, token?: string): Client {
  const made: Client = io(`${people.node.url ?? ""}${namespace}`, {
    ...{ path: LIVE_PATH, transports: ["websocket"], reconnection: false, forceNew: true },
    ...(token !== undefined && { auth: { token } }),
  });
  clients.push(made);
  return made;
}

const connected = async (made: Client): Promise<Client> => {
  let refused: LiveProblem | undefined;
  made.on("connect_error", (error) => (refused = (error as unknown as { data: LiveProblem }).data));
  await eventually("the socket is connected, or refused", () => made.connected || refused !== undefined);
  if (refused) throw new Error(refused.detail);
  return made;
};
const refusedAt = (made: Client): Promise<LiveProblem> =>
  new Promise((resolve) =>
    made.on("connect_error", (error) => resolve((error as unknown as { data: LiveProblem }).data)),
  );
const typeOf = (problem: LiveProblem): string => problem.type.replace("urn:stoa:refusal:", "");

async function refusal(answer: Promise<Answer<object>>): Promise<string> {
  const given = await answer;
  return given.ok ? "no refusal" : typeOf(given.problem);
}

/** Follows a board as the console does. */
async function follow(made: Client, ask: WatchAsk): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  const take = (told: Told): void => {
    const next = taken(held.get(told.widget) ?? null, told);
    if (next === "gap") throw new Error(`a gap in ${told.widget}`);
    held.set(told.widget, next);
  };
  made.on("delta", take);
  made.on("snapshot", take);
  const answer = await made.emitWithAck("watch", ask);
  if (!answer.ok) throw new Error(answer.problem.detail);
  answer.told.forEach(take);
  return held;
}

const sumOf = (held: Held | undefined, field: string): number =>
  Object.values(held?.cells ?? {}).reduce((sum, cell) => sum + Number(cell[field]), 0);

describe("a seller", () => {
  test("gets a snapshot of what was, and what changes from then on", async () => {
    await order("seller-1", 2);
    const made = await connected(client("/seller", tokenOf("seller-1")));
    const held = await follow(made, { board: "seller", id: "seller-1" });
    expect(sumOf(held.get("sales"), "units")).toBe(2);
    await order("seller-1", 3);
    await order("seller-2", 7);
    await eventually("the sale is told", () => sumOf(held.get("sales"), "units") === 5);
    expect(sumOf(held.get("waiting"), "orders")).toBe(2);
  });

  test("comes back with its last number and gets what it missed, nothing twice", async () => {
    const first = await connected(client("/seller", tokenOf("seller-3")));
    const held = await follow(first, { board: "seller", id: "seller-3", widgets: ["sales"] });
    await order("seller-3");
    await eventually("the sale is told", () => sumOf(held.get("sales"), "orders") === 1);
    first.disconnect();
    const before = held.get("sales");
    if (!before) throw new Error("nothing is held");
    await order("seller-3");
    const second = await connected(client("/seller", tokenOf("seller-3")));
    const { stream, number, since } = before;
    const again = await eventually("the gap holds the missed sale", async () => {
      const ask = {
        board: "seller",
        id: "seller-3",
        widgets: ["sales"],
        known: { sales: { stream, number, since } },
      } as const;
      const answer = await second.emitWithAck("watch", ask);
      const [told] = answer.ok ? answer.told : [];
      return told && Object.keys(told.cells).length > 0 && told;
    });
    expect(again).toMatchObject({ kind: "delta", from: number });
    expect(sumOf(taken(before, again) as Held, "orders")).toBe(2);
  });

  test("sees no board of another, nor the mall's", async () => {
    const made = await connected(client("/seller", tokenOf("seller-1")));
    expect(await refusal(made.emitWithAck("watch", { board: "seller", id: "seller-2" }))).toBe("FORBIDDEN");
    expect(await refusal(made.emitWithAck("watch", { board: "channel", id: channelId }))).toBe("FORBIDDEN");
    expect(made.connected).toBe(true);
  });
});

describe("a shopper", () => {
  test("sees an own order change, and no other's; a guest needs the key of the mail", async () => {
    const { id } = await order("seller-5");
    const token = issueToken(people.config.secret, {
      id: "mia",
      permissions: [],
      grants: [{ role: "shopper", party: "mia" }],
    });
    const mia = await connected(client("/shopper", token));
    const held = await follow(mia, { board: "order", id });
    expect(held.get("order")?.cells).toMatchObject({ order: { status: "placed" } });
    await call("order.ship", { id, carrier: "dhl", tracking: "77" });
    await eventually("the parcel is on its way", () => held.get("order")?.cells["order"]?.["status"] === "shipped");
    const guest = await connected(client("/shopper"));
    expect(await refusal(guest.emitWithAck("watch", { board: "order", id }))).toBe("UNAUTHENTICATED");
    expect(await refusal(guest.emitWithAck("watch", { board: "order", id, key: "guessed" }))).not.toBe("no refusal");
    const eve = await connected(client("/shopper", tokenOf("seller-1")));
    expect(await refusal(eve.emitWithAck("watch", { board: "order", id }))).toBe("FORBIDDEN");
  });
});

describe("whose role does not permit a widget", () => {
  test("gets the others, and is refused when it is named", async () => {
    const staff = await connected(client("/seller", tokenOf("seller-1", "seller-staff")));
    const held = await follow(staff, { board: "seller", id: "seller-1" });
    expect([...held.keys()]).toEqual([
      "sales",
      "waiting",
      "products",
      "stock",
      "returns",
      "alerts",
      "reviews",
      "suggestions",
      "funnel",
    ]);
    const named = { board: "seller", id: "seller-1", widgets: ["balance"] } as const;
    expect(await refusal(staff.emitWithAck("watch", named))).toBe("FORBIDDEN");
  });
});

describe("at the door", () => {
  test("a forged token, none, and one without a seller are refused with a problem", async () => {
    const forged = issueToken("another secret of thirty-two letters", { id: "eve", permissions: ["*"] });
    const other = issueToken(people.config.secret, { id: "eve", permissions: ["product.write"] });
    const [first, second, third, fourth] = await Promise.all([
      refusedAt(client("/seller", forged)),
      refusedAt(client("/seller")),
      refusedAt(client("/seller", other)),
      refusedAt(client("/admin", tokenOf("seller-1"))),
    ]);
    expect([first, second, third, fourth].map(typeOf)).toEqual([
      ...["UNAUTHENTICATED", "UNAUTHENTICATED", "FORBIDDEN", "FORBIDDEN"],
    ]);
  });

  test("a session that ends closes its connections, and a new token keeps one open", async () => {
    const email = "live@example.org";
    const { accountId } = await people.person(email);
    const grant = { token: people.admin, body: { role: "seller-owner", party: "seller-9" } };
    expect(await people.ask("POST", `/v1/accounts/${accountId}/grants`, grant)).toMatchObject({ status: 200 });
    const password = { body: { email, password: PASSWORD } };
    const { body } = await people.ask("POST", "/v1/sessions", password);
    const made = await connected(client("/seller", String(body["accessToken"])));
    const next = await people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken: body["refreshToken"] } });
    const token = String(next.body["accessToken"]);
    expect(await made.emitWithAck("renew", { token })).toMatchObject({ ok: true });
    expect(await refusal(made.emitWithAck("renew", { token: tokenOf("seller-1") }))).toBe("FORBIDDEN");
    let ended: LiveProblem | undefined;
    made.on("ended", (problem) => (ended = problem));
    expect((await people.ask("POST", "/v1/me/logout", { token, body: {} })).status).toBe(200);
    await eventually("the connection is closed", () => made.disconnected);
    expect(ended && typeOf(ended)).toBe("UNAUTHENTICATED");
  });
});

describe("bad input", () => {
  test("is refused with a problem and counted, and others go on", async () => {
    const good = await connected(client("/seller", tokenOf("seller-4")));
    const held = await follow(good, { board: "seller", id: "seller-4" });
    const made = await connected(client("/seller", tokenOf("seller-1")));
    const odd = made as unknown as Socket;
    const asks: [string, unknown][] = [
      ["watch", { board: "seller", id: "seller-1", more: true }],
      ["watch", "noise"],
      ["watch", { board: "seller", id: "seller-1", widgets: ["nothing"] }],
      [
        "watch",
        { board: "seller", id: "seller-1", known: { sales: { stream: "x", number: -1, since: "2026-01-01" } } },
      ],
      ["constructor", {}],
    ];
    const types = await Promise.all(
      asks.map(([name, ask]) => refusal(odd.emitWithAck(name, ask) as Promise<Answer<object>>)),
    );
    expect(types).toEqual([...Array<string>(4).fill("VALIDATION_FAILED"), "ROUTE_NOT_FOUND"]);
    const known = { sales: { stream: "another", number: 999_999, since: "2026-01-01" } };
    const answer = await made.emitWithAck("watch", { board: "seller", id: "seller-1", widgets: ["sales"], known });
    expect(answer.ok && answer.told[0]?.kind).toBe("snapshot");
    const flood = Array.from({ length: 100 }, () =>
      refusal(made.emitWithAck("leave", { board: "seller", id: "seller-1" })),
    );
    expect((await Promise.all(flood)).filter((type) => type === "RATE_LIMITED").length).toBeGreaterThan(20);
    made.emit("renew", { token: "x".repeat(100_000) }, () => undefined);
    await eventually("who sends too much is cut off", () => made.disconnected);
    await order("seller-4");
    await eventually("others are told as before", () => sumOf(held.get("sales"), "orders") === 1);
    const metrics = await (await fetch(`${people.node.url ?? ""}/metrics`)).text();
    expect(metrics).toMatch(/stoa_live_refused_total\{type="RATE_LIMITED"\} \d+/);
    expect(metrics).toMatch(/stoa_live_refused_total\{type="VALIDATION_FAILED"\} 4/);
  });
});
