import { contracts } from "../../../../models/contracts";
import { PUBLIC } from "../../../../models/kernel/contract";
import { isRefusal } from "../../../../models/kernel/refusal";
import { builtinRoles } from "../../../../models/role/role.builtin.contract";
import { ANONYMOUS, type Grant, type Principal } from "../../../../services/kernel/call";
import { holding, holdsMallWide, OPEN, permitted, type Guarded } from "../../../../services/kernel/permission";
import { createRoleBook } from "../../../../services/kernel/role-book";

const seller: Principal = { id: "s-1", permissions: ["offer.write", "stock.write"] };
const admin: Principal = { id: "admin", permissions: ["*"] };
const roles = createRoleBook({ staff: ["offer.write"], all: ["*"], idle: [] });

const doing = (permission: string, more: Partial<Guarded["action"]> = {}): Guarded => ({
  name: "thing.do",
  action: { permission, summary: "Do it", owner: "platform", ...more },
});

function refused(permission: string, principal: Principal): string | undefined {
  try {
    permitted(roles, doing(permission), principal);
    return undefined;
  } catch (error) {
    return isRefusal(error) ? error.type : "no refusal";
  }
}

test.each([
  [PUBLIC, ANONYMOUS, undefined],
  ["offer.write", ANONYMOUS, "UNAUTHENTICATED"],
  ["offer.write", seller, undefined],
  ["product.write", seller, "FORBIDDEN"],
  ["offer", seller, "FORBIDDEN"],
  ["offer.write.all", seller, "FORBIDDEN"],
  ["product.write", admin, undefined],
  // an action that declares nothing is open to nobody
  ["", ANONYMOUS, "UNAUTHENTICATED"],
  ["", seller, "FORBIDDEN"],
  ["", admin, "FORBIDDEN"],
  // to hold the word for "everybody" is to hold nothing
  ["offer.write", { id: "x", permissions: [PUBLIC, ""] }, "FORBIDDEN"],
])("%j asked by %j: %s", (permission, principal, type) => {
  expect(refused(permission, principal)).toBe(type);
});

test("the refusal names the permission and says what to do", () => {
  const act = (principal: Principal) => () => permitted(roles, doing("product.write"), principal);
  expect(act(ANONYMOUS)).toThrow('"Do it" needs the permission product.write: send a token');
  expect(act(seller)).toThrow("product.write, which s-1 does not have");
});

test("nobody who has not logged in may change anything in the mall, but carts and wishes of nobody", () => {
  const actions = contracts.flatMap((contract) => Object.entries(contract.actions));
  const commands = actions.filter(([, { kind }]) => kind === "command" || kind === "create");
  expect(commands.length).toBeGreaterThan(0);
  const open = commands.filter(([, { permission }]) => refused(permission, ANONYMOUS) !== "UNAUTHENTICATED");
  // whose they are, they ask themselves: CART_FOREIGN, WISHLIST_FOREIGN
  const ofCarts = ["add", "set", "drop", "redeem", "unredeem", "address", "ship", "accept"];
  const ofLists = ["put", "revise", "drop", "watch", "unwatch", "name", "remove", "share", "unshare", "mute"];
  const theirs = [...ofCarts.map((verb) => `cart.${verb}`), ...ofLists.map((verb) => `wishlist.${verb}`)];
  expect(open.map(([name]) => name).sort()).toEqual(theirs.sort());
});

test("the refusal names the action and the permission, for those who look at denials", () => {
  let thrown: unknown;
  try {
    permitted(roles, doing("product.write"), seller);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ data: { permission: "product.write", action: "thing.do" } });
});

const by = (...grants: Grant[]): Principal => ({ id: "p-1", permissions: [], grants });
const staffOf = (party: string | null, channels?: readonly string[]): Grant => ({
  role: "staff",
  party,
  ...(channels && { channels }),
});
const OWNED: Partial<Guarded["action"]> = { owner: { field: "sellerId" } };
const IN_CHANNEL: Partial<Guarded["action"]> = { ...OWNED, channel: { field: "channelId" } };

/** `closed` before anything is known; else what the guard says of the things. */
function outcome(
  principal: Principal,
  action: Partial<Guarded["action"]>,
  things: object[],
  partly?: "partly",
): string {
  try {
    const guard = permitted(roles, doing("offer.write", action), principal);
    if (guard === OPEN) return "open";
    return guard(things, partly)?.type ?? "yes";
  } catch {
    return "closed";
  }
}

const mine = { sellerId: "s-1" };
const other = { sellerId: "s-2" };

type Case = [string, Principal, Partial<Guarded["action"]>, object[], string];

