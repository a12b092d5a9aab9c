import { createRoleBook } from "../../../../services/kernel/role-book";

describe("a role book", () => {
  const book = () => createRoleBook({ staff: ["offer.write"] });

  it("knows what is built in, and nothing else", () => {
    expect(book().permits("staff", "offer.write")).toBe(true);
    expect(book().permits("staff", "offer")).toBe(false);
    expect(book().permits("nobody", "offer.write")).toBe(false);
    expect([book().version("staff"), book().version("nobody")]).toEqual([0, undefined]);
  });

  it("takes what it learns in place of what is built in", () => {
    const learnt = book();
    learnt.learn("staff", 1, ["stock.write"]);
    expect([learnt.permits("staff", "offer.write"), learnt.permits("staff", "stock.write")]).toEqual([false, true]);
    learnt.learn("staff", 2, []);
    expect(learnt.permits("staff", "stock.write")).toBe(false);
  });

  it("is not moved by an older definition that comes late, nor by a double", () => {
    const learnt = book();
    learnt.learn("new", 3, ["a.b"]);
    learnt.learn("new", 2, ["c.d"]);
    learnt.learn("new", 3, ["e.f"]);
    expect(["a.b", "c.d", "e.f"].map((permission) => learnt.permits("new", permission))).toEqual([true, false, false]);
    expect(learnt.version("new")).toBe(3);
  });
});
