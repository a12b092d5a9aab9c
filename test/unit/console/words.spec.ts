/** Every language says the same: that it has every key, the compiler sees; that it fills the same blanks, this does. */
import { ar } from "../../../console/words/ar";
import { de } from "../../../console/words/de";
import { en, type Key } from "../../../console/words/en";
import { ko } from "../../../console/words/ko";
import { gatewayRefusals, problemStatuses } from "../../../services/gateway/problem";
import { blanksOf, written, type Message } from "../../../console/words/message";

const keys = Object.keys(en) as Key[];
/** A form for one or two may say the number as a word. */
const withoutNumber = (message: Message): string[] => blanksOf(message).filter((blank) => blank !== "n");

describe("what can go wrong", () => {
  // those of the actions, the compiler sees
  it.each(Object.keys(gatewayRefusals))("has words for %s", (type) => expect(en).toHaveProperty([`problem.${type}`]));

  it("is said of nothing that cannot go wrong", () => {
    const said = keys.flatMap((key) => (key.startsWith("problem.") ? [key.slice("problem.".length)] : []));
    expect(said.filter((type) => problemStatuses[type] === undefined)).toEqual(["UNREACHABLE"]);
  });
});

describe.each(Object.entries({ de, ko, ar }))("%s", (_name, words) => {
  it("has the blanks of the English texts, and no others", () => {
    const wrong = keys.filter((key) => withoutNumber(words[key]).join() !== withoutNumber(en[key]).join());
    expect(wrong).toEqual([]);
  });

  it("has a text for every key, and is not the English one", () => {
    expect(keys.filter((key) => Object.values({ text: words[key] }).includes(""))).toEqual([]);
    expect(keys.filter((key) => words[key] === en[key]).length).toBeLessThan(keys.length / 10);
  });
});

describe("a message", () => {
  const pieces: Message = { one: "{n} piece", other: "{n} pieces of {what}" };

  it.each([
    [1, "1 piece"],
    [2, "2 pieces of cake"],
    [1_500, "1,500 pieces of cake"],
  ])("of %d is in its form", (n, text) => expect(written(pieces, { n, what: "cake" }, "en")).toBe(text));

  it("takes the form of its language", () => {
    const arabic: Message = { one: "قطعة", two: "قطعتان", few: "{n} قطع", other: "{n} قطعة" };
    expect([1, 2, 3, 11].map((n) => written(arabic, { n }, "ar-EG-u-nu-latn"))).toEqual([
      "قطعة",
      "قطعتان",
      "3 قطع",
      "11 قطعة",
    ]);
  });

  it("leaves a blank that nobody filled", () => expect(written("{a} and {b}", { a: "x" }, "en")).toBe("x and {b}"));
});