describe("a grant", () => {
  test.each<Case>([
    ["for the mall opens all", by(staffOf(null)), OWNED, [other], "open"],
    ["for the mall opens the mall's own", by(staffOf(null)), {}, [], "open"],
    ["of every permission opens all", by({ role: "all", party: null }), {}, [], "open"],
    ["of a party opens what is the party's", by(staffOf("s-1")), OWNED, [mine], "yes"],
    ["of a party does not open another's", by(staffOf("s-1")), OWNED, [other], "FORBIDDEN"],
    ["of a party does not open what is nobody's", by(staffOf("s-1")), OWNED, [{}], "FORBIDDEN"],
    ["of a party does not open what has no owner", by(staffOf("s-1")), OWNED, [{ sellerId: null }], "FORBIDDEN"],
    ["of a party does not open a list of owners", by(staffOf("s-1")), OWNED, [{ sellerId: ["s-1"] }], "FORBIDDEN"],
    ["does not open by params what by its state is another's", by(staffOf("s-1")), OWNED, [other, mine], "FORBIDDEN"],
    ["does not open by state what is to become another's", by(staffOf("s-1")), OWNED, [mine, other], "FORBIDDEN"],
    ["of a party never opens the mall's own", by(staffOf("s-1")), {}, [mine], "closed"],
    ["of every permission for a party never opens the mall's own", by({ role: "all", party: "s-1" }), {}, [], "closed"],
    ["of the caller's own opens what concerns the caller", by(staffOf("p-1")), { owner: "caller" }, [], "yes"],
    ["of another party never opens what concerns the caller", by(staffOf("s-1")), { owner: "caller" }, [], "closed"],
    ["of a role without the permission opens nothing", by({ role: "idle", party: null }), OWNED, [mine], "closed"],
    ["of an unknown role opens nothing", by({ role: "ghost", party: null }), OWNED, [mine], "closed"],
    ["of a prototype's name opens nothing", by({ role: "constructor", party: null }), OWNED, [mine], "closed"],
    ["is one of several", by(staffOf("s-2"), staffOf("s-1")), OWNED, [mine], "yes"],
    ["does not lend its party to another", by(staffOf("s-1"), staffOf("s-2")), OWNED, [mine, other], "FORBIDDEN"],
    ["is not read from a prototype", by(staffOf("s-1")), OWNED, [Object.create(mine) as object], "FORBIDDEN"],
  ])("%s", (...[, principal, action, things, expected]) => {
    expect(outcome(principal, action, things)).toBe(expected);
  });
});

describe("a grant for channels", () => {
  const inDe = { ...mine, channelId: "de" };
  test.each<Case>([
    ["opens what lies in them", by(staffOf("s-1", ["de"])), IN_CHANNEL, [inDe], "yes"],
    [
      "does not open another channel",
      by(staffOf("s-1", ["de"])),
      IN_CHANNEL,
      [{ ...mine, channelId: "fr" }],
      "FORBIDDEN",
    ],
    ["does not open another's in the channel", by(staffOf("s-2", ["de"])), IN_CHANNEL, [inDe], "FORBIDDEN"],
    ["does not open what lies in no channel", by(staffOf("s-1", ["de"])), IN_CHANNEL, [mine], "FORBIDDEN"],
    ["opens nothing where no channel is named", by(staffOf("s-1", ["de"])), OWNED, [inDe], "FORBIDDEN"],
    ["is not mall-wide", by(staffOf(null, ["de"])), IN_CHANNEL, [{ channelId: "fr" }], "FORBIDDEN"],
    ["of the mall opens every owner's things there", by(staffOf(null, ["de"])), IN_CHANNEL, [inDe], "yes"],
    ["for no channel at all opens nothing", by(staffOf(null, [])), IN_CHANNEL, [inDe], "FORBIDDEN"],
    [
      "asks for all channels of a thing",
      by(staffOf("s-1", ["de"])),
      IN_CHANNEL,
      [{ ...mine, channelId: ["de", "fr"] }],
      "FORBIDDEN",
    ],
    [
      "is content with several",
      by(staffOf("s-1", ["de", "fr"])),
      IN_CHANNEL,
      [{ ...mine, channelId: ["de", "fr"] }],
      "yes",
    ],
  ])("%s", (...[, principal, action, things, expected]) => {
    expect(outcome(principal, action, things)).toBe(expected);
  });
});

test.each<[string, Principal, string | null, boolean]>([
  ["nobody", ANONYMOUS, "s-1", false],
  ["a member, at their seller", by(staffOf("s-1")), "s-1", true],
  ["a member, at another seller", by(staffOf("s-1")), "s-2", false],
  ["a member, of what is the mall's own", by(staffOf("s-1")), null, false],
  ["a member for some channels, at their seller", by(staffOf("s-1", ["de"])), "s-1", false],
  ["the mall's staff, at a seller", by(staffOf(null)), "s-1", true],
  ["the mall's staff, of what is the mall's own", by(staffOf(null)), null, true],
  ["an administrator", admin, null, true],
])("%s: holds it for what is whose it is", (_who, principal, party, expected) => {
  expect(holding(roles, principal)("offer.write", party)).toBe(expected);
});

test.each([
  ["nothing yet", {}, "yes"],
  ["the caller's own", mine, "yes"],
  ["another's", other, "FORBIDDEN"],
])("while not all is known, params that say %s get %s %s", (_what, params, expected) => {
  expect(outcome(by(staffOf("s-1")), OWNED, [params], "partly")).toBe(expected);
});

test.each([
  [by(staffOf("s-1")), false],
  [by(staffOf(null, ["de"])), false],
  [by(staffOf(null)), true],
  [seller, true],
  [ANONYMOUS, false],
])("%j holds it for the whole mall: %s", (principal, expected) => {
  expect(holdsMallWide(roles, principal, "offer.write")).toBe(expected);
});

test("the built-in roles name permissions that are written like permissions", () => {
  for (const permission of Object.values(builtinRoles).flat()) expect(permission).toMatch(/^(\*|[a-z]+\.[a-z-]+)$/);
});
