/** Who is let in, and what is refused: with a problem, counted, and without harm to anybody else. */
import type { Socket } from "socket.io-client";
import type { Answer, LiveProblem } from "../../../models/live/live.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { eventually } from "../../support/eventually";
import { PASSWORD } from "../../support/people";
import { connected, follow, refusal, sumOf, typeOf, type Client, type Stage } from "./stage";

const refusedAt = (made: Client): Promise<LiveProblem> =>
  new Promise((resolve) =>
    made.on("connect_error", (error) => resolve((error as unknown as { data: LiveProblem }).data)),
  );

export function whatIsRefused(stage: () => Stage): void {
  describe("at the door", () => {
    test("a forged token, none, and one without a seller are refused with a problem", async () => {
      const { people, tokenOf, client } = stage();
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
      const { people, tokenOf, client } = stage();
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
      const { people, order, tokenOf, client } = stage();
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
}
