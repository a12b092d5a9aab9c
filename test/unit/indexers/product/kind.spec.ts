import { headPhrase, headWord, kindOf } from "../../../../indexers/product/products.kind.projection";

type Attributes = Readonly<Record<string, string | number | boolean>>;

const kinds = (title: string, brand = "", attributes: Attributes = {}, language = "en"): string[] =>
  kindOf({ brand, attributes }, title, language).map((kind) => kind.replace("xxbegin ", "").replace(" xxend", ""));

describe("the kind of thing that a title names", () => {
  it.each<[string, string, Attributes, string[]]>([
    ["HP dv7-1211ea Notebook Silver 43.2 cm", "HP", { model: "dv7-1211ea", colour: "Silver" }, ["Notebook"]],
    ["Targus CN31 notebook case 40.6 cm", "Targus", { model: "CN31" }, ["notebook case"]],
    ["HP Universal Notebook Stand Black", "HP", { product_colour: "Black" }, ["Universal Notebook Stand"]],
    ["OKI Toner Cartridge for Okipage 8c", "OKI", {}, ["Toner Cartridge", "Okipage xxfor"]],
    ['Targus 17" Laptop privacy filter', "Targus", {}, ["Laptop privacy filter"]],
    ["Kensington Contour™ 17” Topload Laptop Case", "Kensington", {}, ["Contour", "Topload Laptop Case"]],
    ["Sandberg FireWire for Laptop (3 ports)", "Sandberg", {}, ["FireWire", "Laptop xxfor"]],
    ["Philips USB Car Charger DLM94381/17", "Philips", {}, ["USB Car Charger"]],
    ["Sharp LC-20SD4E TV 50.8 cm", "Sharp", { model: "LC-20SD4E" }, ["TV"]],
    ["2-Power 10.8v 4400mAh Laptop Battery", "2-Power", { type: "Battery" }, ["Laptop Battery"]],
    ["C2G 5m Cable networking cable 4.5 m Beige", "C2G", { model: "5m Cable" }, ["networking cable", "Cable"]],
    ["Samsung 17 cm", "Samsung", {}, []],
    ["", "", {}, []],
  ])("%s", (title, brand, attributes, expected) => {
    expect(kinds(title, brand, attributes)).toEqual(expected);
  });

  it("is where the head is: last in German, first in French", () => {
    expect(kinds("Tasche für Notebook", "", {}, "de")).toEqual(["Tasche", "Notebook xxfor"]);
    const housse = ["Housse rigide noire", "ordinateur xxfor"];
    expect(kinds("Housse rigide noire pour ordinateur", "", {}, "fr")).toEqual(housse);
    expect(headPhrase("case", "en")).toBe("case xxend");
    expect(headPhrase("housse", "fr-ca")).toBe("xxbegin housse");
  });

  it("keeps the words nearest to the head, and is bounded", () => {
    expect(kinds("one two three four five six")).toEqual(["three four five six"]);
    expect(kinds(`${"word ".repeat(5_000)}end`)).toEqual(["word word word end"]);
  });
});

describe("the word of a question that says what is asked for", () => {
  it.each([
    ["oak lamp", "en", "lamp"],
    [" lamp ", "en", "lamp"],
    ["lampe de bureau", "fr", "lampe"],
    ["lámpara de mesa", "es-mx", "lámpara"],
    ["", "en", ""],
  ])("of %j in %s is %j", (words, language, head) => {
    expect(headWord(words, language)).toBe(head);
  });
});
