import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSigner, isSigned, loadSigner, newPrivateKey } from "../../../../models/kernel/signer";

const HASH = "ab".repeat(32);

describe("a signer", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stoa-signer-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("signs so that only its own public key agrees, and only for that hash", () => {
    const signer = createSigner(newPrivateKey());
    const other = createSigner(newPrivateKey());
    const signature = signer.sign(HASH);
    expect(isSigned(HASH, signature, [other.publicKey, signer.publicKey])).toBe(true);
    expect(isSigned(HASH, signature, [other.publicKey])).toBe(false);
    expect(isSigned("cd".repeat(32), signature, [signer.publicKey])).toBe(false);
    expect(signer.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(signer.keyId).not.toBe(other.keyId);
  });

  it("is made once for a data folder, also by processes that start together, and is private", async () => {
    const signers = await Promise.all(Array.from({ length: 5 }, () => loadSigner(folder)));
    expect(new Set(signers.map(({ keyId }) => keyId)).size).toBe(1);
    expect(await readdir(join(folder, "keys"))).toEqual(["checkpoint.pem"]);
    expect((await stat(join(folder, "keys", "checkpoint.pem"))).mode & 0o077).toBe(0);
  });
});
