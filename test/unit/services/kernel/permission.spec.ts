import { contracts } from "../../../../models/contracts";
import { PUBLIC } from "../../../../models/kernel/contract";
import { isRefusal } from "../../../../models/kernel/refusal";
import { ANONYMOUS, type Principal } from "../../../../services/kernel/call";
import { permitted } from "../../../../services/kernel/permission";

const seller: Principal = { id: "s-1", permissions: ["offer.write", "stock.write"] };
const admin: Principal = { id: "admin", permissions: ["*"] };

function refused(permission: string, principal: Principal): string | undefined {
  try {
    permitted({ permission, summary: "Do it" }, principal);
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
  const act = (principal: Principal) => () => permitted({ permission: "product.write", summary: "Do it" }, principal);
  expect(act(ANONYMOUS)).toThrow('"Do it" needs the permission product.write: send a token');
  expect(act(seller)).toThrow("product.write, which s-1 does not have");
});

test("nobody who has not logged in may change anything in the mall", () => {
  const actions = contracts.flatMap((contract) => Object.values(contract.actions));
  const commands = actions.filter(({ kind }) => kind === "command" || kind === "create");
  expect(commands.length).toBeGreaterThan(0);
  for (const { permission } of commands) expect(refused(permission, ANONYMOUS)).toBe("UNAUTHENTICATED");
});
