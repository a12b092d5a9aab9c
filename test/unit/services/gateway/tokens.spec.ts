import { isRefusal } from "../../../../models/kernel/refusal";
import { issueToken, principalOf, verifyToken } from "../../../../services/gateway/tokens";

const SECRET = "a secret that is long enough to sign";
const admin = { id: "admin", permissions: ["*", "product.write"] };

test("a token names who it was made for", () => {
  expect(verifyToken(SECRET, issueToken(SECRET, admin))).toEqual(admin);
  expect(verifyToken(SECRET, issueToken(SECRET, admin, { expiresInSeconds: 60 }))).toEqual(admin);
});

test.each([
  { id: "", permissions: [] },
  { id: "anonymous", permissions: [] },
  { id: "with blank", permissions: [] },
  { id: "x".repeat(129), permissions: [] },
  { id: "a", permissions: ["Not A Permission"] },
  { id: "a", permissions: Array.from({ length: 201 }, () => "a.b") },
])("no token is made for a principal that could not be read back: %#", (principal) => {
  expect(() => issueToken(SECRET, principal)).toThrow(RangeError);
});

test("without a header it is nobody in particular; every other form than Bearer is refused", () => {
  expect(principalOf(SECRET, undefined)).toEqual({ id: "anonymous", permissions: [] });
  expect(principalOf(SECRET, `bearer ${issueToken(SECRET, admin)}`)).toEqual(admin);
  for (const header of ["", "Bearer", "Bearer ", "Basic YTpi", `Bearer a b`, "Bearer ü"]) {
    try {
      principalOf(SECRET, header);
      throw new Error(`took ${header}`);
    } catch (error) {
      expect(isRefusal(error, "UNAUTHENTICATED")).toBe(true);
    }
  }
});
