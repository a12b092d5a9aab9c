import { account, type AccountEvent, type Opened } from "../../../../models/account/account.aggregate";
import { GRANTS_MAX, type Grant } from "../../../../models/account/account.contract";
import { given, NOW } from "../../../support/given";

const id = "a1";
const key = (letter: string) => letter.repeat(32);
const later = "2026-02-01T12:00:00.000Z";
const terms: Opened = { id, email: "ada@example.org", emailKey: key("e"), language: "en", verifyUntil: later };
const opened: AccountEvent = { type: "account.opened", data: terms };
const verified: AccountEvent = { type: "account.verified", data: {} };
const erased: AccountEvent = { type: "subject.erased", data: { subject: id, at: NOW } };
const forgotten: AccountEvent = { type: "account.forgotten", data: {} };
const admin: Grant = { role: "admin-support", party: null };
const granted = (grant: Grant): AccountEvent => ({ type: "account.granted", data: grant });
const history = given(account);

describe("account", () => {
  it("is opened once, unverified, with nothing granted", () => {
    history()
      .when("account.open", terms)
      .then(opened)
      .andState({ status: "unverified", ...terms, loginKeys: [], grants: [] });
    history(opened).when("account.open", terms).refused("ALREADY_EXISTS");
  });

  it("is verified in time, and once", () => {
    history(opened).when("account.verify", { id }).then(verified);
    history(opened, verified).when("account.verify", { id }).then();
    history(opened).when("account.verify", { id }, "2026-02-01T12:00:00.001Z").refused("CODE_INVALID");
    history().when("account.verify", { id }).refused("NOT_FOUND");
  });

  it("that is not verified is erased in the end, and one that is stays", () => {
    expect(account.due?.(history(opened).state)).toEqual([{ at: later, command: "account.expire", params: {} }]);
    history(opened).when("account.expire", { id }).then(erased);
    history(opened, verified).when("account.expire", { id }).then();
    expect(account.due?.(history(opened, verified).state)).toEqual([]);
  });

  it("is revised", () => {
    history(opened)
      .when("account.revise", { id, name: "Ada" })
      .then({ type: "account.revised", data: { name: "Ada" } });
    history().when("account.revise", { id, name: "Ada" }).refused("NOT_FOUND");
    history(opened, erased).when("account.revise", { id, name: "Ada" }).refused("SUBJECT_ERASED");
  });

  it("is linked to a provider once, to ten at most, and only when verified", () => {
    const linked = (loginKeys: readonly string[]): AccountEvent => ({ type: "account.linked", data: { loginKeys } });
    const ten = Array.from("0123456789", key);
    history(opened, verified)
      .when("account.link", { id, loginKey: key("l") })
      .then(linked([key("l")]));
    history(opened, verified, linked([key("l")]))
      .when("account.link", { id, loginKey: key("l") })
      .then();
    history(opened, verified, linked(ten))
      .when("account.link", { id, loginKey: key("x") })
      .refused("ACCOUNT_FULL");
    history(opened)
      .when("account.link", { id, loginKey: key("l") })
      .refused("ACCOUNT_UNVERIFIED");
  });

  it("is granted a role once, and loses the very one that is taken back", () => {
    const inChannels: Grant = { role: "admin-support", party: null, channels: ["c1", "c2"] };
    history(opened, verified)
      .when("account.grant", { id, ...admin })
      .then(granted(admin));
    history(opened, verified, granted(inChannels))
      .when("account.grant", { id, ...inChannels, channels: ["c2", "c1"] })
      .then();
    history(opened, verified, granted(admin), granted(inChannels))
      .when("account.revoke", { id, ...admin })
      .then({ type: "account.revoked", data: admin })
      .andState({ status: "active", ...terms, loginKeys: [], grants: [inChannels] });
    history(opened, verified)
      .when("account.revoke", { id, ...admin })
      .then();
    history(opened)
      .when("account.grant", { id, ...admin })
      .refused("ACCOUNT_UNVERIFIED");
    const many = Array.from({ length: GRANTS_MAX }, (_, i) => granted({ role: "seller-staff", party: `s${i}` }));
    history(opened, verified, ...many)
      .when("account.grant", { id, ...admin })
      .refused("ACCOUNT_FULL");
  });

  it("is erased to a tombstone, whose key is destroyed by a timer", () => {
    history(opened, verified)
      .when("account.erase", { id })
      .then(erased)
      .andState({ status: "erased", id, at: NOW, forgotten: false });
    history(opened, erased).when("account.erase", { id }).then();
    history().when("account.erase", { id }).refused("NOT_FOUND");
    const gone = history(opened, erased);
    expect(account.due?.(gone.state)).toEqual([{ at: NOW, command: "account.forget", params: {} }]);
    gone.when("account.forget", { id }).then(forgotten);
    expect(account.due?.(history(opened, erased, forgotten).state)).toEqual([]);
    history(opened, erased, forgotten).when("account.forget", { id }).then();
    history(opened, verified).when("account.forget", { id }).refused("NOT_FOUND");
  });

  it("holds its address from the moment that it is verified until it is erased", () => {
    const claims = (...events: AccountEvent[]) => account.claims?.(history(...events).state);
    expect(claims(opened)).toEqual([]);
    expect(claims(opened, verified)).toEqual([`account.email/${key("e")}`]);
    const linked: AccountEvent = { type: "account.linked", data: { loginKeys: [key("l")] } };
    expect(claims(opened, verified, linked)).toEqual([`account.email/${key("e")}`, `account.login/${key("l")}`]);
    expect(claims(opened, verified, erased)).toEqual([]);
  });

  it("whose key is destroyed claims nothing", () => {
    const state = { ...history(opened, verified).state, emailKey: null, loginKeys: null } as never;
    expect(account.claims?.(state)).toEqual([]);
  });
});
