/** A password that is forgotten, changed or guessed at, and what strangers are told of who has an account. */
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openPeople, PASSWORD, type Answer, type People } from "../../support/people";
import { askingOf, NEW_PASSWORD, typeOf } from "./asking";

let people: People;
beforeAll(async () => {
  people = await openPeople({ STOA_ADMIN_SECOND_FACTOR: "yes" });
}, START_WITHIN_MS);
afterAll(() => people.stop());

const { logIn, post } = askingOf(() => people);

/** What a stranger can tell an answer by: everything but what names the request. */
const told = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: null } });

describe("a forgotten password", () => {
  test("is reset by a code that is good once; the old one and every session end", async () => {
    const email = "gil@example.org";
    const { refreshToken } = await people.person(email);
    expect((await post("/v1/passwords/forgot", { email })).status).toBe(200);
    const code = await people.code(email, 2);
    expect(typeOf(await post("/v1/passwords/reset", { code, password: "password1234" }))).toBe("PASSWORD_WEAK");
    expect((await post("/v1/passwords/reset", { code, password: NEW_PASSWORD })).status).toBe(200);
    expect(typeOf(await post("/v1/passwords/reset", { code, password: NEW_PASSWORD }))).toBe("CODE_INVALID");
    expect(typeOf(await logIn(email))).toBe("CREDENTIALS_INVALID");
    expect((await logIn(email, NEW_PASSWORD)).status).toBe(200);
    expect(typeOf(await post("/v1/sessions/refresh", { refreshToken }))).toBe("SESSION_ENDED");
  });

  test("code of another purpose, or made up, resets nothing", async () => {
    const email = "hal@example.org";
    await post("/v1/accounts", { email, password: PASSWORD });
    const verifying = await people.code(email);
    for (const code of [verifying, `${verifying.split(".")[0] ?? ""}.${"0".repeat(32)}`, "noise"]) {
      expect(typeOf(await post("/v1/passwords/reset", { code, password: NEW_PASSWORD }))).toBe("CODE_INVALID");
    }
  });

  test("is changed by whoever knows the old one, and ends the other sessions", async () => {
    const email = "ida@example.org";
    const { accessToken, refreshToken } = await people.person(email);
    const wrong = await post(
      "/v1/me/password",
      { current: "not this one at all", password: NEW_PASSWORD },
      accessToken,
    );
    expect(typeOf(wrong)).toBe("CREDENTIALS_INVALID");
    const changed = await post("/v1/me/password", { current: PASSWORD, password: NEW_PASSWORD }, accessToken);
    expect([changed.status, changed.body["status"]]).toEqual([200, "logged-in"]);
    expect(typeOf(await post("/v1/sessions/refresh", { refreshToken }))).toBe("SESSION_ENDED");
    expect((await people.ask("GET", "/v1/me", { token: String(changed.body["accessToken"]) })).status).toBe(200);
  });
});

describe("who has an account", () => {
  test("is told by no answer: registering, logging in and resetting say the same of all addresses", async () => {
    await people.person("jan@example.org");
    for (const [at, more] of [
      ["/v1/accounts", { password: NEW_PASSWORD }],
      ["/v1/passwords/forgot", {}],
      ["/v1/sessions", { password: "wrong, but long enough" }],
    ] as const) {
      const known = await post(at, { email: "jan@example.org", ...more });
      const unknown = await post(at, { email: "nobody-there@example.org", ...more });
      expect(told(known)).toEqual(told(unknown));
    }
    // and registering again changed nothing
    expect((await logIn("jan@example.org")).status).toBe(200);
  });

  test("an account that was never verified cannot be logged in to, and keeps its address from nobody", async () => {
    const email = "kim@example.org";
    await post("/v1/accounts", { email, password: "somebody else's choice" });
    expect(typeOf(await logIn(email, "somebody else's choice"))).toBe("CREDENTIALS_INVALID");
    await post("/v1/accounts", { email, password: PASSWORD });
    expect((await post("/v1/accounts/verify", { code: await people.code(email, 2) })).status).toBe(200);
    expect((await logIn(email)).status).toBe(200);
    expect(typeOf(await logIn(email, "somebody else's choice"))).toBe("CREDENTIALS_INVALID");
  });
});

describe("somebody who guesses", () => {
  test("is stopped after five failures, and the owner's device is not", async () => {
    const email = "lea@example.org";
    const { device } = await people.person(email);
    const wrong = "guessing the whole day";
    const guesses = [];
    for (let i = 0; i < 6; i++) guesses.push(typeOf(await logIn(email, wrong)));
    expect(guesses).toEqual([...Array<string>(5).fill("CREDENTIALS_INVALID"), "ATTEMPTS_EXCEEDED"]);
    const stopped = await logIn(email);
    expect([stopped.status, typeOf(stopped)]).toEqual([429, "ATTEMPTS_EXCEEDED"]);
    expect(stopped.body["retryAfterSeconds"]).toBeGreaterThan(0);
    expect((await logIn(email, PASSWORD, { device })).status).toBe(200);
    expect(typeOf(await logIn(email, PASSWORD, { device: device.replace(/.$/, "!") }))).toBe("ATTEMPTS_EXCEEDED");
  });
});
