import { linesIn, type Line } from "../../../../bin/import/lines";

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function read(texts: string[], bytesMax?: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesIn(chunks(...texts), bytesMax)) lines.push(line);
  return lines;
}

it("numbers lines from 1 wherever the chunks end", async () => {
  const expected = [
    { number: 1, text: "one" },
    { number: 2, text: "two" },
    { number: 3, text: "three" },
  ];
  expect(await read(["one\ntwo\nthree"])).toEqual(expected);
  expect(await read(["o", "ne\nt", "wo\n", "three", "\n"])).toEqual(expected);
});

it("counts empty lines and leaves them out", async () => {
  expect(await read(["\n \na\n\n"])).toEqual([{ number: 3, text: "a" }]);
});

it("bears a byte order mark, line ends of Windows and characters cut in two", async () => {
  const umlaut = Buffer.from("ä\n");
  async function* cut(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from("\ufeffa\r\n"));
    for (const byte of umlaut) yield Buffer.from([byte]);
  }
  const lines: Line[] = [];
  for await (const line of linesIn(cut())) lines.push(line);
  expect(lines).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "ä" },
  ]);
});

it("hands on a line that is too long without its text, and goes on", async () => {
  expect(await read(["12345678", "9012345\nab\n", "0123456789x"], 10)).toEqual([
    { number: 1, text: null },
    { number: 2, text: "ab" },
    { number: 3, text: null },
  ]);
});
