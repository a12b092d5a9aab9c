/** BSON put together from parts that stay bytes: nothing is decoded, and nothing is encoded twice. */
import { ARRAY, OBJECT } from "./raw";

const int32 = (value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32LE(value);
  return bytes;
};

const element = (type: number, name: string, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type]), Buffer.from(name), Buffer.from([0]), value]);

export const documentOf = (parts: readonly Uint8Array[]): Buffer => {
  const size = parts.reduce((sum, part) => sum + part.length, 5);
  return Buffer.concat([int32(size), ...parts, Buffer.from([0])]);
};

export const objectField = (name: string, doc: Uint8Array): Buffer => element(OBJECT, name, doc);

const itemNames: Buffer[] = [];
const itemHead = (i: number): Buffer => (itemNames[i] ??= element(OBJECT, String(i), Buffer.alloc(0)));

/** An array field of documents that stay bytes. */
export const arrayField = (name: string, docs: readonly Uint8Array[]): Buffer =>
  element(ARRAY, name, documentOf(docs.flatMap((doc, i) => [itemHead(i), doc])));

/** The elements of an encoded document, to be put into another one. */
export const bodyOf = (doc: Uint8Array): Uint8Array => doc.subarray(4, doc.length - 1);
