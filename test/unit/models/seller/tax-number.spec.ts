import { checkTaxNumber, checkVatId } from "../../../../models/seller/tax-number.contract";

/**
 * Numbers that were published as examples: by the documentation of python-stdnum (arthurdejong.org/python-stdnum), and
 * for the Netherlands, Germany and Austria also by Algorithm::CheckDigits (metacpan.org) and the tax administrations.
 */
const RIGHT: readonly (readonly [country: string, vatId: string])[] = [
  ["AT", "ATU13585627"],
  ["BE", "BE 0428759497"],
  ["CH", "CHE-100.155.212"],
  ["CH", "CHE-107.787.577 IVA"],
  ["DE", "DE 136,695 976"],
  ["DK", "DK 13585628"],
  ["GR", "EL 094259216"],
  ["ES", "ES B64717838"],
  ["ES", "ES J99216582"],
  ["ES", "ES54362315K"],
  ["ES", "ES X-5253868-R"],
  ["ES", "ES M-1234567-L"],
  ["FI", "FI 20774740"],
  ["FR", "Fr 40 303 265 045"],
  ["FR", "FR23334175221"],
  ["FR", "FR 4Z123456782"],
  ["FR", "FR K7399859412"],
  ["GB", "GB 980 7806 84"],
  ["HR", "HR 33392005961"],
  ["IT", "IT 00743110157"],
  ["LU", "LU 150 274 42"],
  ["NL", "NL004495445B01"],
  ["NL", "NL002455799B11"],
  ["PL", "PL 8567346215"],
  ["PT", "PT 501 964 843"],
  ["SE", "SE 123456789701"],
];

/** The published counter-examples, each with a wrong check digit or a form that does not exist. */
const WRONG: readonly (readonly [country: string, vatId: string])[] = [
  ["AT", "ATU13585626"],
  ["BE", "BE0431150351"],
  ["CH", "CHE-100.155.213"],
  ["DE", "DE136695978"],
  ["DE", "DE036695976"],
  ["DK", "DK13585627"],
  ["GR", "EL 123456781"],
  ["ES", "ESB64717839"],
  ["ES", "ESJ99216583"],
  ["ES", "ES54362315Z"],
  ["ES", "ES O-1234567-L"],
  ["FI", "FI20774741"],
  ["FR", "FR 84 323 140 391"],
  ["FR", "FRIO334175221"],
  ["GB", "GB802311781"],
  ["HR", "HR33392005962"],
  ["IT", "IT00743110158"],
  ["LU", "LU15027443"],
  ["NL", "NL123456789B90"],
  ["PL", "PL8567346216"],
  ["PT", "PT501964842"],
  ["SE", "SE123456789101"],
];

describe("a VAT number", () => {
  test.each(RIGHT)("of %s that was published as right is right: %s", (country, vatId) => {
    expect(checkVatId(country, vatId)).toBe("right");
  });

  test.each(WRONG)("of %s that was published as wrong is wrong: %s", (country, vatId) => {
    expect(checkVatId(country, vatId)).toBe("wrong");
  });

  // a sole trader's Dutch number may by chance pass the rule of legal persons, so it is left out
  const checkable = RIGHT.filter(([, vatId]) => vatId !== "NL002455799B11");
  test.each(checkable)("of %s with any one digit changed is wrong: %s", (country, vatId) => {
    // the group at the end of a Dutch or Swedish number counts the registrations, and has no check digit
    const checked = /^(NL|SE)/.test(vatId) ? vatId.slice(0, 10) : vatId;
    const places = Array.from(checked).flatMap((sign, i) => (/\d/.test(sign) ? [i] : []));
    const results = places.map((i) => {
      const other = String((Number(vatId.charAt(i)) + 1) % 10);
      return checkVatId(country, vatId.slice(0, i) + other + vatId.slice(i + 1));
    });
    expect(results.filter((result) => result === "right")).toEqual([]);
  });

  test("of another country is wrong, and one of a country without a rule is unknown", () => {
    expect(checkVatId("AT", "DE136695976")).toBe("wrong");
    expect(checkVatId("GR", "GR094259216")).toBe("wrong");
    expect(checkVatId("US", "US123456789")).toBe("unknown");
    expect(checkVatId("DE", "DE1366959760")).toBe("wrong");
  });
});

describe("a tax number", () => {
  test("of a person in Germany has its check digit and repeats one digit", () => {
    expect(checkTaxNumber("DE", "36 574 261 809")).toBe("right");
    expect(checkTaxNumber("DE", "36574261890")).toBe("wrong");
    expect(checkTaxNumber("DE", "36554266806")).toBe("wrong");
  });

  test("of a German tax office, or of a country without a rule, is for a person to look at", () => {
    expect(checkTaxNumber("DE", "181/815/08155")).toBe("wrong");
    expect(checkTaxNumber("DE", "93815/08152")).toBe("unknown");
    expect(checkTaxNumber("DE", "2893081508152")).toBe("unknown");
    expect(checkTaxNumber("NO", "123456785")).toBe("unknown");
  });

  test("of Spain, Poland and Portugal is the one that VAT numbers are made of", () => {
    const found = ["ES 54362315K", "PL 8567346215", "PT 501964843"].map((text) =>
      checkTaxNumber(text.slice(0, 2), text.slice(3)),
    );
    expect(found).toEqual(["right", "right", "right"]);
  });
});
