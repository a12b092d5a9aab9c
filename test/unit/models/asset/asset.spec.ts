import { asset, type AssetEvent } from "../../../../models/asset/asset.aggregate";
import type { AssetFile } from "../../../../models/asset/asset.contract";
import { given } from "../../../support/given";

const id = "a1";
const file = (letter: string): AssetFile => ({
  hash: letter.repeat(64),
  type: "image/png",
  bytes: 10,
  width: 4,
  height: 3,
});
const uploaded: AssetEvent = { type: "asset.uploaded", data: { ...file("a"), name: "lamp.png", sellerId: "s1" } };
const retired: AssetEvent = { type: "asset.retired", data: {} };
const state = { status: "kept", alt: {}, ...file("a"), name: "lamp.png", sellerId: "s1" } as const;
const history = given(asset);

describe("asset", () => {
  it("is uploaded, once", () => {
    history().when("asset.upload", uploaded.data).then(uploaded).andState(state);
    history(uploaded).when("asset.upload", file("b")).refused("ALREADY_EXISTS");
  });

  it("takes another file, and the same one without a word", () => {
    history(uploaded)
      .when("asset.replace", { id, ...file("b") })
      .then({ type: "asset.replaced", data: file("b") })
      .andState({ ...state, ...file("b") });
    history(uploaded)
      .when("asset.replace", { id, ...file("a") })
      .then();
  });

  it("says what it shows", () => {
    history(uploaded)
      .when("asset.describe", { id, alt: { en: "A lamp" } })
      .then({ type: "asset.described", data: { alt: { en: "A lamp" } } })
      .andState({ ...state, alt: { en: "A lamp" } });
  });

  it("shows an earlier file again, unless it is retired; its words come back in any case", () => {
    const replaced: AssetEvent = { type: "asset.replaced", data: file("b") };
    const described: AssetEvent = { type: "asset.described", data: { alt: { en: "A lamp" } } };
    const old = { id, version: 1, content: { ...file("a"), name: "lamp.png", alt: {} }, gone: [] };
    history(uploaded, replaced, described)
      .when("asset.revert", old)
      .then({
        type: "asset.reverted",
        data: { toVersion: 1, content: { hash: file("a").hash, alt: {} }, gone: [] },
      })
      .andState(state);
    history(uploaded).when("asset.revert", old).then();
    history(uploaded, replaced, retired).when("asset.revert", old).refused("ASSET_RETIRED");
    history(uploaded, described, retired)
      .when("asset.revert", old)
      .then({ type: "asset.reverted", data: { toVersion: 1, content: { alt: {} }, gone: [] } });
  });

  it("is retired, once, and takes no file any more", () => {
    history(uploaded)
      .when("asset.retire", { id })
      .then(retired)
      .andState({ ...state, status: "retired" });
    history(uploaded, retired).when("asset.retire", { id }).then();
    history(uploaded, retired)
      .when("asset.replace", { id, ...file("b") })
      .refused("ASSET_RETIRED");
  });

  it("that does not exist refuses every command", () => {
    history()
      .when("asset.replace", { id, ...file("a") })
      .refused("NOT_FOUND");
    history().when("asset.describe", { id, name: "x" }).refused("NOT_FOUND");
    history().when("asset.retire", { id }).refused("NOT_FOUND");
    history().when("asset.revert", { id, version: 1, content: {}, gone: [] }).refused("NOT_FOUND");
  });
});
