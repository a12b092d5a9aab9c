import { builtinDefinition, role, type RoleEvent } from "../../../../models/role/role.aggregate";
import { given } from "../../../support/given";

const packer = { id: "packer", name: { en: "Packer" }, permissions: ["stock.write"] };
const defined: RoleEvent = { type: "role.defined", data: packer };
const retired: RoleEvent = { type: "role.retired", data: {} };
const history = given(role);
const permissions = ["offer.write"];

describe("role", () => {
  it("is defined, once", () => {
    history()
      .when("role.define", packer)
      .then(defined)
      .andState({ status: "defined", ...packer });
    history(defined).when("role.define", packer).refused("ALREADY_EXISTS");
    history(defined, retired).when("role.define", packer).refused("ALREADY_EXISTS");
  });

  it("is not defined under the name of one that is built in", () => {
    history()
      .when("role.define", { ...packer, id: "shopper" })
      .refused("ALREADY_EXISTS");
  });

  it("is revised in what is named", () => {
    history(defined)
      .when("role.revise", { id: "packer", permissions })
      .then({ type: "role.revised", data: { permissions } })
      .andState({ status: "defined", ...packer, permissions });
  });

  it("that is built in begins its history with the definition it came with", () => {
    const came = builtinDefinition("seller-staff");
    history()
      .when("role.revise", { id: "seller-staff", permissions })
      .then({ type: "role.defined", data: came }, { type: "role.revised", data: { permissions } })
      .andState({ status: "defined", ...came, permissions });
  });

  it("that nobody defined is not found", () => {
    history().when("role.revise", { id: "ghost", permissions }).refused("NOT_FOUND");
    history().when("role.retire", { id: "ghost" }).refused("NOT_FOUND");
  });

  it("is retired, once and for good", () => {
    history(defined)
      .when("role.retire", { id: "packer" })
      .then(retired)
      .andState({ status: "retired", ...packer });
    history(defined, retired).when("role.retire", { id: "packer" }).then();
    history(defined, retired).when("role.revise", { id: "packer", permissions }).refused("ROLE_RETIRED");
  });

  it("that is built in is not retired, and the owner's not even changed", () => {
    history().when("role.retire", { id: "shopper" }).refused("ROLE_FIXED");
    history().when("role.revise", { id: "admin-owner", permissions }).refused("ROLE_FIXED");
  });
});
