import { findBrowser } from "../../../bin/system/browser";
import { roundElasticsearch, sentence } from "../../../bin/system/missing";
import { aptCommands, isOffered, mayRun, typed } from "../../../bin/system/packages";

describe("what is said of a missing thing", () => {
  it("is what it is for, what to type and the way round", () => {
    const text = sentence({
      what: "nats-server",
      purpose: "it carries events",
      commands: ["sudo apt-get install -y nats-server"],
      wayRound: "Or set NATS_URL.",
    });
    expect(text).toBe(
      "nats-server is missing; it carries events.\n" +
        "Install it with:\n  sudo apt-get install -y nats-server\nOr set NATS_URL.",
    );
  });

  it("names no command where the system has none", () => {
    const text = sentence({ what: "A JDK", purpose: "search runs on it", commands: [], wayRound: roundElasticsearch });
    expect(text).not.toContain("Install it with");
    expect(text).toContain("ELASTICSEARCH_URL");
  });
});

describe("who may install", () => {
  const user = { isRoot: false, yes: false };
  it("root may use apt, and so may who said --yes", () => {
    expect(mayRun("apt", user)).toBe(false);
    expect(mayRun("apt", { ...user, isRoot: true })).toBe(true);
    expect(mayRun("apt", { ...user, yes: true })).toBe(true);
  });

  it("go install writes into the cache only, so everybody may", () => {
    expect(mayRun("go", user)).toBe(true);
  });

  it("brew needs a yes", () => {
    expect(mayRun("brew", user)).toBe(false);
    expect(mayRun("brew", { ...user, yes: true })).toBe(true);
  });
});

describe("commands", () => {
  it("go through sudo for who is not root", () => {
    expect(aptCommands(["maven"], false)[0]).toEqual(["sudo", "apt-get", "update"]);
    expect(aptCommands(["maven"], true)[1]?.[0]).toBe("apt-get");
  });

  it("are told with what they need from the environment", () => {
    const lines = typed({ manager: "go", commands: [["go", "install", "x@v1"]], env: { GOBIN: "/c/bin" } });
    expect(lines).toEqual(["GOBIN=/c/bin go install x@v1"]);
  });
});

it("reads whether apt offers a package", () => {
  expect(isOffered("nats-server:\n  Installed: (none)\n  Candidate: 2.9.10-1+b3\n")).toBe(true);
  expect(isOffered("openjdk-21-jdk:\n  Installed: (none)\n  Candidate: (none)\n")).toBe(false);
  expect(isOffered("")).toBe(false);
});

it("finds the first browser that is there", () => {
  expect(findBrowser(["/nowhere/chromium", process.execPath])).toBe(process.execPath);
  expect(findBrowser(["/nowhere/chromium"])).toBeUndefined();
});
