/** Lists that the console keeps short of the contracts' code, and what it makes of its fields. */
import { FEATURES, OUTCOMES } from "../../../console/admin/policy-features";
import { PROJECTIONS } from "../../../console/admin/projections";
import { chosenOf, groupsOf, SCOPES_MAX } from "../../../console/account/scopes";
import { FIELDS, sentOf } from "../../../console/account/application-values";
import * as apikey from "../../../models/apikey/apikey.contract";
import { CHECKOUT_FEATURES } from "../../../models/fraud/fraud.features.contract";
import { VERDICTS } from "../../../models/fraudpolicy/fraudpolicy.contract";
import { projections } from "../../../indexers";
import { partSchemas } from "../../../models/seller/application.contract";

it("knows what a rule of risk may look at", () => {
  expect([...FEATURES].sort()).toEqual([...CHECKOUT_FEATURES].sort());
  expect(OUTCOMES).toEqual(VERDICTS);
});

it("knows what can be made anew", () => {
  expect([...PROJECTIONS].sort()).toEqual(projections.map(({ name }) => name).sort());
});

it("gives a key what is chosen, kind by kind, and no more than the mall takes", () => {
  expect(SCOPES_MAX).toBe(apikey.SCOPES_MAX);
  const scopes = ["offer.read", "offer.write", "order.read"].map((scope) => ({ scope, opens: [] }));
  expect(groupsOf(scopes).map(([group, members]) => [group, members.length])).toEqual([
    ["offer", 2],
    ["order", 1],
  ]);
  const one = chosenOf(chosenOf(new Set(), "offer.read", true), "offer.read", true);
  expect([...one]).toEqual(["offer.read"]);
  expect([...chosenOf(one, "offer.read", false)]).toEqual([]);
});

it.each([
  ["business", { legalName: " Mia Lamps GmbH ", street: "Lichtweg 1", postalCode: "10115", city: "Berlin" }],
  ["contact", { contactName: "Mia", email: "mia@example.com", phone: "" }],
  ["tax", { vatId: "DE136695976", taxNumber: "" }],
  ["bank", { holder: "Mia Lamps GmbH", iban: "DE89 3704 0044 0532 0130 00" }],
  ["papers", { "register-extract": "HRB 12345 B", identity: "" }],
] as const)("sends the part %s as the mall takes it", (part, values) => {
  expect(Object.keys(values).every((field) => (FIELDS[part] as readonly string[]).includes(field))).toBe(true);
  expect(partSchemas[part].validate(sentOf(part, values)).error).toBeUndefined();
});
