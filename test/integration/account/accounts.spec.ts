/** People over HTTP: registering, logging in, staying logged in, logging out. */
import { openPeople, PASSWORD, type People } from "../../support/people";
import { eventually } from "../../support/eventually";
import { START_WITHIN_MS } from "../../support/elasticsearch";

let people: People;
beforeAll(async () => {
  people = await openPeople();
}, START_WITHIN_MS);
afterAll(() => people.stop());

const typeOf = ({ body }: { body: Record<string, unknown> }): string =>
  String(body["type"]).replace("urn:stoa:refusal:", "");

describe("an account", () => {
  test("is registered, verified and logged in to, and tells who one is", async () => {
    const { accessToken, accountId } = await people.person("ada@example.org");
    const me = await people.ask("GET", "/v1/me", { token: accessToken });
    expect(me).toMatchObject({
      status: 200,
      body: { id: accountId, email: "ada@example.org", grants: [], hasPassword: true, secondFactor: "off" },
    });
  });
});

describe("a refresh token", () => {
  const refresh = (refreshToken: unknown, headers = {}) =>
    people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken }, headers });

  test("is good once; used again it ends the session, also for whoever got the next one", async () => {
    const { refreshToken, accessToken } = await people.person("bea@example.org");
    const next = await refresh(refreshToken);
    expect(next.status).toBe(200);
    expect(next.body["refreshToken"]).not.toBe(refreshToken);
    const reused = await refresh(refreshToken);
    expect([reused.status, typeOf(reused)]).toEqual([401, "SESSION_ENDED"]);
    expect(typeOf(await refresh(next.body["refreshToken"]))).toBe("SESSION_ENDED");
    await eventually("its access tokens end too", async () => {
      const me = await people.ask("GET", "/v1/me", { token: accessToken });
      return me.status === 401;
    });
  });

  test("asked for twice under one key gives the same answer, and ends nothing", async () => {
    const { refreshToken } = await people.person("cid@example.org");
    const headers = { "idempotency-key": "lost-answer-1" };
    const first = await refresh(refreshToken, headers);
    const again = await refresh(refreshToken, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body["refreshToken"]).toBe(first.body["refreshToken"]);
    expect((await refresh(first.body["refreshToken"])).status).toBe(200);
  });

  test("that was changed is refused", async () => {
    const { refreshToken } = await people.person("dan@example.org");
    expect(typeOf(await refresh(refreshToken.replace(/\.0\./, ".1.")))).toBe("SESSION_ENDED");
    expect(typeOf(await refresh("noise"))).toBe("SESSION_ENDED");
  });
});

describe("logging out", () => {
  const logIn = async (email: string) =>
    (await people.ask("POST", "/v1/sessions", { body: { email, password: PASSWORD } })).body as Record<string, string>;
  const gone = (token: string | undefined) =>
    eventually("the access token is good no more", async () => {
      const { status } = await people.ask("GET", "/v1/me", { token });
      return status === 401;
    });

  test("ends this session, and leaves the others", async () => {
    const { accessToken } = await people.person("eva@example.org");
    const other = await logIn("eva@example.org");
    expect((await people.ask("POST", "/v1/me/logout", { token: accessToken })).status).toBe(200);
    await gone(accessToken);
    expect((await people.ask("GET", "/v1/me", { token: other["accessToken"] })).status).toBe(200);
  });

  test("everywhere ends all of them within five seconds", async () => {
    const { accessToken, refreshToken } = await people.person("fay@example.org");
    const other = await logIn("fay@example.org");
    const listed = await people.ask("GET", "/v1/me/sessions", { token: accessToken });
    expect(listed.body["items"]).toHaveLength(2);
    expect((await people.ask("POST", "/v1/me/logout-everywhere", { token: accessToken })).status).toBe(200);
    await Promise.all([gone(accessToken), gone(other["accessToken"])]);
    const refreshed = await people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    expect(typeOf(refreshed)).toBe("SESSION_ENDED");
  });
});
