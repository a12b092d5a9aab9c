import { prepareFolder } from "../../../../bin/folder/folder";
import { rotated } from "../../../../bin/keys/keys.command";
import { loadKeyRing } from "../../../../services/kernel/key-ring";
import { testFolder, type TestFolder } from "../../../support/folder";

let folder: TestFolder;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

test("a new key is named, and a gateway that runs signs with it five seconds later", async () => {
  const { secret } = await prepareFolder(folder.path);
  let now = Date.now();
  const ring = await loadKeyRing({ dataDir: folder.path, secret }, () => now);
  const before = await ring.current();
  const text = await rotated(folder.path);
  now += 5_001;
  const { kid } = await ring.current();
  expect(kid).not.toBe(before.kid);
  expect(text).toContain(`signed by the key ${kid} now`);
  expect((await ring.find(before.kid))?.kid).toBe(before.kid);
});

test("a stolen key is taken no more after two further rotations, also where nobody logs in", async () => {
  const { secret } = await prepareFolder(folder.path);
  let now = Date.now();
  const ring = await loadKeyRing({ dataDir: folder.path, secret }, () => now);
  const { kid } = await ring.current();
  for (let i = 0; i < 3; i++) await rotated(folder.path);
  now += 5_001;
  expect(await ring.find(kid)).toBeUndefined();
});

test("a folder without a mall is told, and gets no key", async () => {
  await expect(rotated(folder.path)).rejects.toThrow("holds no mall yet");
});
