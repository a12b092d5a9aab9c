import { guardedPid } from "../../../embedded/guard";
import { explain } from "../../../embedded/service";

describe("why a service did not start", () => {
  it("is the service's own reason where it gave one", () => {
    const tail = ["WARN something", "failed the folder /data is in use", "  at Launcher.java"];
    expect(explain("the search server ended", tail)).toBe("the search server ended: the folder /data is in use");
  });

  it("is its last lines where it gave none, and only those", () => {
    const tail = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    const why = explain("it ended", tail);
    expect(why).toContain("line 39");
    expect(why).not.toContain("line 31");
  });

  it("is the bare fact where it wrote nothing", () => {
    expect(explain("it ended", [])).toBe("it ended");
  });
});

describe("the guard's first line", () => {
  it("tells whom it guards", () => {
    expect(guardedPid("guarding 4711")).toBe(4711);
  });

  it.each(["guarding 0", "guarding -1", "guarding 12 more", "[INF] guarding 12"])("is not read from %j", (line) => {
    expect(guardedPid(line)).toBeUndefined();
  });
});
