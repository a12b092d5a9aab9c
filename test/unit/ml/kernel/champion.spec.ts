/** The model that decides, as who serves knows it. */
import { artefactHash, artefactOf } from "../../../../ml/kernel/card";
import { createChampions, type Champions } from "../../../../ml/kernel/champion";

interface Small {
  readonly weight: number;
}

const [OLD, NEW, LEARNT] = [1, 2, 3].map((weight) => artefactOf({ weight })) as [string, string, string];

function process(first: string, files: Map<string, Buffer>) {
  const warned: unknown[] = [];
  const stage = { now: 0, appointed: null as string | null, broken: false, warned };
  const champions: Champions<Small> = createChampions<Small>({
    first,
    appointed: () => Promise.resolve(stage.appointed === null ? null : { hash: stage.appointed, number: 1 }),
    keep: (artefact) => {
      if (stage.broken) return Promise.reject(new Error("the disk is full"));
      return Promise.resolve(files.set(artefactHash(artefact.toString()), artefact));
    },
    read: (hash) => Promise.resolve(files.get(hash) ?? null),
    parse: (text) => JSON.parse(text) as Small,
    clock: () => stage.now,
    warn: (error) => warned.push(error),
  });
  return { stage, champions };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it("what shipped when something was decided can be asked again by a release that ships another", async () => {
  const files = new Map<string, Buffer>();
  const { hash, number } = await process(OLD, files).champions.current();
  expect([hash, number]).toEqual([artefactHash(OLD), 0]);
  const released = process(NEW, files).champions;
  expect(await released.current()).toEqual({ hash: artefactHash(NEW), number: 0, model: { weight: 2 } });
  expect(await released.of(hash)).toEqual({ weight: 1 });
});

it("decides by what ships though it cannot be kept, says so, and tries again", async () => {
  const files = new Map<string, Buffer>();
  const { stage, champions } = process(OLD, files);
  stage.broken = true;
  expect((await champions.current()).model).toEqual({ weight: 1 });
  expect([stage.warned.length, files.size]).toEqual([1, 0]);
  Object.assign(stage, { broken: false, now: 10_000 });
  await champions.current();
  await settled();
  expect([...files.keys()]).toEqual([artefactHash(OLD)]);
});

it("takes what was appointed between two requests, and nothing whose bytes are others than its hash says", async () => {
  const files = new Map([[artefactHash(LEARNT), Buffer.from(LEARNT)]]);
  const { stage, champions } = process(OLD, files);
  await champions.current();
  Object.assign(stage, { appointed: artefactHash(LEARNT), now: 10_000 });
  expect((await champions.current()).number).toBe(0);
  await settled();
  expect(await champions.current()).toMatchObject({ number: 1, model: { weight: 3 } });
  files.set(artefactHash(NEW), Buffer.from("{}"));
  await expect(champions.of(artefactHash(NEW))).rejects.toThrow(/is gone, or is not what its hash says/);
});
