/** The console in a real browser, over a whole mall: what each role does, for every eye, by keyboard, and how fast. */
import { running } from "./console/admin.suite";
import { everybody } from "./console/everybody.suite";
import { hooking } from "./console/hooks.suite";
import { merchant } from "./console/merchant.suite";
import { people } from "./console/people.suite";
import { selling } from "./console/seller.suite";
import { shopping } from "./console/shopper.suite";
import { withStage } from "./console/stage";
import { wishing } from "./console/wishes.suite";

// one mall for all of them: starting it takes longer than they do
const stage = withStage();

it("lets its people in by the links that the start prints, and takes the link out of the address", () => {
  const { links, shopper, seller, admin } = stage();
  expect(Object.values(links).every((link) => link !== "")).toBe(true);
  expect([shopper, seller, admin].map((page) => new URL(page.url()).pathname)).toEqual(["/", "/seller", "/admin"]);
  expect([shopper, seller, admin].map((page) => new URL(page.url()).hash)).toEqual(["", "", ""]);
});

// first: it leaves a list that is shared, which is a page for everybody
describe("who would like something", () => wishing(stage));
describe("everybody", () => everybody(stage));
describe("a shopper", () => shopping(stage));
describe("a seller", () => selling(stage));
describe("who runs the mall", () => running(stage));
describe("a merchandiser", () => merchant(stage));
describe("who is told what happens", () => hooking(stage));
describe("people", () => people(stage));

it("has said nothing in the browser's console that it should not", () => expect(stage().heard).toEqual([]));
