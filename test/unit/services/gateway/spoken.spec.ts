/** What is wrong with params is told in the language that the caller reads. */
import { contracts } from "../../../../models/contracts";
import { OWN_LANGUAGES } from "../../../../models/kernel/text";
import { validated } from "../../../../services/kernel/validator";
import { problemOf, type Problem } from "../../../../services/gateway/problem";
import { languageOf, spokenTo } from "../../../../services/gateway/spoken";
import { faultWords } from "../../../../services/gateway/spoken.words";

interface Described {
  readonly type?: string;
  readonly rules?: readonly {
    readonly name: string;
    readonly args?: { readonly options?: { readonly name?: string } };
  }[];
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly allow?: readonly unknown[];
  readonly dependencies?: readonly { readonly rel: string }[];
  readonly preferences?: { readonly messages?: object };
  readonly [more: string]: unknown;
}

const LATER: Readonly<Record<string, string>> = { or: "missing" };

/** Rules whose own name is not what they say when they are broken. */
function namesOf(type: string, { rules = [] }: Described): string[] {
  return rules.flatMap(({ name, args }) => {
    // a rule of the mall's own is known by its messages
    if (name === "items" || name === "ordered" || name === "custom") return [];
    if (name === "pattern") return [`string.pattern.${args?.options?.name === undefined ? "base" : "name"}`];
    return [`${type}.${name}`];
  });
}

/** The schemas of which one is made: its fields, entries, alternatives. */
const partsOf = (description: Described): Described[] =>
  Object.values(description).flatMap((value) => {
    if (typeof value !== "object" || value === null) return [];
    const all: readonly unknown[] = Object.values(value);
    const inner = all.map((one) => (one as { schema?: unknown } | null)?.schema ?? one);
    return inner.filter((one): one is Described => typeof one === "object" && one !== null && "type" in one);
  });

const ofItself = (type: string): string[] => (type === "any" || type === "alternatives" ? [] : [`${type}.base`]);
const related = ({ dependencies = [] }: Described): string[] =>
  dependencies.map(({ rel }) => `object.${LATER[rel] ?? rel}`);

/** What a schema can be broken by, as far as it says so, at every depth. */
function rulesOf(description: Described): string[] {
  const { type = "any", flags, preferences } = description;
  const own = [...ofItself(type), ...namesOf(type, description), ...related(description)];
  const only = flags?.["only"] === true ? ["any.only"] : [];
  const custom = Object.keys(preferences?.messages ?? {});
  return [...own, ...only, ...custom, ...partsOf(description).flatMap(rulesOf)];
}

describe("the words", () => {
  const rules = new Set(
    contracts.flatMap(({ actions }) =>
      Object.values(actions).flatMap(({ params }) => rulesOf(params.describe() as Described)),
    ),
  );
  const all = [
    ...rules,
    "any.required",
    "any.invalid",
    "object.unknown",
    "string.empty",
    "string.nul",
    "string.surrogate",
  ];

  it.each(Object.entries(faultWords))("in %s name every rule of every action", (_language, words) => {
    expect(rules.size).toBeGreaterThan(20);
    expect(all.filter((rule) => words[rule] === undefined)).toEqual([]);
    expect(Object.values(words).filter((text) => !text.includes("{field}"))).toEqual([]);
  });

  it("are those of accounts and orders, and have the same blanks in each", () => {
    expect(["en", ...Object.keys(faultWords)].sort()).toEqual([...OWN_LANGUAGES].sort());
    const blanks = (text = ""): string =>
      [...text.matchAll(/\{\w+\}/g)]
        .map(([blank]) => blank)
        .sort()
        .join();
    const { de, ko, ar } = faultWords;
    const odd = Object.keys(de).filter((rule) => new Set([de, ko, ar].map((words) => blanks(words[rule]))).size > 1);
    expect(odd).toEqual([]);
    expect([ko, ar].map((words) => Object.keys(words).join())).toEqual([ko, ar].map(() => Object.keys(de).join()));
  });
});

it.each([
  [undefined, "en"],
  ["", "en"],
  ["de", "de"],
  ["de-AT,de;q=0.9,en;q=0.8", "de"],
  ["fr-FR, ko;q=0.4, en;q=0.3", "ko"],
  ["fr", "en"],
  ["en;q=0.2, ar;q=0.9", "ar"],
  ["de;q=0, ko;q=0", "en"],
  ["de;q=high", "en"],
  ["constructor, __proto__", "en"],
  [`${"fr,".repeat(200)}de`, "en"],
])("of %j the language is %s", (accepted, language) => expect(languageOf(accepted)).toBe(language));

describe("a problem", () => {
  const { params } =
    contracts.flatMap(({ actions }) => Object.entries(actions)).find(([name]) => name === "product.create")?.[1] ?? {};
  const wrong = (given: object): Problem => {
    try {
      if (params) validated(params, given, false);
    } catch (error) {
      return problemOf(error, "r1").problem;
    }
    throw new Error("nothing was wrong with it");
  };
  const problem = wrong({ title: { en: "" }, channels: "web", oops: 1 });

  it("is told in another language, rule by rule; the fields and rules are the same", () => {
    const told = spokenTo("de", problem);
    expect(told.language).toBe("de");
    expect(told.problem.detail).toContain('"channels" muss eine Liste sein');
    expect(told.problem.detail).toContain('"oops" ist hier nicht erlaubt');
    const faults = (one: Problem) => one["faults"] as { field: string; rule: string; message: string }[];
    const keys = ({ field, rule }: { field: string; rule: string }) => ({ field, rule });
    expect(faults(told.problem).map(keys)).toEqual(faults(problem).map(keys));
    expect(faults(told.problem).map(({ message }) => message)).not.toEqual(
      faults(problem).map(({ message }) => message),
    );
    expect(told.problem).toMatchObject({ type: problem.type, title: problem.title, status: 400 });
  });

  it("says bounds, and never what was sent", () => {
    const long = wrong({ title: { en: "x".repeat(5_000) }, channels: [] });
    expect(JSON.stringify(long)).not.toContain("xxxx");
    expect(spokenTo("ko", long).problem.detail).toMatch(/\d+자 이하/);
  });

  it("that has no rules, or one that has no words, stays in English", () => {
    const other: Problem = { ...problem, faults: [{ field: "x", message: "odd", rule: "any.odd" }], detail: "odd." };
    expect(spokenTo("de", other)).toEqual({ problem: other, language: "en" });
    const { faults: _faults, ...plain } = problem as Problem & { faults: unknown };
    expect(spokenTo("de", plain)).toEqual({ problem: plain, language: "en" });
    expect(spokenTo("en", problem)).toEqual({ problem, language: "en" });
  });
});
