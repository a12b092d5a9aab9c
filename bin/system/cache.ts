import { homedir } from "node:os";
import path from "node:path";

/** Where downloads and builds are kept, shared by all checkouts: STOA_CACHE, else ~/.cache/stoa. */
export function cacheDirOf(env: { readonly STOA_CACHE?: string | undefined }): string {
  return path.resolve(env.STOA_CACHE ?? path.join(homedir(), ".cache", "stoa"));
}
