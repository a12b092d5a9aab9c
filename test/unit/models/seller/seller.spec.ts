import type { ApplicationParts, Beginning } from "../../../../models/seller/application.contract";
import { openSteps, requiredPapers, stepsOf } from "../../../../models/seller/guide.contract";
import { seller, type SellerEvent, type SellerState } from "../../../../models/seller/seller.aggregate";
import { given, NOW } from "../../../support/given";

const beginning: Beginning = { name: "Brandt Leuchten", country: "DE", form: "company" };
const parts = {
  business: { legalName: "Brandt Leuchten GmbH", street: "Lange Str. 1", postalCode: "10115", city: "Berlin" },
  contact: { name: "R. Brandt", email: "brandt@example.org" },
  // the published example of the German VAT number, and the IBAN of the ISO 13616 registry's example for Germany
  tax: { vatId: "DE136695976" },
  bank: { holder: "Brandt Leuchten GmbH", iban: "DE89 3704 0044 0532 0130 00" },
  papers: [{ kind: "register-extract", reference: "HRB 12345 B" }],
} satisfies ApplicationParts;

const applied: SellerEvent = { type: "seller.applied", data: { ...beginning, accountId: "a-1" } };
const saved: SellerEvent = { type: "seller.saved", data: { ...parts, taxKeys: ["k1"] } };
const submitted: SellerEvent = { type: "seller.submitted", data: { at: NOW } };
const approved: SellerEvent = { type: "seller.approved", data: { at: NOW } };
const suspended: SellerEvent = { type: "seller.suspended", data: { at: NOW, reason: "complaints" } };
const closed: SellerEvent = { type: "seller.closed", data: { at: NOW, reason: "retired" } };
const application = { accountId: "a-1", ...beginning, ...parts, taxKeys: ["k1"] };

const aSeller = given(seller);
const applying = aSeller(applied, saved, submitted);
const active = aSeller(applied, saved, submitted, approved);

describe("an application", () => {
  it("begins with a name, a country and a form, and belongs to who made it", () => {
    aSeller()
      .when("seller.apply", { ...beginning, accountId: "a-1" })
      .then(applied)
      .andState({ status: "draft", accountId: "a-1", ...beginning, reasons: [] });
    aSeller(applied)
      .when("seller.apply", { ...beginning, accountId: "a-2" })
      .refused("ALREADY_EXISTS");
  });

  it("is saved part by part, in any order, and what is left out stays", () => {
    const tax = { type: "seller.saved", data: { tax: parts.tax, taxKeys: ["k1"] } } as const;
    aSeller(applied, tax)
      .when("seller.save", { id: "s-1", bank: parts.bank })
      .then({ type: "seller.saved", data: { bank: parts.bank } })
      .andState({
        ...{ status: "draft", accountId: "a-1", ...beginning, reasons: [] },
        ...{ tax: parts.tax, taxKeys: ["k1"], bank: parts.bank },
      });
    aSeller()
      .when("seller.save", { id: "s-1", about: { en: "Lamps" } })
      .refused("NOT_FOUND");
  });

  it("is handed in when everything is there and right, and then stays as it is until it is decided", () => {
    aSeller(applied, saved)
      .when("seller.submit", { id: "s-1" })
      .then(submitted)
      .andState({ status: "submitted", ...application, submittedAt: NOW });
    applying.when("seller.save", { id: "s-1", bank: parts.bank }).refused("SELLER_STATUS", { status: "submitted" });
    applying.when("seller.submit", { id: "s-1" }).refused("SELLER_STATUS");
  });

  it("is not handed in with something missing or wrong, and the refusal names each with what to do", () => {
    const halfway = { ...parts, tax: { vatId: "DE136695978" }, papers: [] };
    const steps = openSteps({ ...beginning, ...halfway });
    expect(steps.map(({ part, state }) => [part, state])).toEqual([
      ["tax", "wrong"],
      ["papers", "missing"],
    ]);
    aSeller(applied, { type: "seller.saved", data: halfway })
      .when("seller.submit", { id: "s-1" })
      .refused("SELLER_INCOMPLETE", { steps });
  });

  it("is sent back with reasons, can be changed and handed in again", () => {
    const reasons = [{ part: "papers", why: "The extract is of another company." }];
    const returned: SellerEvent = { type: "seller.returned", data: { reasons } };
    applying
      .when("seller.return", { id: "s-1", reasons })
      .then(returned)
      .andState({ status: "draft", ...application, reasons });
    aSeller(applied, saved, submitted, returned).when("seller.submit", { id: "s-1" }).then(submitted);
  });

  it("can be taken back as long as it is not decided", () => {
    const end = { type: "seller.closed", data: { at: NOW, reason: "Withdrawn by the applicant." } } as const;
    applying.when("seller.withdraw", { id: "s-1" }).then(end);
    aSeller(applied).when("seller.withdraw", { id: "s-1" }).then(end);
    active.when("seller.withdraw", { id: "s-1" }).refused("SELLER_STATUS");
  });
});

