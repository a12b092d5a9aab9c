/**
 * Files by hash in a bucket of S3, or of whatever speaks its protocol. The same content has the same name, so that
 * sending it again, after a lost answer or by several nodes at once, changes nothing: that is why it may be repeated.
 * Speaks to the address of the configuration only.
 */
import { refuseKernel } from "../../models/kernel/refusal";
import { hashOf, nameOfBlob, type Blobs } from "./blobs";
import { sha256, signed, type S3Keys } from "./s3-sign";
import { backoffMs, reasonOf, wait } from "./wait";

export interface S3Place extends S3Keys {
  /** With the bucket, and what stands before every name in it: `https://s3.eu-central-1.amazonaws.com/mall/assets`. */
  readonly url: string;
}

export interface S3Options extends S3Place {
  readonly now?: () => Date;
  readonly pause?: (ms: number) => Promise<void>;
}

const WITHIN_MS = 10_000;
const ATTEMPTS_MAX = 3;
const RETRY_FIRST_MS = 200;
const RETRY_MAX_MS = 2_000;
/** No file of the mall is larger. */
const BYTES_MAX = 64 << 20;
const SLOW_DOWN = 429;
const NOTHING: Buffer = Buffer.alloc(0);

type Method = "GET" | "HEAD" | "PUT";

/**
 * `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1`; key and secret percent-encoded, region `us-east-1` where
 * none is named. @throws Error with a sentence
 */
export function s3PlaceOf(text: string): S3Place {
  const { protocol, host, pathname, username, password, searchParams } = new URL(text);
  if (username === "" || password === "" || pathname.length < 2) {
    throw new Error("S3_URL must name key, secret and bucket: https://KEY:SECRET@host/bucket?region=…");
  }
  return {
    url: `${protocol}//${host}${pathname.replace(/\/+$/, "")}`,
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    region: searchParams.get("region") ?? "us-east-1",
  };
}

/** Sends one request for one file, as often as it takes. @throws STORE_UNAVAILABLE */
type Ask = (method: Method, name: string, body?: Buffer) => Promise<Response>;

function asking({ url: base, now = () => new Date(), pause = wait, ...keys }: S3Options): Ask {
  const send = (method: Method, name: string, body: Buffer): Promise<Response> => {
    const url = new URL(`${base}/${name}`);
    const headers = signed(keys, { method, url, bodyHash: sha256(body), at: now() });
    const content = method === "PUT" ? { body: new Uint8Array(body) } : {};
    return fetch(url, { method, headers, redirect: "error", signal: AbortSignal.timeout(WITHIN_MS), ...content });
  };

  /** The answer, whatever it says of the one file; or why there is none, and whether it is worth asking again. */
  async function once(method: Method, name: string, body: Buffer): Promise<Response | { why: string; again: boolean }> {
    try {
      const response = await send(method, name, body);
      const { ok, status } = response;
      if (ok || status === 404) return response;
      await response.body?.cancel();
      return { why: `it answered ${status}`, again: status >= 500 || status === SLOW_DOWN };
    } catch (error) {
      return { why: reasonOf(error), again: true };
    }
  }

  return async (method, name, body = NOTHING) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(method, name, body);
      if (answer instanceof Response) return answer;
      if (!answer.again || attempt === ATTEMPTS_MAX) {
        const { why } = answer;
        return refuseKernel("STORE_UNAVAILABLE", `The store of files cannot be used now (${why}); try again soon.`);
      }
      await pause(backoffMs(attempt - 1, RETRY_FIRST_MS, RETRY_MAX_MS));
    }
  };
}

export function s3Blobs(options: S3Options): Blobs {
  const asked = asking(options);
  return {
    async get(hash, of) {
      const name = nameOfBlob(hash, of);
      if (name === null) return null;
      const response = await asked("GET", name);
      const length = Number(response.headers.get("content-length") ?? 0);
      if (response.ok && length <= BYTES_MAX) return Buffer.from(await response.arrayBuffer());
      await response.body?.cancel();
      if (response.ok) throw new RangeError(`${name} has ${length} bytes, more than any file of the mall`);
      return null;
    },
    async put(bytes) {
      const hash = hashOf(bytes);
      const name = nameOfBlob(hash) as string;
      const known = await asked("HEAD", name);
      if (known.status === 404) await asked("PUT", name, bytes);
      return hash;
    },
    async putMade(hash, of, bytes) {
      const name = nameOfBlob(hash, of);
      if (name === null) throw new RangeError(`"${hash}-${of}" is no name of a file`);
      await asked("PUT", name, bytes);
    },
  };
}
