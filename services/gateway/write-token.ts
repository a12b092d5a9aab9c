/**
 * The consistency token: what a caller wrote and wants to see, signed so that nobody can make queries wait for what
 * was never written. Its content is for the read side alone; callers hand it back as it is. The key is derived from
 * the mall's secret for this one use, so that no token can be passed off as one of another kind.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { WriteMark } from "../../models/kernel/contract";
import { refuseKernel } from "../../models/kernel/refusal";

/** All tokens of a request together, as they stand in the header: headers end at 16 KiB. */
export const TOKENS_LENGTH_MAX = 12_288;
export const MARKS_MAX = 32;
export const TARGETS_MAX = 64;
const TOKEN_LENGTH_MAX = 8_192;

/** `[source, version, [[projection, id], …]]`: short, because it travels with every request. */
type Packed = [string, number, [string, string][]];

const pack = ({ source, version, targets }: WriteMark): Packed => [
  source,
  version,
  targets.map(({ projection, id }) => [projection, id]),
];

const unpack = ([source, version, targets]: Packed): WriteMark => ({
  source,
  version,
  targets: targets.map(([projection, id]) => ({ projection, id })),
});

function signature(secret: string, content: string): Buffer {
  const key = createHmac("sha256", secret).update("stoa consistency token 1").digest();
  return createHmac("sha256", key).update(content).digest();
}

/** The token for what was written, or undefined when it touches more than a token can carry. */
export function signWrites(secret: string, marks: readonly WriteMark[]): string | undefined {
  if (marks.length > MARKS_MAX || marks.some(({ targets }) => targets.length > TARGETS_MAX)) return undefined;
  const content = Buffer.from(JSON.stringify(marks.map(pack))).toString("base64url");
  const token = `${content}.${signature(secret, content).toString("base64url")}`;
  return token.length <= TOKEN_LENGTH_MAX ? token : undefined;
}

const invalid = (why: string): never =>
  refuseKernel("TOKEN_INVALID", `The consistency token ${why}: send it exactly as Stoa-Token gave it.`);

function readOne(secret: string, token: string): WriteMark[] {
  const [, content, signed] = /^([\w-]+)\.([\w-]{43})$/.exec(token) ?? [];
  if (content === undefined || signed === undefined || token.length > TOKEN_LENGTH_MAX) return invalid("is garbled");
  if (!timingSafeEqual(signature(secret, content), Buffer.from(signed, "base64url"))) {
    return invalid("was not made here or has been changed");
  }
  // signed by this mall, so it has the form that `pack` gave it
  return (JSON.parse(Buffer.from(content, "base64url").toString()) as Packed[]).map(unpack);
}

/** What the tokens, joined by commas, say was written. @throws TOKEN_INVALID for what this mall did not sign */
export function readWrites(secret: string, text: string): WriteMark[] {
  if (text.length > TOKENS_LENGTH_MAX) return invalid("is too long");
  const tokens = text.split(",").map((token) => token.trim());
  if (tokens.length > MARKS_MAX) return invalid(`joins more than ${MARKS_MAX} tokens`);
  const marks = tokens.flatMap((token) => readOne(secret, token));
  return marks.length <= MARKS_MAX ? marks : invalid(`holds more than ${MARKS_MAX} writes`);
}
