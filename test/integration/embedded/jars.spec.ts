import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { badJars, type LockedJar } from "../../../embedded/elasticsearch/jars";

describe("jars in the cache", () => {
  const content = Buffer.alloc(100_000, "jar");
  const lock: LockedJar[] = ["a.jar", "b.jar"].map((name) => ({
    name,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stoa-jars-"));
    for (const { name } of lock) await writeFile(path.join(folder, name), content);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("are good when they are what the lock says", async () => {
    expect(await badJars(folder, lock)).toEqual([]);
  });

  it("are found out when cut short", async () => {
    await writeFile(path.join(folder, "a.jar"), content.subarray(0, 50_000));
    expect(await badJars(folder, lock)).toEqual(["a.jar"]);
  });

  it("are found out when one byte differs", async () => {
    const changed = Buffer.from(content);
    changed[77_777] = 0;
    await writeFile(path.join(folder, "b.jar"), changed);
    expect(await badJars(folder, lock)).toEqual(["b.jar"]);
  });

  it("are found out when missing, as is the whole folder", async () => {
    await rm(path.join(folder, "b.jar"));
    expect(await badJars(folder, lock)).toEqual(["b.jar"]);
    expect(await badJars(path.join(folder, "nowhere"), lock)).toEqual(["a.jar", "b.jar"]);
  });
});
