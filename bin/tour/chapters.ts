/** The story in order. A further chapter is a file under `chapters/` and a line here. */
import { reprices, repeats, restores } from "./chapters/history.chapter";
import { collects } from "./chapters/collecting.chapter";
import { checksOut, comesTooLate, fillsCart } from "./chapters/buying.chapter";
import { paysOut, returns, ships } from "./chapters/money.chapter";
import { learns } from "./chapters/learning.chapter";
import { administrators, applies, approves, registers, secondSeller } from "./chapters/people.chapter";
import { survives, tampers } from "./chapters/proofs.chapter";
import { explains, forbids } from "./chapters/refusals.chapter";
import { judges, recommends } from "./chapters/risk.chapter";
import { equips, sells } from "./chapters/selling.chapter";
import { remembers } from "./chapters/taste.chapter";
import type { Scene } from "./scene";

type Chapter = (scene: Scene) => Promise<void>;

const things = ({ guide }: Scene) => ({ product: guide.named("PRODUCT"), offer: guide.named("OFFER_BLACK") });

export const chapters: readonly Chapter[] = [
  registers,
  administrators,
  applies,
  (scene) => approves(scene, scene.guide.named("SELLER")),
  (scene) => sells(scene, scene.guide.named("SELLER")),
  collects,
  (scene) => reprices(scene, things(scene)),
  (scene) => restores(scene, things(scene)),
  (scene) => repeats(scene, things(scene)),
  (scene) => forbids(scene, scene.guide.named("CHANNEL")),
  (scene) => explains(scene, scene.guide.named("OFFER_BLACK")),
  secondSeller,
  equips,
  fillsCart,
  checksOut,
  comesTooLate,
  ships,
  returns,
  paysOut,
  remembers,
  recommends,
  judges,
  learns,
  (scene) => tampers(scene, things(scene)),
  survives,
];