describe("a seller", () => {
  it("is let in once it was handed in", () => {
    applying
      .when("seller.approve", { id: "s-1" })
      .then(approved)
      .andState({ status: "active", ...application, activeSince: NOW });
    aSeller(applied, saved).when("seller.approve", { id: "s-1" }).refused("SELLER_STATUS", { status: "draft" });
    active.when("seller.approve", { id: "s-1" }).refused("SELLER_STATUS");
  });

  it("is suspended with a reason and reinstated, and stays active since when it was", () => {
    active
      .when("seller.suspend", { id: "s-1", reason: "complaints" })
      .then(suspended)
      .andState({ status: "suspended", ...application, activeSince: NOW, suspendedAt: NOW, reason: "complaints" });
    aSeller(applied, saved, submitted, approved, suspended)
      .when("seller.reinstate", { id: "s-1" })
      .then({ type: "seller.reinstated", data: {} })
      .andState({ status: "active", ...application, activeSince: NOW });
    active.when("seller.reinstate", { id: "s-1" }).refused("SELLER_STATUS");
    applying.when("seller.suspend", { id: "s-1", reason: "complaints" }).refused("SELLER_STATUS");
  });

  it("is closed for good from wherever it stands", () => {
    active
      .when("seller.close", { id: "s-1", reason: "retired" })
      .then(closed)
      .andState({ status: "closed", ...application, activeSince: NOW, closedAt: NOW, reason: "retired" });
    const over = aSeller(applied, saved, submitted, approved, closed);
    over.when("seller.reinstate", { id: "s-1" }).refused("SELLER_STATUS", { status: "closed" });
    over.when("seller.close", { id: "s-1", reason: "again" }).refused("SELLER_STATUS");
  });

  it("changes what shoppers see of it while it is active", () => {
    const changes = { about: { en: "Lamps since 1923" } };
    active.when("seller.revise", { id: "s-1", ...changes }).then({ type: "seller.revised", data: changes });
    applying.when("seller.revise", { id: "s-1", ...changes }).refused("SELLER_STATUS");
  });

  it("shows what it showed before, where it stands and banks as it does today", () => {
    const old = { id: "s-1", version: 1, content: { name: application.name }, gone: ["about"] } as const;
    const renamed: SellerEvent = {
      type: "seller.revised",
      data: { name: "Lamps and more", about: { en: "Since 1923" } },
    };
    const back = { toVersion: 1, content: { name: application.name }, gone: ["about"] } as const;
    aSeller(applied, saved, submitted, approved, renamed)
      .when("seller.revert", old)
      .then({ type: "seller.reverted", data: back })
      .andState({ status: "active", ...application, activeSince: NOW });
    active.when("seller.revert", old).then();
    aSeller(applied, saved, submitted, approved, renamed, suspended)
      .when("seller.revert", old)
      .refused("SELLER_STATUS");
  });

  it("says what its invoices shall show from now on, checked as an application is", () => {
    const business = { ...parts.business, city: "Potsdam" };
    const moved = { business, tax: { vatId: "DE136695976" }, taxKeys: ["k1"] };
    active
      .when("seller.amend", { id: "s-1", ...moved })
      .then({ type: "seller.saved", data: moved })
      .andState({ status: "active", ...application, business, activeSince: NOW });
    active
      .when("seller.amend", { id: "s-1", tax: { vatId: "DE136695978" } })
      .refused("SELLER_INCOMPLETE", { steps: [expect.objectContaining({ part: "tax", state: "wrong" })] });
    // a company has a number for value added tax
    active.when("seller.amend", { id: "s-1", tax: { taxNumber: "1234567890" } }).refused("SELLER_INCOMPLETE");
    applying.when("seller.amend", { id: "s-1", business }).refused("SELLER_STATUS");
    aSeller(applied, saved, submitted, approved, suspended)
      .when("seller.amend", { id: "s-1", business })
      .then({ type: "seller.saved", data: { business } });
  });

  it("holds its tax numbers from handing in until closing", () => {
    const held = (...events: SellerEvent[]): readonly string[] => seller.claims?.(aSeller(...events).state) ?? [];
    const key = ["seller.tax/DE/k1"];
    expect(held(applied, saved)).toEqual([]);
    expect(held(applied, saved, submitted)).toEqual(key);
    expect(held(applied, saved, submitted, approved, suspended)).toEqual(key);
    expect(held(applied, saved, submitted, { type: "seller.returned", data: { reasons: [] } })).toEqual([]);
    expect(held(applied, saved, submitted, approved, closed)).toEqual([]);
    expect(seller.claims?.({ status: "absent" } satisfies SellerState)).toEqual([]);
  });
});

