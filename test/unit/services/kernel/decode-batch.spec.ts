import type { JsMsg } from "nats";
import type { Commit } from "../../../../models/kernel/row";
import { decodeBatch } from "../../../../services/kernel/decode-batch";
import { encode } from "../../../../services/kernel/wire";
import { chainOf } from "../../../support/rows";

const known = { aggregate: { name: "thing", schema: 1 }, model: { aggregate: "thing" } };
const options = { aggregates: ["thing"], kept: [known], heads: true };

let seq = 0;
const messageOf = (subject: string, data: Uint8Array): JsMsg => ({ seq: ++seq, subject, data }) as unknown as JsMsg;

function messages(id: string, versions: number, aggregate = "thing"): JsMsg[] {
  const states = Array.from({ length: versions }, (_, n) => ({ n }));
  return chainOf(id, states).map((row) => {
    const { subject, body } = encode("mall", { ...row, aggregate });
    return messageOf(subject, body);
  });
}

const names = (commits: readonly Commit[]): string[] =>
  commits.map(({ aggregateId, version }) => `${aggregateId}@${version}`).sort();

test("a reader of heads is given the newest version of each aggregate, in whatever order they come", () => {
  const [one = messageOf("", new Uint8Array()), ...rest] = messages("t-1", 12);
  const { commits, bad } = decodeBatch([...rest, ...messages("t-2", 1), one], options);
  expect(names(commits)).toEqual(["t-1@12", "t-2@1"]);
  expect(bad).toEqual([]);
});

test("a reader of every version is given all of them", () => {
  const { commits } = decodeBatch(messages("t-1", 3), { ...options, heads: false });
  expect(names(commits)).toEqual(["t-1@1", "t-1@2", "t-1@3"]);
});

test("a version that cannot be read does not hide the one before it", () => {
  const [first = messageOf("", new Uint8Array()), second = first] = messages("t-1", 2);
  const cut = messageOf(second.subject, second.data.subarray(0, second.data.length - 1));
  expect(decodeBatch([first, cut], options)).toMatchObject({ commits: [{ version: 1 }], bad: [{ message: cut }] });
});

test("a version of a newer build is left to it, and the one before it is read", () => {
  const [first = messageOf("", new Uint8Array()), second = first] = messages("t-1", 2);
  const newer = Buffer.from(second.data).toString().replace('"schema":1', '"schema":2');
  const later = messageOf(second.subject, Buffer.from(newer));
  expect(decodeBatch([later, first], options)).toMatchObject({ commits: [{ version: 1 }], tooNew: [later] });
});

test("what is no commit at all, and what nobody wanted", () => {
  const foreign = messageOf("mall.commits.thing.1", Buffer.from("nonsense"));
  const { commits, bad } = decodeBatch([foreign, ...messages("o-1", 1, "other")], options);
  expect(commits).toEqual([]);
  expect(bad.map(({ message }) => message)).toEqual([foreign]);
});
