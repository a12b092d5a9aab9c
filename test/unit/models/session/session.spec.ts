import { session, type SessionEvent } from "../../../../models/session/session.aggregate";
import { given, NOW } from "../../../support/given";

const id = "s1";
const [soon, end, far] = ["2026-02-10T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"];
const start = { id, accountId: "a1", family: "f1", epoch: 1, secondFactor: false, idleUntil: soon, endsAt: end };
const started: SessionEvent = { type: "session.started", data: { ...start, at: NOW } };
const rotated = (generation: number): SessionEvent => ({
  type: "session.rotated",
  data: { generation, idleUntil: soon, at: NOW },
});
const ended = (reason: "logged-out" | "refresh token used twice"): SessionEvent => ({
  type: "session.ended",
  data: { reason },
});
const rotate = (generation: number, family = "f1", idleUntil = soon) => ({ id, family, generation, idleUntil });
const history = given(session);

describe("session", () => {
  it("begins where there is room", () => {
    history()
      .when("session.start", start)
      .then(started)
      .andState({ status: "live", ...start, generation: 0, startedAt: NOW, refreshedAt: NOW });
    const other = { ...start, family: "f2" };
    history(started).when("session.start", other).refused("ALREADY_EXISTS");
    const makesRoom: SessionEvent = { type: "session.started", data: { ...other, at: NOW } };
    history(started)
      .when("session.start", { ...other, replaces: "f1" })
      .then(makesRoom);
    history(started, ended("logged-out")).when("session.start", other).then(makesRoom);
    history(started)
      .when("session.start", other, soon)
      .then({ type: "session.started", data: { ...other, at: soon } });
  });

  it("is refreshed, never beyond its end", () => {
    history(started).when("session.rotate", rotate(0)).then(rotated(1));
    history(started, rotated(1)).when("session.rotate", rotate(1)).then(rotated(2));
    history(started)
      .when("session.rotate", rotate(0, "f1", far))
      .then({ type: "session.rotated", data: { generation: 1, idleUntil: end, at: NOW } });
  });

  it("ends when a refresh token comes a second time", () => {
    history(started, rotated(1))
      .when("session.rotate", rotate(0))
      .then(ended("refresh token used twice"))
      .andState({ status: "ended", accountId: "a1", family: "f1", reason: "refresh token used twice" });
  });

  it("that is over, or another one, is not refreshed", () => {
    history(started).when("session.rotate", rotate(0), soon).refused("SESSION_ENDED");
    history(started).when("session.rotate", rotate(1)).refused("SESSION_ENDED");
    history(started).when("session.rotate", rotate(0, "f2")).refused("SESSION_ENDED");
    history(started, ended("logged-out")).when("session.rotate", rotate(0)).refused("SESSION_ENDED");
    history().when("session.rotate", rotate(0)).refused("SESSION_ENDED");
  });

  it("is ended once, and only the log-in that is meant", () => {
    history(started).when("session.end", { id, reason: "logged-out" }).then(ended("logged-out"));
    history(started).when("session.end", { id, family: "f2", reason: "logged-out" }).then();
    history(started, ended("logged-out")).when("session.end", { id, reason: "logged-out" }).then();
    history().when("session.end", { id, reason: "logged-out" }).then();
  });
});
