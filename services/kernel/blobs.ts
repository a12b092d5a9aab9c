/**
 * Files by the hash of their content: written once, never changed, the same content kept once. Here the port is a
 * folder; s3-blobs.ts fills it, too. A file is there whole or not at all: it is written beside and renamed.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";

export interface Blobs {
  /** Keeps the bytes durably. @returns their SHA-256 in hexadecimal */
  put(bytes: Buffer): Promise<string>;
  /** Null when there are none of that name. `of` names something made of it: `320.webp`. */
  get(hash: string, of?: string): Promise<Buffer | null>;
  /** Keeps something that can be made again. */
  putMade(hash: string, of: string, bytes: Buffer): Promise<void>;
}

const HASH = /^[a-f0-9]{64}$/;
const MADE = /^[a-z0-9]{1,16}\.[a-z0-9]{1,8}$/;

export const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Only names of the two known forms ever become part of a path; null for any other. */
export function nameOfBlob(hash: string, of?: string): string | null {
  if (!HASH.test(hash) || (of !== undefined && !MADE.test(of))) return null;
  return `${hash.slice(0, 2)}/${of === undefined ? hash : `${hash}-${of}`}`;
}

export function diskBlobs(folder: string): Blobs {
  const fileOf = (hash: string, of?: string): string | null => {
    const name = nameOfBlob(hash, of);
    return name === null ? null : path.join(folder, name);
  };

  async function write(file: string, bytes: Buffer): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    const beside = `${file}.${randomUUID()}`;
    const handle = await open(beside, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  }

  const get: Blobs["get"] = async (hash, of) => {
    const file = fileOf(hash, of);
    if (file === null) return null;
    return readFile(file).catch((error: unknown) => {
      if ((error as { code?: string }).code === "ENOENT") return null;
      throw error;
    });
  };

  return {
    get,
    async put(bytes) {
      const hash = hashOf(bytes);
      if ((await get(hash)) === null) await write(fileOf(hash) as string, bytes);
      return hash;
    },
    async putMade(hash, of, bytes) {
      const file = fileOf(hash, of);
      if (file === null) throw new RangeError(`"${hash}-${of}" is no name of a file`);
      await write(file, bytes);
    },
  };
}
