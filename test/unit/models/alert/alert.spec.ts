import { alert, type AlertEvent } from "../../../../models/alert/alert.aggregate";
import { given, NOW } from "../../../support/given";

const at = NOW;
const id = "lamp";
const stir = { id, source: "stock/s1", version: 4 };
const begun: AlertEvent = { type: "alert.begun", data: { ...stir, at } };
const advanced: AlertEvent = { type: "alert.advanced", data: { after: "w100", told: 7, at } };
const swept: AlertEvent = { type: "alert.swept", data: { told: 2, at } };
const stirred: AlertEvent = { type: "alert.stirred", data: { source: "offer/o1", version: 9, at } };
const history = given(alert);
const dueOf = (...events: AlertEvent[]) => alert.due?.(history(...events).state).map(({ params }) => params);

it("goes through all who wait, a page at a time, and then rests", () => {
  history().when("alert.stir", stir).then(begun);
  expect(dueOf(begun)).toEqual([{ id, round: 1, after: "" }]);
  history(begun).when("alert.advance", { id, round: 1, after: "w100", told: 7 }).then(advanced);
  expect(dueOf(begun, advanced)).toEqual([{ id, round: 1, after: "w100" }]);
  history(begun, advanced).when("alert.advance", { id, round: 1, after: null, told: 2 }).then(swept);
  expect(dueOf(begun, advanced, swept)).toEqual([]);
  expect(history(begun, advanced, swept).state).toMatchObject({ status: "done", told: 9, toldEver: 9 });
});

it("takes no page twice, none out of order, and none of another round", () => {
  history(begun, advanced).when("alert.advance", { id, round: 1, after: "w100", told: 7 }).then();
  history(begun, advanced).when("alert.advance", { id, round: 1, after: "w050", told: 7 }).then();
  history(begun).when("alert.advance", { id, round: 2, after: "w100", told: 7 }).then();
  history(begun, swept).when("alert.advance", { id, round: 1, after: null, told: 2 }).then();
  history().when("alert.advance", { id, round: 1, after: null, told: 2 }).refused("NOT_FOUND");
});

it("goes on where it is, however often something happens meanwhile, and then once more from the beginning", () => {
  history(begun, advanced).when("alert.stir", { id, source: "offer/o1", version: 9 }).then(stirred);
  history(begun, advanced, stirred).when("alert.stir", { id, source: "offer/o1", version: 9 }).then();
  expect(dueOf(begun, advanced, stirred)).toEqual([{ id, round: 1, after: "w100" }]);
  expect(dueOf(begun, advanced, stirred, swept)).toEqual([{ id, round: 2, after: "" }]);
  expect(history(begun, advanced, stirred, swept).state).toMatchObject({
    ...{ status: "sweeping", cause: { source: "offer/o1", version: 9 }, next: null, told: 0, toldEver: 9 },
  });
  history(begun, swept).when("alert.stir", stir).then(begun);
});
