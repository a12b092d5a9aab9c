import { quota, type QuotaEvent } from "../../../../models/quota/quota.aggregate";
import { given } from "../../../support/given";

const everybody = { filesMax: 2, bytesMax: 100 };
const sellerId = "s1";
const taken = (bytes: number): QuotaEvent => ({ type: "quota.taken", data: { bytes } });
const set: QuotaEvent = { type: "quota.set", data: { filesMax: 5, bytesMax: null } };
const history = given(quota);

describe("the room of a party", () => {
  it("is taken file by file", () => {
    history()
      .when("quota.take", { sellerId, bytes: 60, everybody })
      .then(taken(60))
      .andState({ status: "counting", files: 1, bytes: 60, filesMax: null, bytesMax: null });
    history(taken(60)).when("quota.take", { sellerId, bytes: 40, everybody }).then(taken(40));
  });

  it("ends with the bytes, and the refusal says how many there are and how many were wanted", () => {
    const data = { files: 1, bytes: 60, filesMax: 2, bytesMax: 100, wanted: 41 };
    history(taken(60)).when("quota.take", { sellerId, bytes: 41, everybody }).refused("FILE_QUOTA", data);
  });

  it("ends with the number of files", () => {
    history(taken(1), taken(1)).when("quota.take", { bytes: 1, everybody }).refused("FILE_QUOTA");
    history(taken(1), taken(1), set).when("quota.take", { bytes: 1, everybody }).then(taken(1));
    history(taken(60), set).when("quota.take", { bytes: 41, everybody }).refused("FILE_QUOTA");
  });

  it("is said by the mall, before anything was uploaded too, and once", () => {
    const own = { id: sellerId, filesMax: 5, bytesMax: null };
    history()
      .when("quota.set", own)
      .then(set)
      .andState({ status: "counting", files: 0, bytes: 0, filesMax: 5, bytesMax: null });
    history(set).when("quota.set", own).then();
    // also that it is everybody's, of who has none yet
    const everybodys = { filesMax: null, bytesMax: null };
    const said: QuotaEvent = { type: "quota.set", data: everybodys };
    history()
      .when("quota.set", { id: sellerId, ...everybodys })
      .then(said);
    history(said)
      .when("quota.set", { id: sellerId, ...everybodys })
      .then();
  });

  it("smaller than what is there takes nothing away, and lets nothing in", () => {
    const less: QuotaEvent = { type: "quota.set", data: { filesMax: 0, bytesMax: 0 } };
    const data = { files: 1, bytes: 60, filesMax: 0, bytesMax: 0, wanted: 1 };
    history(taken(60), less).when("quota.take", { bytes: 1, everybody }).refused("FILE_QUOTA", data);
  });
});
