import { changesOf, restoredState } from "../../../../models/kernel/restoring";

interface Content {
  readonly title: { readonly en: string };
  readonly brand?: string;
}

const state = { status: "open", price: 5, title: { en: "New" }, brand: "Stoa" };

describe("restoring", () => {
  it("changes what is content, and leaves the rest as it is today", () => {
    const changes = changesOf<Content>(state, {
      id: "x",
      version: 1,
      content: { title: { en: "Old" } },
      gone: ["brand"],
    });
    expect(changes).toEqual({ toVersion: 1, content: { title: { en: "Old" } }, gone: ["brand"] });
    expect(changes && restoredState(state, changes)).toEqual({ status: "open", price: 5, title: { en: "Old" } });
  });

  it("says only what differs, and nothing where nothing does", () => {
    const content = { title: { en: "New" }, brand: "Other" };
    expect(changesOf<Content>(state, { id: "x", version: 1, content, gone: [] })).toEqual({
      toVersion: 1,
      content: { brand: "Other" },
      gone: [],
    });
    const same = { id: "x", version: 1, content: { title: { en: "New" }, brand: "Stoa" }, gone: [] };
    expect(changesOf<Content>(state, same)).toBeNull();
    expect(
      changesOf<Content>({ title: { en: "New" } }, { ...same, content: { title: { en: "New" } }, gone: ["brand"] }),
    ).toBeNull();
  });
});
