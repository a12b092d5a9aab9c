import { Readable } from "node:stream";
import { firstLine } from "../../../../bin/account/password";

const stream = (...pieces: string[]): Readable => Readable.from(pieces.map((piece) => Buffer.from(piece)));

test.each([
  [["nine yellow kettles\n"], "nine yellow kettles"],
  [["no line", " end"], "no line end"],
  [["first\r\nsecond\n"], "first"],
  [[" blanks belong to it \n"], " blanks belong to it "],
])("a password is the first line of %j", async (pieces, line) => {
  expect(await firstLine(stream(...pieces))).toBe(line);
});

test("nothing is no password, and a flood is not read to its end", async () => {
  await expect(firstLine(stream())).rejects.toThrow("holds no password");
  await expect(firstLine(stream("\n"))).rejects.toThrow("holds no password");
  const flood = Readable.from(
    (function* () {
      for (;;) yield "x".repeat(100);
    })(),
  );
  await expect(firstLine(flood)).rejects.toThrow("more than 1024 characters");
});
