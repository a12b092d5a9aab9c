/** Texts as vectors, linear models of them, and the small models that rest on both. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import { artefactHash, beatsBaseline, keepModel, type ModelCard } from "../../../../ml/kernel/card";
import { folds } from "../../../../ml/kernel/split";
import { readTable, readZip } from "../../../../ml/kernel/table";
import { gramsOf } from "../../../../ml/kernel/text/grams";
import { linearScore, loudest } from "../../../../ml/kernel/text/linear";
import { learnVocabulary, vectorsOf } from "../../../../ml/kernel/text/vectors";
import { crossScores, intentOf, INTENT_FEATURES, trainIntent } from "../../../../ml/intent/model";
import { suggestCategories, suggester, trainListing } from "../../../../ml/listing/model";
import { matchOf, trainMatching } from "../../../../ml/matching/model";
import { pairsIn } from "../../../../ml/matching/pairs";
import { moderate, moderator, trainModeration } from "../../../../ml/moderation/model";
import { aspectReader, aspectsOf, judgedSentences, learnAspects } from "../../../../ml/sentiment/aspects";
import { sentimentOf, sentimentReader, trainSentiment } from "../../../../ml/sentiment/model";
import { areaUnderRoc } from "../../../../ml/kernel/metrics";
import { chance } from "../../../../ml/kernel/random";

const folder = mkdtempSync(path.join(tmpdir(), "stoa-text-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { next, below } = chance(3);
const GOOD = ["great", "lovely", "bright", "sturdy"];
const BAD = ["broken", "dull", "late", "flimsy"];
const SIDES = ["lamp", "screen", "battery life", "cable"];
const any = (words: readonly string[]): string => words[below(words.length)] ?? "";
const phrases = Array.from(
  { length: 200 },
  (_, i) => `${any(i % 2 ? GOOD : BAD)} ${any(SIDES)} ${any(i % 2 ? GOOD : BAD)}`,
);
const tones = phrases.map((_phrase, i) => i % 2);

describe("texts", () => {
  it("fall into runs of words and pieces of words", () => {
    expect(gramsOf("Don't PANIC!", { words: [1, 2], pieces: [1, 0] })).toEqual([
      "w don't",
      "w panic",
      "w !",
      "w don't panic",
      "w panic !",
    ]);
    expect(gramsOf("ab", { words: [1, 0], pieces: [3, 3] })).toEqual(["p  ab", "p ab "]);
  });

  it("become vectors of length 1 per kind, and rare grams weigh more", () => {
    const texts = ["red lamp", "blue lamp", "red lamp", "green lamp", "green chair"];
    const vocabulary = learnVocabulary(texts, { words: [1, 1], pieces: [1, 0], textsMin: 2, termsMax: 9 });
    const { indices, values } = vectorsOf(vocabulary).of("a red lamp, unknown");
    expect([...indices].map((at) => vocabulary.terms[at])).toEqual(["w lamp", "w red"]);
    expect(Math.hypot(...values)).toBeCloseTo(1, 12);
    expect(values[1]).toBeGreaterThan(values[0] as number);
  });

  it("are read from tables and zips; what is missing is named", async () => {
    const table = path.join(folder, "t.csv.gz");
    writeFileSync(table, gzipSync('a,b\n1,"x, y"\n2,z\n'));
    expect((await readTable(table, ["b"])).map(({ b }) => b)).toEqual(["x, y", "z"]);
    await expect(readTable(table, ["c"])).rejects.toThrow(/has no column c/);
    const [name, packed] = [Buffer.from("in/a.txt"), deflateRawSync("praise")];
    const local = Buffer.alloc(30);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    const zip = path.join(folder, "z.zip");
    writeFileSync(zip, Buffer.concat([local, name, packed, entry, name, end]));
    expect([...(await readZip(zip))]).toEqual([["in/a.txt", "praise"]]);
    await expect(readZip(table)).rejects.toThrow(/is no zip/);
  });
});

describe("sentiment", () => {
  const model = trainSentiment(phrases, tones, 1);
  const reader = sentimentReader(model);

  it("tells praise from complaint, says why, and is the same for the same seed", () => {
    expect(sentimentOf(reader, "a sturdy lamp")).toMatchObject({ tone: "praise" });
    expect(sentimentOf(reader, "flimsy screen").tone).toBe("complaint");
    expect(sentimentOf(reader, "flimsy screen").because).toContain("flimsy");
    expect(JSON.stringify(trainSentiment(phrases, tones, 1))).toBe(JSON.stringify(model));
  });

  it("sums: the bias and what each gram adds are the score", () => {
    const x = vectorsOf(model.vocabulary).of("great cable");
    const parts = loudest(model.linear, x, model.vocabulary.terms, 1_000);
    const sum = parts.reduce((total, { contribution }) => total + contribution, model.linear.bias);
    expect(sum).toBeCloseTo(linearScore(model.linear, x), 9);
  });

  it("gives each side of a product the tone of its own clause", () => {
    const marked = new Map([
      ["product_reviews_1/X.txt", "battery life[+2]##great battery life\nscreen[-1]##dull screen\n"],
    ]);
    const sentences = judgedSentences(marked);
    expect(sentences.map(({ aspects }) => aspects)).toEqual([
      [{ aspect: "battery life", sign: 1 }],
      [{ aspect: "screen", sign: -1 }],
    ]);
    const read = aspectsOf(aspectReader(learnAspects(sentences), reader), "lovely battery life, but a dull screen");
    expect(read.map(({ aspect, tone }) => [aspect, tone])).toEqual([
      ["battery life", "praise"],
      ["screen", "complaint"],
    ]);
  });
});

describe("moderation", () => {
  const vile = ["scum", "vermin"];
  const rude = ["damn", "crap"];
  const kinds = [vile, rude, SIDES];
  const classes = Int32Array.from({ length: 240 }, (_, i) => (i % 8 === 0 ? 0 : i % 2 === 0 ? 1 : 2));
  const posts = [...classes].map(
    (kind) => `the ${any(kinds[kind] ?? SIDES)} ${any(GOOD)} you ${any(kinds[kind] ?? SIDES)}`,
  );

  it("rejects hate, holds offence, publishes the rest, and names the words", () => {
    const judge = moderator(trainModeration(posts, classes, 1));
    expect(moderate(judge, "you vermin")).toMatchObject({ class: "hate", verdict: "reject" });
    expect(moderate(judge, "damn cable crap")).toMatchObject({ verdict: "hold" });
    expect(moderate(judge, "the great lamp")).toMatchObject({ verdict: "publish" });
    expect(moderate(judge, "you vermin").because).toContain("vermin");
  });
});

describe("the category of a listing", () => {
  it("is suggested with the words that say so", () => {
    const titles = Array.from({ length: 60 }, (_, i) => (i % 2 ? `acme arc lamp ${i}` : `zeta usb cable ${i}m`));
    const model = trainListing(
      titles,
      titles.map((_title, i) => (i % 2 ? "Lighting" : "Cables")),
      1,
    );
    const [first, second] = suggestCategories(suggester(model), "arc lamp, new");
    expect(first).toMatchObject({ category: "Lighting", because: expect.arrayContaining(["lamp"]) as string[] });
    expect(first?.score).toBeGreaterThan(second?.score ?? Infinity);
  });
});

describe("matching", () => {
  const line = (a: string, b: string, label: number): string =>
    `COL title VAL ${a} COL price VAL 10.0 \tCOL title VAL ${b} COL price VAL  \t${label}`;
  const lines = Array.from({ length: 80 }, (_, i) =>
    i % 2
      ? line(`acme lamp ax${100 + i}`, `lamp ax-${100 + i} acme`, 1)
      : line(`acme lamp ax${100 + i}`, `acme lamp bz${300 + i}`, 0),
  );

  it("reads pairs and names the line that is none", () => {
    expect(pairsIn(lines.join("\n"))[1]).toMatchObject({ left: { title: "acme lamp ax101", price: 10 }, label: 1 });
    expect(pairsIn(lines.join("\n"))[0]?.right.price).toBeNaN();
    expect(() => pairsIn("COL a VAL b\tCOL a VAL c\t2")).toThrow(/Line 1 is no pair/);
  });

  it("learns that one code is one product however it is written", () => {
    const model = trainMatching(pairsIn(lines.join("\n")), 1);
    const [same, other] = pairsIn(
      `${line("acme lamp ax777", "lamp ax-777", 1)}\n${line("acme lamp ax777", "acme lamp q9x9", 0)}`,
    );
    expect([same, other].map((pair) => pair && matchOf(model, pair).same)).toEqual([true, false]);
  });
});

describe("purchase intent", () => {
  const rows = Array.from({ length: 300 }, () => Float32Array.from(INTENT_FEATURES, () => next()));
  const labels = Uint8Array.from(rows, (row) => ((row[0] as number) > 0.7 ? 1 : 0));

  it("is judged on rows it has not seen, and explains itself by feature", () => {
    const scores = crossScores(rows, labels, 1, 3);
    expect(areaUnderRoc(labels, scores)).toBeGreaterThan(0.95);
    const model = trainIntent(rows, labels, 1, scores);
    const buying = Float32Array.from(INTENT_FEATURES, (_name, f) => (f === 0 ? 0.95 : 0.5));
    const { probability, contributions } = intentOf(model, buying);
    expect(probability).toBeGreaterThan(0.5);
    expect(contributions[0]?.feature).toBe("page_value");
  });

  it("has each row in exactly one test", () => {
    const seen = folds(31, 4, 2).flatMap(({ test, train }) => {
      expect(new Set([...test, ...train]).size).toBe(31);
      return [...test];
    });
    expect(seen.sort((a, b) => a - b)).toEqual([...Array(31).keys()]);
  });
});

describe("a model's card", () => {
  const card = { model: "m", data: "d", rows: 1, features: 2, metrics: { ACC: 0.9 }, baseline: { ACC: 0.8 } };
  const whole: Omit<ModelCard, "hash"> = { ...card, published: {}, seed: 1, libraries: {} };

  it("names the artefact by the hash of its bytes", async () => {
    const hash = await keepModel(folder, { weights: [0.1, 0.2] }, whole);
    const artefact = gunzipSync(readFileSync(path.join(folder, `${hash}.json.gz`))).toString();
    expect(artefactHash(artefact)).toBe(hash);
    expect(JSON.parse(readFileSync(path.join(folder, `${hash}.card.json`), "utf8"))).toMatchObject({
      hash,
      model: "m",
    });
  });

  it("says whether it is better than its baseline by the measure that counts", () => {
    expect(beatsBaseline({ ...whole, hash: "" }, "ACC")).toBe(true);
    expect(beatsBaseline({ ...whole, hash: "", metrics: { ACC: 0.7 } }, "ACC")).toBe(false);
    expect(beatsBaseline({ ...whole, hash: "" }, "AUC")).toBe(false);
  });
});
