/**
 * AWS Signature Version 4 for S3, over headers: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
 * Pure, and held against the signatures that this page publishes.
 */
import { createHash, createHmac } from "node:crypto";

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

export interface Unsigned {
  readonly method: string;
  /** Its path as it will be sent, percent-encoded once, as S3 wants it. */
  readonly url: URL;
  /** What is to be signed beside host, date and content hash. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hexadecimal. */
  readonly bodyHash: string;
  readonly at: Date;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
export const sha256 = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** RFC 3986, which leaves fewer characters alone than `encodeURIComponent`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery({ searchParams }: URL): string {
  const pairs = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.sort().join("&");
}

/** The headers to send, `authorization` among them; `host` is set by whoever sends. */
export function signed(keys: S3Keys, { method, url, headers = {}, bodyHash, at }: Unsigned): Record<string, string> {
  const stamp = at.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = [stamp.slice(0, 8), keys.region, "s3", "aws4_request"];
  const sent = { ...headers, "x-amz-content-sha256": bodyHash, "x-amz-date": stamp };
  const all = Object.entries({ ...sent, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = all.map(([name]) => name).join(";");
  const lines = all.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}\n`).join("");
  const request = [method, url.pathname, canonicalQuery(url), lines, names, bodyHash].join("\n");
  const toSign = [ALGORITHM, stamp, scope.join("/"), sha256(request)].join("\n");
  const key = scope.reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, toSign).toString("hex");
  const credential = `${keys.accessKeyId}/${scope.join("/")}`;
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${credential},SignedHeaders=${names},Signature=${signature}`,
  };
}