describe("the guide", () => {
  const stateOf = (part: string, said: ApplicationParts, more: Partial<Beginning> = {}): string =>
    stepsOf({ ...beginning, ...more, ...said }).find((step) => step.part === part)?.state ?? "none";

  it("asks for the parts one after the other, and says why and what to do", () => {
    const steps = stepsOf(beginning);
    expect(steps.map(({ part }) => part)).toEqual(["business", "contact", "tax", "bank", "papers"]);
    expect(steps.every(({ state, why, todo }) => state === "missing" && why !== null && todo !== null)).toBe(true);
    expect(stepsOf({ ...beginning, ...parts }).map(({ state }) => state)).toEqual(Array(5).fill("done"));
  });

  it("checks tax numbers by the country, and leaves to people what it has no rule for", () => {
    expect(stateOf("tax", { tax: { vatId: "ATU13585627" } })).toBe("wrong");
    expect(stateOf("tax", { tax: { vatId: "ATU13585627" } }, { country: "AT" })).toBe("done");
    expect(stateOf("tax", { tax: { vatId: "US123456789" } }, { country: "US" })).toBe("done-unchecked");
    expect(stateOf("tax", { tax: { taxNumber: "36574261809" } })).toBe("missing");
    expect(stateOf("tax", { tax: { taxNumber: "36574261809" } }, { form: "sole-trader" })).toBe("done");
    expect(stateOf("tax", { tax: { taxNumber: "36574261890" } }, { form: "sole-trader" })).toBe("wrong");
  });

  it("checks IBANs by their check digits and the length of their country", () => {
    const bank = (iban: string) => stateOf("bank", { bank: { holder: "B", iban } });
    // the examples of the ISO 13616 registry
    const right = ["DE89370400440532013000", "gb29 nwbk 6016 1331 9268 19", "FR1420041010050500013M02606"];
    expect(right.map(bank)).toEqual(["done", "done", "done"]);
    expect(["DE88370400440532013000", "DE8937040044053201300", "XX00"].map(bank)).toEqual(["wrong", "wrong", "wrong"]);
  });

  it("asks for the papers of the country and the form", () => {
    expect(requiredPapers({ country: "DE", form: "sole-trader" })).toEqual(["identity", "trade-licence"]);
    expect(requiredPapers({ country: "FR", form: "company" })).toEqual(["register-extract"]);
    expect(requiredPapers({ country: "IT", form: "company" })).toEqual(["register-extract", "tax-certificate"]);
    expect(stateOf("papers", { papers: [{ kind: "identity", assetId: "x" }] })).toBe("missing");
  });
});
