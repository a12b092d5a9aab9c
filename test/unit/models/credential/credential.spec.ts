import { credential, type CredentialEvent } from "../../../../models/credential/credential.aggregate";
import { given } from "../../../support/given";

const id = "a1";
const set = (passwordHash: string): CredentialEvent => ({ type: "credential.set", data: { id, passwordHash } });
const enrolment = { totpSecret: "A".repeat(32), recoveryHashes: ["1".repeat(32), "2".repeat(32)] };
const enrolled: CredentialEvent = { type: "credential.enrolled", data: enrolment };
const confirmed: CredentialEvent = { type: "credential.confirmed", data: { step: 7 } };
const history = given(credential);
const plain = {
  status: "kept",
  id,
  secondFactor: "off",
  totpSecret: null,
  recoveryHashes: null,
  usedStep: -1,
} as const;

describe("credential", () => {
  it("begins with a password, or without one", () => {
    history()
      .when("credential.set", { id, passwordHash: "h1" })
      .then(set("h1"))
      .andState({ ...plain, epoch: 1, passwordHash: "h1" });
    history()
      .when("credential.open", { id })
      .then({ type: "credential.opened", data: { id } })
      .andState({ ...plain, epoch: 1, passwordHash: null });
    history(set("h1")).when("credential.open", { id }).then();
  });

  it("of a new password, or renewed, begins a new epoch; only the cost of a hash changed keeps it", () => {
    history(set("h1"))
      .when("credential.set", { id, passwordHash: "h2" })
      .then(set("h2"))
      .andState({ ...plain, epoch: 2, passwordHash: "h2" });
    history(set("h1"))
      .when("credential.renew", { id })
      .then({ type: "credential.renewed", data: {} })
      .andState({ ...plain, epoch: 2, passwordHash: "h1" });
    history(set("h1"))
      .when("credential.set", { id, passwordHash: "h2", keepSessions: true })
      .then({ type: "credential.rehashed", data: { passwordHash: "h2" } })
      .andState({ ...plain, epoch: 1, passwordHash: "h2" });
    history().when("credential.set", { id, passwordHash: "h2", keepSessions: true }).refused("NOT_FOUND");
    history().when("credential.renew", { id }).refused("NOT_FOUND");
  });

  it("has a second factor once it is confirmed, and no second one", () => {
    history(set("h"))
      .when("credential.enrol", { id, ...enrolment })
      .then(enrolled);
    history(set("h"), enrolled).when("credential.confirm", { id, step: 7 }).then(confirmed);
    history(set("h"), enrolled)
      .when("credential.enrol", { id, ...enrolment })
      .then(enrolled);
    history(set("h"), enrolled, confirmed)
      .when("credential.enrol", { id, ...enrolment })
      .refused("SECOND_FACTOR_ON");
    history(set("h")).when("credential.confirm", { id, step: 7 }).refused("CODE_INVALID");
    history()
      .when("credential.enrol", { id, ...enrolment })
      .refused("NOT_FOUND");
  });

  it("uses up a time step and all before it", () => {
    const on = history(set("h"), enrolled, confirmed);
    on.when("credential.step", { id, step: 8 }).then({ type: "credential.stepped", data: { step: 8 } });
    for (const step of [6, 7]) on.when("credential.step", { id, step }).refused("CODE_INVALID");
    history(set("h"), enrolled).when("credential.step", { id, step: 8 }).refused("CODE_INVALID");
  });

  it("uses up a recovery code", () => {
    const [first = "", second = ""] = enrolment.recoveryHashes;
    const recovered: CredentialEvent = { type: "credential.recovered", data: { recoveryHashes: [second] } };
    history(set("h"), enrolled, confirmed).when("credential.recover", { id, recoveryHash: first }).then(recovered);
    history(set("h"), enrolled, confirmed, recovered)
      .when("credential.recover", { id, recoveryHash: first })
      .refused("CODE_INVALID");
    history(set("h"), enrolled).when("credential.recover", { id, recoveryHash: first }).refused("CODE_INVALID");
  });

  it("is switched off, and keeps nothing of it", () => {
    history(set("h"), enrolled, confirmed)
      .when("credential.disenrol", { id })
      .then({ type: "credential.disenrolled", data: {} })
      .andState({ ...plain, epoch: 1, passwordHash: "h", usedStep: 7 });
    history(set("h")).when("credential.disenrol", { id }).then();
  });
});
